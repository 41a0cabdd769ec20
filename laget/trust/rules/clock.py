"""By when a question about a reading is answered, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from laget.guide.days import Unit, add

ANSWER_WITHIN = 10
"""Working days. The statutes give the right to know who has looked, and no number of days to say why."""


class Outcome(StrEnum):
    """What somebody said to a question about a reading."""

    EXPLAINED = "explained"
    PASSED_ON = "passed_on"
    UNLAWFUL = "unlawful"


class State(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    LATE = "late"
    PASSED_ON = "passed_on"
    EXPLAINED = "explained"
    UNLAWFUL = "unlawful"


ENDS = frozenset({State.EXPLAINED, State.UNLAWFUL})


def due(asked: date) -> date:
    """The last day to answer what was asked on this day."""
    return add(asked, ANSWER_WITHIN, Unit.WORKING_DAY)


def state(outcomes: Iterable[str], due_on: date, escalated: bool, on: date) -> State:
    """Where a question stands on a day; `outcomes` in the order given. The last word holds.

    What is passed on by hand has a new last day, and is late after it like anything else.
    """
    last = next(reversed(list(outcomes)), None)
    if last in ENDS:
        return State(str(last))
    if escalated and last is None:
        return State.PASSED_ON
    if on > due_on:
        return State.LATE
    return State.PASSED_ON if last else State.OPEN


@dataclass(frozen=True)
class Asked:
    """A question as the figures need it. `answered_on`: the day of the first word that ended it, or None."""

    rule: str
    due: date
    answered_on: date | None


@dataclass(frozen=True)
class Figures:
    """How many of one rule were asked, answered in time, answered late, late without an answer, and still wait."""

    rule: str
    asked: int = 0
    in_time: int = 0
    answered_late: int = 0
    overdue: int = 0
    waiting: int = 0


def _column(one: Asked, on: date) -> str:
    if one.answered_on is not None:
        return "in_time" if one.answered_on <= one.due else "answered_late"
    return "overdue" if on > one.due else "waiting"


def figures(questions: Iterable[Asked], on: date) -> list[Figures]:
    """Per rule, sorted by its code: numbers without names."""
    counted: dict[str, dict[str, int]] = {}
    for one in questions:
        row = counted.setdefault(one.rule, {})
        row["asked"] = row.get("asked", 0) + 1
        column = _column(one, on)
        row[column] = row.get(column, 0) + 1
    return [Figures(rule, **row) for rule, row in sorted(counted.items())]
