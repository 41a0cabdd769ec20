"""What may follow, who does it and by when, by the guide."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from laget.guide.days import Unit, add
from laget.guide.values import (
    Closing,
    Direction,
    EntryKind,
    Form,
    Guide,
    Level,
    Meeting,
    Outcome,
    Profession,
    Step,
    Transition,
    UnknownCode,
    Writer,
)
from laget.law.ages import MAJORITY_YEARS
from laget.law.consent import Ask, Column, Row
from laget.law.consent.table import cell
from laget.law.kinds import Kind

AUTUMN_MONTH, AUTUMN_WEEK = 8, 32
"""Where a school year begins."""


def may_move(guide: Guide, source: str, target: str) -> bool:
    """Whether a case at one level may move to the other. Always with a reason."""
    return target in guide.moves.get(source, ())


def steps_of(guide: Guide, level: str, way: str = "") -> tuple[Step, ...]:
    """The steps of a level, in order: the ordinary way, or another by its code where this guide has it."""
    steps = [step for step in guide.steps if step.level == level]
    return tuple(step for step in steps if step.way == way) or tuple(step for step in steps if not step.way)


def other_ways(guide: Guide, level: str) -> tuple[Step, ...]:
    """The steps of a level that are not on the ordinary way, such as when a worry begins at an adult."""
    return tuple(step for step in guide.steps if step.level == level and step.way)


def next_level(guide: Guide, level: str) -> str | None:
    """The level after this one, or None at the last."""
    codes = [one.code for one in guide.levels]
    place = codes.index(guide.level(level).code) + 1
    return codes[place] if place < len(codes) else None


def nearest(guide: Guide, level: str) -> tuple[Profession, ...]:
    """Professions in order of nearness to the child, for choosing a holder at this level."""
    found = next((rule for rule in guide.holders if rule.level == level), None)
    return tuple(guide.profession(code) for code in found.professions) if found else ()


def offered_kinds(guide: Guide, service_kind: str) -> tuple[Kind, ...]:
    """Kinds of information offered first to a service of this kind; who the child is, when the guide knows no more."""
    try:
        return guide.service_kind(service_kind).offered
    except UnknownCode:
        return (Kind.IDENTITY,)


def chosen_closings(guide: Guide) -> tuple[Closing, ...]:
    """Closing reasons that a person may choose."""
    return tuple(one for one in guide.closings if not one.system)


def entries_for(guide: Guide, writer: Writer) -> tuple[EntryKind, ...]:
    """Kinds of entries that this writer may make."""
    return tuple(one for one in guide.entries if writer in one.writers)


def deadline(guide: Guide, code: str, start: date, condition: str = "") -> date:
    """The day a deadline falls on, counted from `start`; the same day when it is as soon as possible.

    `condition`: what holds for this case, when the guide has another length for it. Raises UnknownCode.
    """
    rule = guide.deadline_rule(code)
    value, unit = rule.value, rule.unit
    for other in rule.instead:
        if other.condition == condition:
            value, unit = other.value, other.unit
    steps = value or 0
    return add(start, -steps if rule.direction is Direction.BEFORE else steps, unit)


def evaluation_day(guide: Guide, start: date) -> date | None:
    """When an evaluation is due unless another day is set; None means that one must be set."""
    return None if guide.evaluation_weeks is None else add(start, guide.evaluation_weeks, Unit.WEEK)


def for_service(guide: Guide, kind: str) -> Guide:
    """The guide as it is in a kind of service; the common one when that has no variant."""
    return next((one.guide for one in guide.variants if kind in one.kinds), guide)


def outcomes_for(guide: Guide, level: str) -> tuple[Outcome, ...]:
    """How an evaluation at a level may turn out."""
    return tuple(one for one in guide.outcomes if not one.levels or level in one.levels)


def meetings_of(guide: Guide, level: str) -> tuple[Meeting, ...]:
    """The meetings of a level by the names they have here."""
    return tuple(one for one in guide.meetings if not one.levels or level in one.levels)


def level_of(guide: Guide, form: Form) -> Level | None:
    """The level with this form of cooperation: how levels of two guides are held against each other, never by code."""
    return next((one for one in guide.levels if one.form is form), None)


def asked_first_at(guide: Guide) -> Form:
    """The form of cooperation at which a family is asked first: a time to offer it, and never one to share without.

    Where the guide names no level it is when one goes on from wondering.
    """
    first = guide.consent.first_asked
    return guide.level(first).form if first else Form.ONE_SERVICE


def asked_by_now(guide: Guide, form: Form) -> bool:
    """Whether a family has come to be asked where the cooperation has this form."""
    return list(Form).index(form) >= list(Form).index(asked_first_at(guide))


def youth_alone_age(guide: Guide, column: Column) -> int:
    """The youngest age from which the young person alone says yes to what a kind of service shares."""
    return _youngest(guide, column, frozenset({Ask.CHILD}))


def youth_asked_age(guide: Guide, column: Column) -> int:
    """The youngest age from which the young person's own yes is needed, alone or with the parents."""
    return _youngest(guide, column, frozenset({Ask.CHILD, Ask.CHILD_AND_PARENTS}))


def _youngest(guide: Guide, column: Column, asks: frozenset[Ask]) -> int:
    rows = ((15, Row.AT_15), (16, Row.FROM_16))
    for age, row in rows:
        if guide.consent.moved.get(f"E/{row}/{column}", cell(row, column, age).ask) in asks:
            return age
    return MAJORITY_YEARS


def transition_day(one: Transition, begins: int) -> date | None:
    """The day of a transition's step when the child begins in the new place in August of the year `begins`.

    None when the guide tells the time in words only. A week is answered with its Friday, a month with its last day.
    """
    year = begins - one.years_before
    if one.week:
        return date.fromisocalendar(year - (one.week >= AUTUMN_WEEK), min(one.week, 52), 5)
    if not one.month:
        return None
    year -= one.month >= AUTUMN_MONTH
    return date(year, one.month, one.day or monthrange(year, one.month)[1])
