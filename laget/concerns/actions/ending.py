"""How a worry ends: closed with a reason, reported, passed on through the parents, kept once more, or deleted."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access import drafts
from laget.access.actions import action, require
from laget.access.sealing import index
from laget.audit.actions import record
from laget.concerns.access import gripped, may_ask_parents, may_close, may_go_on_alone, may_keep_longer
from laget.concerns.actions.writing import cleaned_texts, held_for, put
from laget.concerns.models import Talk, Worry
from laget.concerns.rules.steps import kept_after_end, kept_longer
from laget.consents.beginning import detach
from laget.guide.national import current
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done

PAGES = (
    "worry", "worry_words", "worry_leader", "worry_parents", "worry_child", "worry_safe", "worry_duty", "worry_close",
    "worry_alone", "worry_reported", "worry_ask", "worry_keep",
)  # fmt: skip
"""Whose drafts go with the worry."""


@action("concerns.ended")
def end_worry(actor: Actor, worry: Worry, *, reason: str) -> Done[Worry]:
    """There is no more to follow up, or it is followed up without a shared case; the reason is required."""
    held = held_for(actor, worry)
    require(may_close(actor, held))
    text = cleaned_texts({"reason": reason})["reason"]
    if not text:
        raise Invalid(_("Write why, in a sentence."), "reason")
    _end(actor, held, {"sort": "closed", "reason": text})
    return Done(held)


@action("concerns.gone_on_alone")
def go_on_alone(actor: Actor, worry: Worry, *, reason: str) -> Done[Worry]:
    """It is followed up in one's own service, and shared with nobody outside it; the note stays until its day."""
    held = held_for(actor, worry)
    require(may_go_on_alone(actor, held))
    text = cleaned_texts({"reason": reason})["reason"]
    if not text:
        raise Invalid(_("Write what you will do, in a sentence."), "reason")
    fields = {"reason": text, "on": timezone.localdate().isoformat()}
    put(actor, held, "alone", fields, version=held.note.version("alone"))
    record(actor, "concerns.gone_on_alone", object_id=held.pk)
    return Done(held)


@action("concerns.ended")
def report_worry(  # noqa: PLR0913 - what is noted of a report
    actor: Actor, worry: Worry, *, by: str, on: date, parents_told: str = "", why: str = ""
) -> Done[Worry]:
    """That child welfare has been told: by whom and when. The text stays where it was sent from.

    `parents_told`: yes, no, or empty when nothing is said of it; no statute asks for it.
    """
    held = held_for(actor, worry)
    if on > timezone.localdate():
        raise Invalid(_("This day has not come yet."), "on")
    told = parents_told if parents_told in ("yes", "no") else ""
    fields = {"sort": "reported", "by": by, "reported_on": on.isoformat(), "told": told}
    _end(actor, held, {**fields, **cleaned_texts({"why": why})})
    return Done(held)


def _end(actor: Actor, held: Worry, outcome: dict[str, Any]) -> None:
    today = timezone.localdate()
    put(
        actor, held, "outcome", {**outcome, "on": today.isoformat()}, version=held.note.version("outcome"),
        ended_at=timezone.now(), kept_until=kept_after_end(current(today), today),
    )  # fmt: skip
    Talk.objects.filter(worry_id=held.pk, owner_id=actor.person).delete()
    detach(actor, held.pk)
    record(actor, "concerns.ended", object_id=held.pk)


@action("concerns.asked_parents")
def asked_parents(actor: Actor, worry: UUID, request: UUID) -> Done[Worry]:
    """A question to the parents grew out of this worry. Refused until it is safe to ask them.

    The worry remembers the question by a keyed index, so that its row points at no child.
    """
    held = gripped(actor, worry)
    require(may_ask_parents(actor, held))
    today = timezone.localdate().isoformat()
    put(
        actor, held, "asked", {"on": today, "request": str(request)}, version=held.note.version("asked"),
        request_key=key_of(request), unshared="",
    )  # fmt: skip
    record(actor, "concerns.asked_parents", object_id=held.pk)
    return Done(held)


def key_of(request: UUID) -> bytes:
    """What a worry remembers of a request for consent."""
    return index(f"request:{request}")


@action("concerns.kept_longer")
def keep_longer(actor: Actor, worry: Worry, *, reason: str) -> Done[Worry]:
    """Once, counted from the day it would have been deleted."""
    held = gripped(actor, worry.pk)
    require(may_keep_longer(actor, held))
    text = cleaned_texts({"reason": reason})["reason"]
    if not text:
        raise Invalid(_("Write why you need it longer."), "reason")
    until = kept_longer(current(timezone.localdate()), held.kept_until)
    fields = {"reason": text, "on": timezone.localdate().isoformat()}
    put(actor, held, "kept", fields, version=held.note.version("kept"), prolonged=True, kept_until=until)
    record(actor, "concerns.kept_longer", object_id=held.pk)
    return Done(held)


@action("concerns.deleted")
def delete_worry(actor: Actor, worry: Worry) -> Done[UUID]:
    """Gone at once, with what was being typed about it. The record keeps that something was deleted, and not what."""
    held = gripped(actor, worry.pk)
    for name in PAGES:
        drafts.drop(actor, reverse(name, args=[held.pk]))
    detach(actor, held.pk)
    Worry.objects.filter(pk=held.pk, owner_id=actor.person).delete()
    record(actor, "concerns.deleted", object_id=held.pk)
    return Done(held.pk)
