"""When a child is about to begin in another place, and consents are to be asked for anew before it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from laget.guide.rules import Guide, Transition, deadline, transition_day
from laget.kernel.text import N_

BEGINS_AT = {"school": 6, "youth_school": 13, "upper_secondary": 16}
"""The age reached in the year in whose August a child begins there: ten years from the year of six (OPPL § 2-2)."""
_SCHOOL_YEAR = (8, 1)
TOO_LONG_AFTER = N_("A consent for the new place can last until %(day)s at most.")
_ASKED_FROM = {"school": (11, 1, True), "youth_school": (3, 1, False), "upper_secondary": (10, 1, True)}
"""Month, day, and whether that is the year before: where the guide tells no day of its own."""


@dataclass(frozen=True)
class Moving:
    """Children born in `born` begin in `stage` on `starts`; consents from before `asked_from` are asked for anew."""

    stage: str
    born: int
    asked_from: date
    starts: date


def moving(on: date, transitions: Iterable[Transition]) -> tuple[Moving, ...]:
    """Who is about to begin somewhere else on a day, from the first step of the guide's that is told to them.

    A child that begins earlier or later than its year is not known by this.
    """
    steps = [one for one in transitions if one.consent]
    begins = on.year if on < date(on.year, *_SCHOOL_YEAR) else on.year + 1
    found = []
    for stage, years in BEGINS_AT.items():
        days = [transition_day(one, begins) for one in steps if one.target == stage]
        first = min((day for day in days if day is not None), default=_usual(stage, begins))
        if first <= on:
            found.append(Moving(stage, begins - years, first, date(begins, *_SCHOOL_YEAR)))
    return tuple(found)


def begins_elsewhere(born: date, after: date) -> date | None:
    """The first day on which a child of this year begins in another place, later than a day."""
    days = (date(born.year + years, *_SCHOOL_YEAR) for years in BEGINS_AT.values())
    return min((day for day in days if day > after), default=None)


def transition_ends(guide: Guide, born: date | None, asked: date) -> date | None:
    """The last day of a consent that is asked for because the child begins elsewhere, as the guide limits it.

    asked: when it became a task to ask. None where the guide sets no limit, or nothing is known to begin.
    """
    begins = begins_elsewhere(born, asked) if born else None
    if begins is None or guide.deadline_rule("transition_consent").value is None:
        return None
    return deadline(guide, "transition_consent", begins)


def _usual(stage: str, begins: int) -> date:
    month, day, year_before = _ASKED_FROM[stage]
    return date(begins - year_before, month, day)
