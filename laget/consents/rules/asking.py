"""Who is asked about what, until when: table E on the people that are known, and the guide's period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from laget.families.rules import ends
from laget.guide.days import Unit, add
from laget.guide.rules import Guide, deadline, offered_kinds
from laget.kernel.text import N_
from laget.law.ages import MAJORITY_YEARS, age, birthday
from laget.law.consent import (
    CARER,
    CHILD,
    CHILD_WELFARE,
    Ask,
    Column,
    Matter,
    Parent,
    Question,
    column_of,
    who_must_consent,
)
from laget.law.kinds import Kind

NOT_HERE = N_("Consent cannot be asked by this kind of service here.")
BLOCKED = N_(
    "Nobody is asked, because asking could reveal that somebody has been in touch with a crisis centre. "
    "Talk with your leader about other grounds."
)
NOTHING_ASKED = N_("Choose at least one topic.")
PAST = N_("The last day must be after today.")
TEXT_VERSION = "2"
"""The consent text in data/text-2.toml. A changed meaning is a new version."""

OTHERS_FROM = (7,)
"""Before it a municipality may let one parent be enough."""

THRESHOLDS = (15, 16, MAJORITY_YEARS)
"""Ages at which table E may ask other people (OPPL § 24-5, PBRL § 4-3, VGM § 8)."""

LONGEST_MONTHS = 36
"""Where a municipality names no period: the longest day that can be chosen. GDPR article 5: no longer than needed."""

NOBODY = UUID(int=0)
"""Stands for one who must be asked and has not been named."""
WHO_IN_CHILD_WELFARE = N_("Choose who answers for child welfare. It can't be you.")
WHO_CARES = N_("Write whom the child lives with: the foster parents, or the one who answers for the institution.")
NOT_OF_THIS = N_(
    "A question about this alone can't ask for these kinds of information. Choose fewer, or ask in general."
)
ABOUT = {
    Matter.EDUCATION.value: frozenset({Kind.IDENTITY, Kind.EVERYDAY, Kind.LEARNING}),
    Matter.DAILY_CARE.value: frozenset({Kind.IDENTITY, Kind.HEALTH}),
}
"""What may be asked for where fewer decide, since it is about that alone (OPPL § 24-5, PBRL § 4-4)."""


@dataclass(frozen=True)
class Parties:
    """Who is asked: person and role ("parent", "child", "child_welfare", "carer").

    `enough`: everyone who must be asked is known and proven.

    `one_of`: those of whom one yes is enough. `rule`: the cell of the table. `heard`: the child is not asked itself,
    and must be heard first.
    """

    people: tuple[tuple[UUID, str], ...]
    blocked: bool
    enough: bool
    notes: tuple[str, ...] = ()
    one_of: frozenset[UUID] = frozenset()
    rule: str = ""
    heard: bool = False


@dataclass(frozen=True)
class Stated:
    """What only the worker knows. care_order: child welfare has the care, and the parents are not asked (BVL § 5-4).

    crisis: asking could reveal the contact with a crisis centre (KRIS § 5). Neither of the two is stored.
    welfare: the position that is to answer for child welfare. carer: whom the child lives with, by name.
    """

    matter: str = Matter.SHARING.value
    care_order: bool = False
    crisis: bool = False
    welfare: UUID | None = None
    carer: str = ""

    @property
    def stops(self) -> str:
        """Why nobody is asked by these pages, whoever the child is: a msgid; empty when somebody may be."""
        return BLOCKED if self.crisis else ""


ORDINARY = Stated()


@dataclass(frozen=True)
class Asking:
    """What table E needs to know: the child, its proven parents, the sender's act and the receiver's.

    welfare: the person who is to answer for child welfare after a care order, when somebody has been chosen.
    """

    on: date
    child: UUID
    born: date | None
    act: str
    receiver: str
    parents: tuple[tuple[UUID, bool], ...]
    stated: Stated = ORDINARY
    welfare: UUID = NOBODY


def parties(asking: Asking, moved: Mapping[str, Ask] | None = None) -> Parties:
    """Who must consent by table E. For an expected child as for a newborn: those who will be its parents."""
    try:
        column_of(asking.act)
    except ValueError:
        return Parties((), True, False, (NOT_HERE,))
    found = who_must_consent(_question(asking, asking.on), moved)
    if found.blocked or found.needs_proof:
        return Parties((), found.blocked, False, found.notes, rule=found.rule, heard=CHILD in found.must_be_heard)
    others = {CHILD: asking.child, CHILD_WELFARE: asking.welfare, CARER: NOBODY}
    known = {str(person) for person, _ in asking.parents}
    people = tuple(
        (others[one], one) if one in others else (UUID(one), "parent")
        for one in (*found.must_consent, *found.any_of)
        if one in others or one in known
    )
    return Parties(
        people, False, True, found.notes, frozenset(UUID(one) for one in found.any_of), found.rule,
        heard=CHILD in found.must_be_heard,
    )  # fmt: skip


def matters(acts: Iterable[str], years: int | None) -> tuple[str, ...]:
    """What a question can be about, where it changes who is asked; nothing where it changes nothing."""
    columns, old = {column_of(act) for act in acts}, years or 0
    education, health, _alone = THRESHOLDS
    found = []
    if Column.SCHOOL in columns and education <= old < MAJORITY_YEARS:
        found.append(Matter.EDUCATION.value)
    if Column.HEALTH in columns and old < health:
        found.append(Matter.DAILY_CARE.value)
    return (Matter.SHARING.value, *found) if found else ()


def _question(asking: Asking, on: date) -> Question:
    return Question(
        on=on,
        born=asking.born or on,
        service=asking.act,
        parents=tuple(Parent(str(person), proven) for person, proven in asking.parents),
        receivers=(asking.receiver, *(("KRIS",) if asking.stated.crisis else ())),
        care_order=asking.stated.care_order,
        matter=Matter(asking.stated.matter),
    )


def period(guide: Guide, on: date) -> date | None:
    """The last day of the guide's period; None where the municipality has none, and a day is chosen each time."""
    return None if guide.deadline_rule("consent_period").value is None else deadline(guide, "consent_period", on)


def last_day(guide: Guide, asking: Asking) -> date:
    """The last day it can be asked for: the guide's period, but no longer than the same people may consent.

    Without a period of the guide a day is chosen each time, within LONGEST_MONTHS: a consent is always limited.
    """
    until = period(guide, asking.on) or add(asking.on, LONGEST_MONTHS, Unit.MONTH)
    if asking.born is None or age(asking.born, asking.on) >= MAJORITY_YEARS:
        return until
    asked = _asked_on(asking, asking.on, guide)
    for years in (*OTHERS_FROM, *THRESHOLDS):
        turned = birthday(asking.born, years)
        if asking.on < turned <= until and _asked_on(asking, turned, guide) != asked:
            return turned - timedelta(days=1)
    return until


def turns(born: date | None, after: date) -> bool:
    """Whether the day after `after` is a birthday on which others may have to consent."""
    return born is not None and any(birthday(born, years) == after + timedelta(days=1) for years in THRESHOLDS)


def _asked_on(asking: Asking, day: date, guide: Guide) -> tuple[tuple[tuple[UUID, str], ...], frozenset[UUID]]:
    found = parties(replace(asking, on=day), guide.consent.moved)
    return found.people, found.one_of


def answer_by(guide: Guide, asked: date) -> datetime:
    """When a request lapses, and with it the asking seat."""
    return ends(deadline(guide, "asking_seat", asked))


def offered(guide: Guide, sort: str) -> tuple[str, ...]:
    """Kinds proposed first to a kind of service; who the child is always comes with a yes."""
    kinds = [kind.value for kind in offered_kinds(guide, sort)]
    return tuple(dict.fromkeys([Kind.IDENTITY.value, *kinds]))


def can_ask(act: str) -> bool:
    """Whether a service under this act asks for consent: those of table E but crisis centres (KRIS § 5)."""
    try:
        return column_of(act) is not Column.CRISIS_CENTRE
    except ValueError:
        return False
