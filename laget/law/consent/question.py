"""The question of consent and its answer as plain values, with the words everyone uses for rows and columns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from laget.law.ages import MAJORITY_YEARS, age

CHILD = "child"
CHILD_WELFARE = "child_welfare"
CARER = "carer"
"""Foster parents or the institution where the child lives."""

RESERVED = frozenset({CHILD, CHILD_WELFARE, CARER})


class Column(StrEnum):
    """The sender's kind of service, as the table has it."""

    KINDERGARTEN = "kindergarten"
    SCHOOL = "school"
    HEALTH = "health"
    CHILD_WELFARE = "child-welfare"
    NAV = "nav"
    FAMILY_COUNSELLING = "family-counselling"
    CRISIS_CENTRE = "crisis-centre"


class Row(StrEnum):
    """The child's age, or that the public has taken over the care."""

    UNDER_7 = "0-6"
    FROM_7 = "7-11"
    FROM_12 = "12-14"
    AT_15 = "15"
    FROM_16 = "16-17"
    ADULT = "18+"
    CARE_ORDER = "care-order"


class Matter(StrEnum):
    """What is shared: in general, what is about the education itself, or daily and ordinary health help."""

    SHARING = "sharing"
    EDUCATION = "education"
    DAILY_CARE = "daily_care"


COLUMNS: dict[str, Column] = {
    "BHL": Column.KINDERGARTEN,
    "OPPL": Column.SCHOOL,
    "PRIV": Column.SCHOOL,
    "HOL": Column.HEALTH,
    "SPHL": Column.HEALTH,
    "PHVL": Column.HEALTH,
    "TANN": Column.HEALTH,
    "BVL": Column.CHILD_WELFARE,
    "NAV": Column.NAV,
    "SOTJ": Column.NAV,
    "FAM": Column.FAMILY_COUNSELLING,
    "KRIS": Column.CRISIS_CENTRE,
}
"""Act code of the sender to its column. The integration act is not asked here."""

RECEIVERS = frozenset({*COLUMNS, "INT"})

_ROWS = ((7, Row.UNDER_7), (12, Row.FROM_7), (15, Row.FROM_12), (16, Row.AT_15), (MAJORITY_YEARS, Row.FROM_16))


@dataclass(frozen=True)
class Parent:
    """One parent, by an id of the caller's own."""

    id: str
    parental_responsibility: bool


@dataclass(frozen=True)
class Question:
    """May `service` (an act code) share about the child born on `born` with `receivers`, on the day `on`?"""

    on: date
    born: date
    service: str
    parents: tuple[Parent, ...] = ()
    receivers: tuple[str, ...] = ()
    care_order: bool = False
    matter: Matter = Matter.SHARING

    def __post_init__(self) -> None:
        column_of(self.service)
        unknown = [code for code in self.receivers if code not in RECEIVERS]
        if unknown:
            raise ValueError(f"receivers: {unknown[0]!r} is not an act code; allowed: {', '.join(sorted(RECEIVERS))}")
        ids = [parent.id for parent in self.parents]
        if len(set(ids)) < len(ids) or RESERVED & set(ids):
            raise ValueError(f"parents: every id must be its own, and none of {', '.join(sorted(RESERVED))}")
        if self.on < self.born:
            raise ValueError("child.born: must not be after `on`")

    @property
    def age(self) -> int:
        return age(self.born, self.on)

    @property
    def responsible(self) -> tuple[str, ...]:
        """The parents who hold parental responsibility."""
        return tuple(parent.id for parent in self.parents if parent.parental_responsibility)


@dataclass(frozen=True)
class Parties:
    """Who is asked. All of `must_consent`; of `any_of` one is enough; `sources` are codes of the register.

    `needs_proof`: parental responsibility is not known, so nobody may be asked for the parents yet; while it is true
    the answer of the others never suffices. `notes` are msgids.
    """

    must_consent: tuple[str, ...]
    any_of: tuple[str, ...]
    must_be_heard: tuple[str, ...]
    cannot_consent: tuple[str, ...]
    blocked: bool
    rule: str
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    needs_proof: bool = False

    def satisfied_by(self, given: Collection[str]) -> bool:
        """Whether the consents given are all that is needed. Nobody to ask is never enough."""
        if self.blocked or self.needs_proof or not (self.must_consent or self.any_of):
            return False
        one_of = not self.any_of or any(one in given for one in self.any_of)
        return one_of and all(one in given for one in self.must_consent)


def column_of(service: str) -> Column:
    """The table's column for an act code."""
    try:
        return COLUMNS[service]
    except KeyError:
        allowed = ", ".join(sorted(COLUMNS))
        raise ValueError(f"service: {service!r} cannot be asked here; allowed: {allowed}") from None


def row_of(years: int, care_order: bool = False) -> Row:
    """The table's row for an age in whole years. A care order ends at 18."""
    if care_order and years < MAJORITY_YEARS:
        return Row.CARE_ORDER
    return next((row for limit, row in _ROWS if years < limit), Row.ADULT)
