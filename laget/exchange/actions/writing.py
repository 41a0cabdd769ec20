"""Beginning a report of concern and writing its parts, one at a time, sealed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.concerns.rules.steps import Note, kept_until
from laget.exchange.access import gripped, may_report, may_write
from laget.exchange.models import Report
from laget.exchange.rules.report import Step
from laget.guide.national import current
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid, Stale
from laget.kernel.outcome import Done
from laget.people.rules import InvalidNationalNumber, TextTooLong, clean_text, read_national_number

TEXT = 20_000
"""Characters in each text."""
MAIN = {Step.WORDS: "seen", Step.CHILD: "name", Step.PARENTS: "first_name", Step.REPORTER: "name"}
"""The field that is shown when another window has saved the same part."""


@action("exchange.report_begun")
def begin_report(
    actor: Actor, position: UUID, parts: Mapping[str, Mapping[str, Any]], worry: UUID | None = None
) -> Done[Report]:
    """Begin with what the writer knows already. `worry`: one's own that it grew out of. Raises Invalid.

    The record says that a report was begun: of whom, and by which child's page, stands nowhere but in the sealed text.
    """
    require(may_report(actor))
    place = actor.place(position)
    if place is None:
        raise Invalid(_("Choose a position that you hold now."), "position")
    today = timezone.localdate()
    report = Report(
        pk=uuid4(), owner_id=actor.person, service_id=place.service, position_id=position, worry=worry,
        kept_until=kept_until(current(today), today),
    )  # fmt: skip
    report.take(Note({name: {**_clean(name, fields), "n": 0} for name, fields in parts.items()}))
    report.save(force_insert=True)
    record(actor, "exchange.report_begun", object_id=report.pk, position=position)
    return Done(report)


@action("exchange.report_written")
def write_part(actor: Actor, report: Report, part: str, fields: Mapping[str, Any], version: int) -> Done[Report]:
    """Write one part anew, and leave the others as they are. Raises Invalid, and Stale when it is newer than that."""
    held = gripped(actor, report.pk)
    require(may_write(actor, held))
    cleaned = _clean(part, fields)
    put(actor, held, part, cleaned, version=version)
    record(actor, "exchange.report_written", object_id=held.pk)
    return Done(held)


def put(actor: Actor, held: Report, part: str, fields: Mapping[str, Any], *, version: int, **columns: Any) -> None:
    """Seal the part in the report that is held. Raises Stale."""
    note, main = held.note, MAIN.get(Step(part), "") if part in set(Step) else ""
    if note.version(part) != version:
        raise Stale(main, str(fields.get(main, "")), str(note.part(part).get(main, "")), note.version(part))
    held.take(note.with_part(part, fields))
    rows = Report.objects.filter(pk=held.pk, owner_id=actor.person).update(sealed=held.sealed, **columns)
    touched(rows, "report")


def _clean(part: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Texts as they are kept; the child's national number by its own rule. Raises Invalid."""
    cleaned = {}
    for name, value in fields.items():
        try:
            cleaned[name] = clean_text(value, TEXT) if isinstance(value, str) else value
        except TextTooLong as long:
            raise Invalid(gettext(long.reason) % {"limit": long.limit}, name) from None
    if part == Step.CHILD and cleaned.get("number"):
        cleaned["number"] = _number(cleaned["number"])
    return cleaned


def _number(typed: str) -> str:
    try:
        return read_national_number(typed, timezone.localdate()).digits
    except InvalidNationalNumber as fault:
        raise Invalid(gettext(fault.reason), "number") from None
