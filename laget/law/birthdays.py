"""What changes in the law at a birthday, for the young person and for the parents: a table a lawyer can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from laget.kernel.text import N_
from laget.law.ages import birthday

BIRTHDAYS = (12, 15, 16, 18)
"""Ages at which something passes from the parents to the young person."""
TOLD_BEFORE = (60, 14)
"""Days before a birthday on which those concerned are told of it, the first time first."""


class Domain(StrEnum):
    """Which part of life."""

    VOICE = "voice"
    EDUCATION = "education"
    HEALTH = "health"
    CHILD_WELFARE = "child_welfare"
    FAMILY_COUNSELLING = "family_counselling"
    DECISIONS = "decisions"
    SHARING = "sharing"
    MAJORITY = "majority"


@dataclass(frozen=True)
class Turn:
    """One thing that changes at an age. `young` is said to the young person, `others` of it to the grown-ups.

    closes, closes_young: what the parents no longer do or learn, said to grown-ups and to the young person; empty when
    they lose nothing. `sections` are codes of the register.
    """

    years: int
    domain: Domain
    young: str
    others: str
    sections: tuple[str, ...]
    closes: str = ""
    closes_young: str = ""


TURNS: tuple[Turn, ...] = (
    Turn(
        12, Domain.VOICE,
        N_("What you think weighs heavily in all that is about you."),
        N_("What the child thinks weighs heavily in all that is about the child."),
        ("BL81 § 31",),
    ),
    Turn(
        12, Domain.HEALTH,
        N_("If you have a good reason, you can ask that those at home are not told something about your health."),
        N_("With a good reason the child can ask that the parents are not told something about its health."),
        ("PBRL § 3-4",),
        N_("Parents may not be told about something in the child's health, when the child has a good reason."),
        N_("Then those at home are not told about it."),
    ),
    Turn(
        12, Domain.DECISIONS,
        N_("You can have a say of your own in a health case, when you understand what it is about."),
        N_("The child can be a party in a health case, when it understands what it is about."),
        ("PBRL § 6-5",),
    ),
    Turn(
        15, Domain.EDUCATION,
        N_("You decide yourself about school: what you choose, and what help you say yes to there."),
        N_("The young person decides alone in questions about the education."),
        ("OPPL § 24-5", "BL81 § 32"),
        N_("Parents no longer decide in questions about the education. They may give advice."),
        N_("Those at home no longer decide this. They may give you advice."),
    ),
    Turn(
        15, Domain.SHARING,
        N_("Does somebody want to share something about you? Then you are mostly asked too, not only those at home."),
        N_("Who wants to share something mostly asks the young person and the parents together."),
        ("FVL67 § 13 a", "BL81 § 33"),
        N_("A yes from the parents alone is mostly no longer enough."),
        N_("A yes from those at home is mostly not enough alone."),
    ),
    Turn(
        15, Domain.CHILD_WELFARE,
        N_("You are a party in your own case with child welfare. You can read it and complain."),
        N_("The young person is a party in its own case with child welfare."),
        ("BVL § 12-3",),
    ),
    Turn(
        15, Domain.DECISIONS,
        N_("When the municipality decides something in your case, you get the letter too."),
        N_("The young person gets notices and decisions in its own case, beside the parents."),
        ("FVL67 § 16", "FVL67 § 27"),
    ),
    Turn(
        16, Domain.HEALTH,
        N_("You decide yourself about your health: what help you want, and who may know."),
        N_("The young person decides alone about health care, and who may know."),
        ("PBRL § 4-3", "HPL § 22"),
        N_(
            "Parents are told about the health only when the young person wants it, "
            "or when they must know to take care of it."
        ),
        N_(
            "Those at home are told about your health only when you want it, "
            "or when they must know to take care of you."
        ),
    ),
    Turn(
        16, Domain.FAMILY_COUNSELLING,
        N_("At the family counselling office you decide yourself what may be shared about you."),
        N_("The young person decides alone what family counselling may share about it."),
        ("FAM § 6",),
        N_("Parents no longer consent for the young person there."),
        N_("Those at home no longer say yes for you there."),
    ),
    Turn(
        18, Domain.MAJORITY,
        N_("You come of age. You decide yourself about all that is yours."),
        N_("The young person comes of age, and decides alone."),
        ("VGM § 8",),
        N_("Parents are no longer guardians, and consent to nothing on behalf of the young person."),
        N_("Those at home no longer say yes or no for you."),
    ),
    Turn(
        18, Domain.CHILD_WELFARE,
        N_("Child welfare can help you until you are 25, if you want it and need it."),
        N_("Child welfare can help until the age of 25, when the young person wants it and needs it."),
        ("BVL § 3-6",),
    ),
    Turn(
        18, Domain.DECISIONS,
        N_("The family's child coordinator ends. You may have a right to a coordinator of your own."),
        N_("The child coordinator ends. The young person may have a right to a coordinator of its own."),
        ("HOL § 7-2 a", "HOL § 7-2"),
        N_("The family's right to a child coordinator ends."),
        N_("Then the child coordinator ends for those at home too."),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Ahead:
    """A birthday that is still to come, on `day`, in so many days."""

    years: int
    day: date
    days: int


def turns_at(years: int) -> tuple[Turn, ...]:
    """What changes at this age, in the order of the table."""
    return tuple(one for one in TURNS if one.years == years)


def ahead(born: date, on: date) -> tuple[Ahead, ...]:
    """The birthdays of the table that are still to come, the nearest first. The day itself has come."""
    days = [(years, birthday(born, years)) for years in BIRTHDAYS]
    return tuple(Ahead(years, day, (day - on).days) for years, day in days if day > on)


def reached(born: date, on: date) -> tuple[int, ...]:
    """The ages of the table that somebody born that day has reached."""
    return tuple(years for years in BIRTHDAYS if birthday(born, years) <= on)


def stage(days: int) -> int | None:
    """Which telling is due so many days before a birthday, of TOLD_BEFORE; None before the first, and from the day on.

    A telling that was missed is made up for, as long as the next one has not come and the birthday has not.
    """
    due = [before for before in TOLD_BEFORE if 0 < days <= before]
    return min(due) if due else None


def births(on: date) -> frozenset[date]:
    """Birth dates of all for whom a telling is due on a day."""
    return frozenset(born for born in _candidates(on) if any(stage(one.days) for one in ahead(born, on)))


def _candidates(on: date) -> Iterator[date]:
    """Every birth date that could have such a birthday soon; one of 29 February has it on 1 March in most years."""
    for years in BIRTHDAYS:
        for days in range(1, max(TOLD_BEFORE) + 1):
            day = on + timedelta(days=days)
            for month, number in {(day.month, day.day), *([(2, 29)] if (day.month, day.day) == (3, 1) else [])}:
                born = _day(day.year - years, month, number)
                if born is not None:
                    yield born


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
