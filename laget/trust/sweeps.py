"""What time does to trust: each day that is over is controlled, and a question that nobody answers is passed on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils import timezone

from laget.access.database import acting
from laget.access.sealing import index
from laget.audit.actions import record
from laget.families.rules import begins
from laget.kernel.actor import SYSTEM, Capacity
from laget.kernel.period import FOREVER
from laget.notices.actions import tell
from laget.trust import ground
from laget.trust.models import Finding, Question, Reply, Round, Verification
from laget.trust.rules import control
from laget.trust.rules.clock import ENDS, Outcome, due
from laget.trust.rules.control import Busy, Rule, Visit


def run(now: datetime | None = None) -> None:
    """Called by the worker again and again; each part is done once, whoever calls."""
    today = timezone.localdate(now or timezone.now())
    with acting(SYSTEM):
        last: date | None = Round.objects.aggregate(last=Max("day"))["last"]
    for day in control.days_due(last, today):
        with acting(SYSTEM):
            control_day(day, today)
    with acting(SYSTEM):
        _late(today)
    with acting(SYSTEM):
        _not_whole()


def control_day(day: date, today: date) -> None:
    """Control one day at once, and earlier days by the rules that had to wait; ask whoever leads the readers."""
    visits, compared, found = 0, 0, []
    for rules, back in _rounds():
        looked = day - timedelta(days=back - 1)
        rows = ground.visits(begins(looked), begins(looked + timedelta(days=1)))
        if back == 1:
            visits, compared = len(rows), sum(row[13] is not None for row in rows)
        found += [_finding(row, rule, looked, today) for row in rows for rule in _broken(row, rules, looked)]
    found += _of_whole_day(day, today)
    kept = list(_not_asked_lately(found))
    if _first(Round(day=day, visits=visits, found=len(kept), compared=compared)):
        details = {"day": day.isoformat(), "visits": visits, "found": len(kept), "compared": compared}
        record(SYSTEM, "trust.day_controlled", details=details)
        _ask(kept)


def _ask(found: list[Finding]) -> None:
    """Whoever leads the reader is asked; where nobody does, it goes to the officer at once."""
    asked = [(one, ground.answerers(one.unit_id, one.reader_id, one.about, officers=False)) for one in found]
    for one, leaders in asked:
        one.escalated_at = FOREVER if leaders else timezone.now()
    Finding.objects.bulk_create(found, ignore_conflicts=True)
    for one, leaders in asked:
        tell(leaders, Capacity.WORKER, "trust.controlled", address=reverse("finding", args=[one.pk]))


def _first(made: Round) -> bool:
    """Store the round before anybody is told. False when another has controlled the day meanwhile: it tells."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _rounds() -> list[tuple[frozenset[Rule], int]]:
    """Which rules look at a day how many days later."""
    return [(control.at_once(), 1), *((frozenset({rule}), lag) for rule, lag in control.LAG.items())]


def _visit(row: tuple[Any, ...], day: date) -> Visit:
    times = tuple(timezone.localtime(one) for one in row[7])
    traces = tuple((one.lower, one.upper) for one in row[11])
    return Visit(
        reader=row[0], child=row[1], day=day, times=times, searches=row[8], shares_name=row[9], related=row[10],
        traces=traces, left=row[12], same_home=row[13],
    )  # fmt: skip


def _broken(row: tuple[Any, ...], rules: Iterable[Rule], day: date) -> list[Rule]:
    return control.broken(_visit(row, day), rules, index(f"trust sample {day:%Y-%m}"))


def _finding(row: tuple[Any, ...], rule: Rule, day: date, today: date) -> Finding:
    return Finding(
        rule=rule, day=day, reader_id=row[0], about=row[1], reading=row[2], looked_at=row[3], page=row[4],
        kinds=list(row[5]), unit_id=row[6], times=len(row[7]) or row[8], due=due(today),
    )  # fmt: skip


def _of_whole_day(day: date, today: date) -> list[Finding]:
    found = []
    for reader, reading, at, unit, children, empty in ground.busy(begins(day), begins(day + timedelta(days=1))):
        for rule in control.broken_in_a_day(Busy(reader=reader, day=day, children=children, empty_searches=empty)):
            found.append(
                Finding(
                    rule=rule, day=day, reader_id=reader, reading=reading, looked_at=at, page="", unit_id=unit,
                    times=children if rule is Rule.MANY else empty, due=due(today),
                )
            )  # fmt: skip
    return found


def _not_asked_lately(found: list[Finding]) -> Iterable[Finding]:
    """Leaves out what the same rule asked about the same reader and child a short while ago."""
    readers = {one.reader_id for one in found}
    earlier: dict[tuple[str, UUID, UUID | None], date] = {}
    held = Finding.objects.filter(reader_id__in=readers, rule__in=[rule.value for rule in control.QUIET])
    for rule, reader, about, day in held.values_list("rule", "reader_id", "about").annotate(last=Max("day")):
        earlier[rule, reader, about] = day
    for one in found:
        before = earlier.get((one.rule, one.reader_id, one.about))
        if before is None or one.day - before >= control.QUIET[Rule(one.rule)]:
            yield one


def _late(today: date) -> None:
    """Past its day without an answer: the leader is reminded, the officer is told, and so is the family. Once.

    What the leader has passed on by hand is the officer's alone: the officer is told once more, after the new day.
    """
    for pk, unit, reader, child, asker, handed in list(
        _overdue(Question, "question_id", today).values_list(
            "pk", "unit_id", "reader_id", "child_id", "asked_by_id", "handed"
        )
    ):
        _remind(Question, pk, unit, reader, child, handed=handed)
        if not handed:
            tell([asker], Capacity.CITIZEN, "trust.passed_on", address=reverse("who_looked", args=[child]), child=child)
            record(SYSTEM, "trust.passed_on", child=child, object_id=pk)
    for one in _overdue(Finding, "finding_id", today):
        _remind(Finding, one.pk, one.unit_id, one.reader_id, one.about, handed=one.handed)
        if not one.handed:
            record(SYSTEM, "trust.passed_on", object_id=one.pk)


def _not_whole() -> None:
    """Every officer is told once of each walk through the record that found something."""
    found = Verification.objects.filter(holds=False, told_at=None)
    for pk in list(found.order_by("at", "id").values_list("pk", flat=True)):
        Verification.objects.filter(pk=pk, told_at=None).update(told_at=timezone.now())
        officers = ground.answerers(None, SYSTEM.person, None, officers=True)
        tell(officers, Capacity.WORKER, "trust.not_whole", address=reverse("trust"))


def _overdue(model: Any, field: str, today: date) -> Any:
    """Those that nobody has been reminded of since they got their day, with whether they were passed on by hand."""
    said = Reply.objects.filter(**{field: OuterRef("pk")}).only("id")
    late = model.objects.filter(~Exists(said.filter(outcome__in=ENDS)), due__lt=today, reminded_at=None)
    return late.annotate(handed=Exists(said.filter(outcome=Outcome.PASSED_ON))).order_by("due", "id")


def _remind(  # noqa: PLR0913 - a question and a finding name the child by different columns
    model: type[Question] | type[Finding],
    pk: UUID,
    unit: UUID | None,
    reader: UUID,
    child: UUID | None,
    *,
    handed: bool,
) -> None:
    now = timezone.now()
    address = reverse("question" if model is Question else "finding", args=[pk])
    if not handed:
        tell(ground.answerers(unit, reader, child, officers=False), Capacity.WORKER, "trust.reminder", address=address)
    tell(ground.answerers(unit, reader, child, officers=True), Capacity.WORKER, "trust.late", address=address)
    model.objects.filter(pk=pk, reminded_at=None).update(reminded_at=now)
    model.objects.filter(pk=pk, escalated_at=FOREVER).update(escalated_at=now)
