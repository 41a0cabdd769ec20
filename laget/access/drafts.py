"""What a person was typing: kept sealed, given back to that person only, gone after thirty days."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from laget.access.models import Draft
from laget.access.sealing import Unsealable, seal, unseal
from laget.kernel.actor import Actor

KEPT_FOR = timedelta(days=30)
LIMIT = 1_100_000
"""Bytes: more than one request may carry, so that whatever was sent can be kept."""
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "key", "version", "again"})


def keep(actor: Actor, form: str, typed: QueryDict) -> bool:
    """Keep what was typed in the form at this address; False when there is nothing, or far too much."""
    fields = {name: typed.getlist(name) for name in typed if name not in LEFT_OUT}
    plain = json.dumps(fields, ensure_ascii=False).encode()
    if not any(value.strip() for values in fields.values() for value in values) or len(plain) > LIMIT:
        return False
    now = timezone.now()
    sealed = seal(plain, _about(actor, form))
    changed = Draft.objects.filter(person_id=actor.person, form=form).update(
        sealed=sealed, at=now, until=now + KEPT_FOR
    )
    if not changed:
        Draft(person_id=actor.person, form=form, sealed=sealed, at=now, until=now + KEPT_FOR).save(force_insert=True)
    return True


def find(actor: Actor, form: str) -> dict[str, Any] | None:
    """What was typed there, by field name (a list for each), or None."""
    draft = Draft.objects.filter(person_id=actor.person, form=form, until__gt=timezone.now()).first()
    if draft is None:
        return None
    try:
        fields: dict[str, Any] = json.loads(unseal(bytes(draft.sealed), _about(actor, form)))
    except (Unsealable, ValueError):
        return None
    return fields


def left(request: HttpRequest) -> dict[str, Any] | None:
    """As `find`, of the page that is asked for; asked once for each request."""
    if not hasattr(request, "left_here"):
        vars(request)["left_here"] = find(request.actor, request.path)  # type: ignore[attr-defined]
    found: dict[str, Any] | None = vars(request)["left_here"]
    return found


def drop(actor: Actor, form: str) -> None:
    """What was typed has been carried out, or thrown away by the one who typed."""
    Draft.objects.filter(person_id=actor.person, form=form).delete()


def _about(actor: Actor, form: str) -> str:
    return f"draft:{actor.person}:{form}"
