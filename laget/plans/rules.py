"""What a goal or a measure may become, when it is due, and what an evaluation leads to: pure, by the guide."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from laget.guide.rules import Effect, Guide, deadline
from laget.kernel.text import N_

GOAL_LIMIT = 500
MEASURE_LIMIT = 1000
WORDS_LIMIT = 4000
LONGEST = timedelta(days=2 * 365)
"""How far from today a measure may begin or be due: further away is a slip of the finger."""


class Stage(StrEnum):
    """Where a measure stands on a day."""

    FINISHED = "finished"
    LATE = "late"
    SOON = "soon"
    UNDERWAY = "underway"
    PLANNED = "planned"


def stage(guide: Guide, start: date, due: date, on: date, *, ended: bool) -> Stage:
    """Where a measure stands on the day `on`; soon begins by the guide's notice of measures."""
    if ended:
        return Stage.FINISHED
    if due < on:
        return Stage.LATE
    if start > on:
        return Stage.PLANNED
    return Stage.SOON if deadline(guide, "measure_notice", due) <= on else Stage.UNDERWAY


def review_day(dues: Iterable[date]) -> date | None:
    """When a goal is looked at again: the first day on which one of its open measures is due."""
    return min(dues, default=None)


class Next(StrEnum):
    """Where the one who evaluated goes on."""

    PLAN = "plan"
    NEW_MEASURE = "new_measure"
    LEVEL = "level"


@dataclass(frozen=True)
class Follow:
    """What an evaluation leads to. `ends`: what was evaluated is finished and locked, with all that belongs to it."""

    ends: bool
    needs_day: bool
    next: Next


def what_follows(effect: Effect, *, of_measure: bool) -> Follow:
    """The consequence of an outcome for a goal, or for one of its measures.

    A measure that did not help enough is finished; its goal stands, and is tried by another measure or by more people.
    A measure that goes on needs a new day, since the guide sets none.
    """
    match effect:
        case Effect.CLOSE:
            return Follow(ends=True, needs_day=False, next=Next.PLAN)
        case Effect.CONTINUE:
            return Follow(ends=False, needs_day=of_measure, next=Next.PLAN)
        case Effect.NEW_MEASURES:
            return Follow(ends=of_measure, needs_day=False, next=Next.NEW_MEASURE)
        case Effect.NEXT_LEVEL:
            return Follow(ends=of_measure, needs_day=False, next=Next.LEVEL)


def leads_elsewhere(target: Collection[str], level: str) -> bool:
    """Whether an outcome names levels, and the one the case is at is not among them: then a level is to be chosen."""
    return bool(target) and level not in target


def wrong_start(start: date, today: date) -> str | None:
    """Why a measure can't begin on this day, or None."""
    if abs(start - today) > LONGEST:
        return N_("Choose a day within two years from today.")
    return None


def wrong_due(start: date, due: date, today: date) -> str | None:
    """Why a measure can't be due on this day, or None."""
    if due < start:
        return N_("The day must not be before the measure begins.")
    if due < today:
        return N_("Choose today or a later day.")
    if due - today > LONGEST:
        return N_("Choose a day within two years from today.")
    return None


class Voice(StrEnum):
    """Whose voice what matters is told in."""

    CHILD = "child"
    PARENT = "parent"
    WORKER = "worker"


def voices(*, family: bool, is_child: bool) -> tuple[Voice, ...]:
    """The voices somebody may tell in: the own one, and the child's when it says how the child was asked."""
    if is_child:
        return (Voice.CHILD,)
    return (Voice.CHILD, Voice.PARENT if family else Voice.WORKER)


def needs_how_asked(voice: Voice, *, is_child: bool) -> bool:
    """Whoever passes on a child's words says how they came to know them."""
    return voice is Voice.CHILD and not is_child


def must_write_parents_view(views: Collection[str], *, required: bool) -> bool:
    """Whether an evaluation waits for the parents' view; that of the services and the child is always asked for."""
    return required and "parents" in views


def heard_fault(*, asked: bool, childs_words: str, how_asked: str) -> tuple[str, str] | None:
    """An evaluation needs that the child was asked again, or why not. The field and what is missing, or None."""
    if asked and not childs_words:
        return "childs_words", N_("Write what the child said or showed.")
    if not how_asked:
        return "how_asked", N_("Write how the child was asked.") if asked else N_("Write why the child was not asked.")
    return None
