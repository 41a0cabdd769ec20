"""The only way to write: an action opens the transaction, and fails unless the record was written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from laget.audit.actions import watched
from laget.kernel.actor import Actor
from laget.kernel.errors import Broken, Refused
from laget.kernel.outcome import Done, Outcome
from laget.kernel.verdict import Verdict, refuse

P = ParamSpec("P")
R = TypeVar("R", bound=Outcome[Any])
M = TypeVar("M", bound=Model)

ACTIONS: dict[str, Callable[..., Any]] = {}


def action(event: str) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Declare a writer: `event` is what the record will say ("cases.baton_offered"). The actor comes first.

    The function returns Done, Unchanged or AlreadyDone; Done must have recorded `event`.
    """

    def declare(writer: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @wraps(writer)
        def act(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic(), watched() as recorded:
                outcome = writer(actor, *args, **kwargs)
                if isinstance(outcome, Done) and event not in recorded:
                    raise Broken(f"{event} was done without being recorded")
            return outcome

        act.event = event  # type: ignore[attr-defined]
        ACTIONS[event] = act
        return act

    return declare


def require(verdict: Verdict) -> None:
    """Go on only when allowed. Raises Refused with the reason."""
    if not verdict:
        raise Refused(verdict)


def locked(rows: QuerySet[M], key: UUID) -> M:
    """The row, kept from others until the commit. Raises Refused when what another did has taken it out of sight."""
    found = rows.select_for_update().filter(pk=key).first()
    if found is None:
        raise Refused(refuse(_("Somebody else has just answered this, or it has changed. Go back, and look again.")))
    return found


def touched(rows: int, what: str) -> None:
    """An update that touched no row is an error, never a silence."""
    if rows != 1:
        raise Broken(f"{what}: {rows} rows were changed, not one")
