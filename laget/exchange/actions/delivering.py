"""Making a report ready, noting that it is delivered and what was answered, and deleting one that never left."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access import drafts
from laget.access.actions import action, locked, require, touched
from laget.access.database import acting
from laget.audit.actions import record
from laget.concerns.access import visible_worries
from laget.concerns.actions import report_worry
from laget.concerns.rules.steps import kept_after_end
from laget.exchange.access import gripped, may_delete, may_make, may_note_answers, may_send, newest, visible_versions
from laget.exchange.actions.writing import put
from laget.exchange.models import Report, Version
from laget.exchange.rules.report import answer_by, changed, may_tell_parents
from laget.guide.national import current
from laget.kernel.actor import SYSTEM, Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.law.clocks import last_answer_by
from laget.notices.leaving import Held, look_over
from laget.people.rules import clean_text

NOT_YET = _("This day has not come yet.")
RECEIVER = 200
"""Characters in the name of a receiver."""
PAGES = (
    "report_ground", "report_words", "report_child", "report_parents", "report_reporter", "report_acute",
    "report_answers",
)  # fmt: skip
"""Whose drafts go with the report."""


@action("exchange.report_made")
def make_version(actor: Actor, report: Report) -> Done[Version] | Unchanged[Version]:
    """The report as it stands becomes a version to deliver; the one that is there when nothing is new."""
    held = gripped(actor, report.pk)
    require(may_make(actor, held))
    last = newest(actor, held.pk)
    if last is not None and not changed(held.note, last.note.parts):
        return Unchanged(last)
    version = Version(
        pk=uuid4(), report_id=held.pk, owner_id=actor.person, service_id=held.service_id,
        number=last.number + 1 if last else 1,
    )  # fmt: skip
    version.take(held.note)
    version.save(force_insert=True)
    record(actor, "exchange.report_made", object_id=version.pk, position=held.position_id)
    _look_over(version)
    return Done(version)


def _look_over(version: Version) -> None:
    """What leaves is looked at for where protected children are. It stops no duty, and the record alone is told.

    The writer is not: whoever typed one address after the other would learn which of them are protected.
    """
    note = version.note
    texts = [text for part in note.parts.values() for text in part.values() if isinstance(text, str)]
    try:
        look_over(texts)
    except Held as found:
        with acting(SYSTEM):
            record(
                SYSTEM, "exchange.protected_place_left", object_id=version.pk, cause="exchange.report_made",
                details={"sorts": list(found.sorts)},
            )  # fmt: skip


@action("exchange.report_sent")
def mark_sent(actor: Actor, version: Version, *, on: date, to: str, how: str) -> Done[Version]:
    """The writer has delivered this version by the municipality's channel. The first one starts the clocks."""
    held = gripped(actor, version.report_id)
    version = locked(visible_versions(actor), version.pk)
    require(may_send(actor, version))
    made, today = timezone.localdate(version.made_at), timezone.localdate()
    if not made <= on <= today:
        raise Invalid(NOT_YET if on > today else _("The report was not ready that day."), "on")
    sent = version.sealed_delivery(clean_text(to, RECEIVER), how)
    rows = Version.objects.filter(pk=version.pk, owner_id=actor.person, sent_on=None).update(sent_on=on, sent=sent)
    touched(rows, "version")
    if held.note.day("sent") is None:
        _first(actor, held, on)
    record(actor, "exchange.report_sent", object_id=version.pk, position=held.position_id)
    return Done(version)


def _first(actor: Actor, held: Report, on: date) -> None:
    """What is waited for from now, how long the report is kept, and the worry that it grew out of."""
    kept = kept_after_end(current(on), last_answer_by(on))
    put(actor, held, "sent", {"on": on.isoformat()}, version=held.note.version("sent"), kept_until=kept)
    Report.objects.filter(pk=held.pk, owner_id=actor.person).update(answer_by=answer_by(held.note))
    worry = visible_worries(actor).filter(pk=held.worry).first() if held.worry else None
    if worry is not None and worry.is_open:
        report_worry(actor, worry, by="me", on=on, parents_told=_told(held))


def _told(held: Report) -> str:
    """Whether a parent knows, by what the report says."""
    part = held.note.part("parents")
    if not may_tell_parents(held.note):
        return "no"
    return "yes" if "yes" in (part.get("first_told"), part.get("second_told")) else ""


@action("exchange.report_answered")
def note_answers(actor: Actor, /, report: Report, *, version: int, **said: Any) -> Done[Report]:
    """What child welfare has answered. `said`: confirmed and ended (days), opened and followed (yes, no or empty).

    When nothing more is to be expected, the report is deleted on a nearer day.
    """
    held = gripped(actor, report.pk)
    require(may_note_answers(actor, held))
    today = timezone.localdate()
    for name in ("confirmed", "ended"):
        if said.get(name) and said[name] > today:
            raise Invalid(NOT_YET, name)
    fields = {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
    put(actor, held, "answers", fields, version=version)
    due = answer_by(held.note)
    columns: dict[str, Any] = {"answer_by": due} if due else {"answer_by": None, "kept_until": _soon(held, today)}
    Report.objects.filter(pk=held.pk, owner_id=actor.person).update(**columns)
    record(actor, "exchange.report_answered", object_id=held.pk)
    return Done(held)


def _soon(held: Report, today: date) -> date:
    return min(held.kept_until, kept_after_end(current(today), today))


@action("exchange.report_deleted")
def delete_report(actor: Actor, report: Report) -> Done[UUID]:
    """Gone at once, with what was being typed in it, as long as it has not left the house."""
    held = gripped(actor, report.pk)
    require(may_delete(actor, held))
    for name in PAGES:
        drafts.drop(actor, reverse(name, args=[held.pk]))
    Version.objects.filter(report_id=held.pk, owner_id=actor.person).delete()
    Report.objects.filter(pk=held.pk, owner_id=actor.person).delete()
    record(actor, "exchange.report_deleted", object_id=held.pk)
    return Done(held.pk)
