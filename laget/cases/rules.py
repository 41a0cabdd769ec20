"""What may become of a case, an offer and an entry: pure questions over plain values and the guide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from laget.guide.rules import Closing, Direction, Guide, Level, Writer, chosen_closings, deadline, entries_for, nearest
from laget.guide.rules import EntryKind as Sort
from laget.guide.rules import may_move as guide_lets
from laget.kernel.text import N_
from laget.law import withholding
from laget.law.ages import age
from laget.law.withholding import Ground
from laget.sight.rules import NEEDS_GROUND, Addressing, Audience, Reader, Text, who_reads

WORDS = 10_000
"""Room for an entry, a reason or a closing note: several pages. More belongs in a document."""
SHORT_WORDS = 2_000
"""Room for a greeting, a wish or how a child was asked."""
FAMILY_SPEAKS = ("parent", "guardian")
"""Family seats whose holders are asked whether a service may lead; a child's wish is heard, never demanded."""

BEGINS_ALONE = 15
"""Years: from here a child decides about its schooling, and is a party in child welfare (OPPL § 24-5, BVL § 12-3)."""


def begins_alone(born: date | None, on: date) -> bool:
    """Whether a child takes its closed case up again without a grown-up. Unknown age is too young."""
    return born is not None and born <= on and age(born, on) >= BEGINS_ALONE


class Act(StrEnum):
    """What may be done with an offer that stands."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


MOVES: Mapping[tuple[str, Act], str] = {
    ("offered", Act.ACCEPT): "accepted",
    ("offered", Act.DECLINE): "declined",
    ("offered", Act.WITHDRAW): "withdrawn",
    ("offered", Act.LAPSE): "lapsed",
}
"""An offer moves once; what is answered stays answered."""


def after(state: str, act: Act) -> str | None:
    """The state an offer comes to, or None when it no longer stands."""
    return MOVES.get((state, act))


def levels_from(guide: Guide, level: str) -> tuple[Level, ...]:
    """The levels a case may move to by the guide, from the lowest."""
    return tuple(one for one in guide.levels if guide_lets(guide, level, one.code))


def may_move(guide: Guide, source: str, target: str) -> bool:
    """Whether the guide lets a case move so. A reason is always required besides."""
    return guide_lets(guide, source, target)


def begins_at(guide: Guide) -> str:
    """The level a case begins at: where the log usually begins here, else the first at which there may be one.

    A case goes below it by a move, and a move always has a reason.
    """
    return guide.log.normal_level or guide.log.first_level


def sorts_for(guide: Guide, *, family: bool) -> tuple[Sort, ...]:
    """The sorts of entries that this writer may make."""
    return entries_for(guide, Writer.FAMILY if family else Writer.WORKER)


def closings(guide: Guide) -> tuple[Closing, ...]:
    """The reasons that a person may close with."""
    return chosen_closings(guide)


def closes_by_itself(guide: Guide) -> str:
    """The code of the reason when nobody is left who may know: set by the house, never chosen."""
    return next(one.code for one in guide.closings if one.system)


def acting_until(guide: Guide, today: date) -> date:
    """The day by which an acting holder accepts or offers on."""
    return deadline(guide, "acting_holder", today)


def reminded_before(guide: Guide, code: str, today: date) -> date:
    """What was sent on this day or earlier, and has no answer, is reminded of today."""
    rule = guide.deadline_rule(code)
    assert rule.direction is Direction.AFTER
    day = today
    while deadline(guide, code, day) > today:
        day = date.fromordinal(day.toordinal() - 1)
    return day


@dataclass(frozen=True, slots=True)
class Carrier:
    """Somebody who could carry the baton or take a seat."""

    position: UUID
    person: UUID
    service: UUID
    service_sort: str
    leads: bool
    seated: bool
    name: str
    label: str
    service_name: str


def distance(guide: Guide, level: str, service_sort: str) -> int:
    """How far from the child the guide places this kind of service at this level; 0 is nearest."""
    kinds = [one.service_kind for one in nearest(guide, level)]
    return kinds.index(service_sort) if service_sort in kinds else len(kinds)


def by_nearness(guide: Guide, level: str, carriers: Iterable[Carrier]) -> list[Carrier]:
    """Nearest to the child first by the guide: those already in the team, then by kind of service, leaders last."""
    return sorted(
        carriers,
        key=lambda one: (
            not one.seated,
            distance(guide, level, one.service_sort),
            one.service_name,
            one.leads,
            one.name,
        ),
    )


@dataclass(frozen=True, slots=True)
class View:
    """What one of the family said to an offer."""

    person: UUID
    agrees: bool
    at: datetime


def latest(views: Iterable[View]) -> dict[UUID, View]:
    """The last word of each."""
    return {one.person: one for one in sorted(views, key=lambda one: one.at)}


def waited_for(asked: Collection[UUID], views: Iterable[View]) -> list[UUID]:
    """Those of the family who have not yet said yes to the service leading."""
    said = latest(views)
    return [person for person in asked if person not in said or not said[person].agrees]


def refusals(asked: Collection[UUID], views: Iterable[View]) -> list[UUID]:
    """Those who have said no."""
    said = latest(views)
    return [person for person in asked if person in said and not said[person].agrees]


def must_agree(holder_service: UUID, receiver_service: UUID, family: Iterable[tuple[UUID, str]]) -> list[UUID]:
    """Every parent and guardian with a seat must say yes when another service would lead; nobody within the same."""
    if holder_service == receiver_service:
        return []
    return [person for person, kind in family if kind in FAMILY_SPEAKS]


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom a text is for, as its writer chose. `ground`, `why` and `review_on`: when it is kept from a parent."""

    audience: str = Audience.TEAM
    persons: frozenset[UUID] = field(default=frozenset())
    ground: str = ""
    why: str = ""
    review_on: date | None = None

    @property
    def to(self) -> Addressing:
        return Addressing(self.audience, self.persons)


@dataclass(frozen=True, slots=True)
class Chooser:
    """Who chooses: in which capacity, whether it is the child, and how old the child is (None: not known)."""

    person: UUID
    family: bool
    is_child: bool = False
    age: int | None = None


def audiences_for(who: Chooser, *, childs_words: bool = False, log: bool = True) -> tuple[Audience, ...]:
    """Whom a writer may choose to write for. What a child writes is its own; a worker may note it for the child."""
    if who.is_child:
        return (Audience.TEAM, Audience.CHILDS_OWN, *((Audience.FAMILY,) if log else ()))
    if who.family:
        return (Audience.TEAM, *((Audience.FAMILY,) if log else ()), Audience.NAMED)
    own = (Audience.CHILDS_OWN,) if childs_words else ()
    return (Audience.TEAM, *((Audience.OWN_SERVICE,) if log else ()), Audience.NAMED, *own, *sorted(NEEDS_GROUND))


def may_be_named(
    who: Chooser, audience: str, kind: str, around: Iterable[Reader], author: UUID | None = None
) -> list[Reader]:
    """The people a writer may name: those who may know the kind; for NOT_FOR the grown-ups of the family.

    author: who wrote a text that stands. Nobody is kept from their own words.
    """
    others = [one for one in around if one.person != who.person]
    if audience == Audience.NOT_FOR:
        return [one for one in others if one.family and not one.child and one.person != author]
    if audience == Audience.CHILDS_OWN:
        others = [one for one in others if not one.child]
    return who_reads(others, Text(Addressing(), None, kind))


def choice_fault(who: Chooser, given: Choice, able: Collection[Reader], today: date) -> tuple[str, str] | None:
    """What is missing in a choice, as (field, reason), or None. `able`: those whom the writer may name."""
    if not given.persons <= {one.person for one in able}:
        return "persons", N_("Choose among those who may know this.")
    if given.audience in (Audience.NAMED, Audience.NOT_FOR) and not given.persons:
        return "persons", N_("Choose at least one person.")
    if given.audience == Audience.CHILDS_OWN:
        return _own_fault(who, given, able)
    return _ground_fault(given, today) if given.audience in NEEDS_GROUND else None


def _own_fault(who: Chooser, given: Choice, able: Iterable[Reader]) -> tuple[str, str] | None:
    """A younger child shares with a grown-up in a service, who helps it to decide what the parents should know."""
    if not who.is_child or withholding.decides_over_own_words(who.age or 0):
        return None
    if any(not one.family and one.person in given.persons for one in able):
        return None
    return "persons", N_("Choose a grown-up who helps you, besides those at home.")


def _ground_fault(given: Choice, today: date) -> tuple[str, str] | None:
    if given.ground not in set(Ground):
        return "ground", N_("Choose the ground.")
    if not given.why.strip():
        return "why", N_("Write why, so that others can look at it again.")
    wrong = withholding.wrong_review(given.review_on, today) if given.review_on else N_("Choose a day.")
    return ("review_on", wrong) if wrong else None


LONGEST_ABSENCE = 183
"""Days that somebody may stand in: with both the first and the last, half a year. Who is away longer passes it on."""


def absence_fault(first: date, last: date, today: date) -> tuple[str, str] | None:
    """What is wrong with the days on which somebody is away, as (field, reason), or None."""
    if first < today:
        return "first", N_("Choose today, or a day that comes.")
    if last < first:
        return "last", N_("The last day can't come before the first.")
    if (last - first).days >= LONGEST_ABSENCE:
        return "last", N_("At most half a year. Offer the baton to somebody if you are away longer.")
    return None


class Spoken(StrEnum):
    """How words came that a worker writes down for somebody."""

    ORAL = "oral"
    INTERPRETER = "interpreter"
    PAPER = "paper"


SPOKEN: Mapping[str, str] = {
    Spoken.ORAL: N_("Said aloud"),
    Spoken.INTERPRETER: N_("Said through an interpreter"),
    Spoken.PAPER: N_("Written on paper"),
}
