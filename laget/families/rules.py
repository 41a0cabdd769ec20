"""What a child and its parents must be before they are registered, and until when a family has its seats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from laget.kernel.period import FOREVER, FOREVER_DAY
from laget.kernel.text import N_
from laget.law.ages import birthday
from laget.people.rules import InvalidNationalNumber, NationalNumber, read_national_number, same_name

OSLO = ZoneInfo("Europe/Oslo")
OLDEST = 25
"""Years: help to young people by these acts ends here at the latest."""
PREGNANCY = timedelta(days=300)
OVERDUE = timedelta(days=28)
EARLIEST = timedelta(weeks=20)
"""Before the expected date: no child lives that is born earlier, so the year or the month is wrong."""
NAME_LIMIT = 100

IN_THE_FUTURE = N_("The birth date is in the future. For a child that is expected, write the expected date instead.")
TOO_OLD = N_("The birth date is over 25 years ago. Check the year.")
NOT_YET = N_("This day has not come yet. Come back when the child is born.")
TOO_EARLY = N_(
    "The birth date is more than 20 weeks before the day the child was expected. Check the month and the year."
)
NO_DATE = N_("Write the national number, the birth date, or the expected date.")
TWO_DATES = N_("Write either a birth date or an expected date, not both.")
NOT_EXPECTED = N_("The expected date must lie between four weeks ago and ten months ahead.")
ANOTHER_DATE = N_("The birth date and the national number do not agree. Check both.")
EXPECTED_WITH_NUMBER = N_("A child that is expected has no national number yet. Leave one of them out.")
NO_NAME = N_("Write the name.")
SAME_NUMBER = N_("The same national number stands twice. Check which one is wrong.")
SAME_PARENT = N_("Two parents have the same name. Write the national number of both, so that we can tell them apart.")
NO_PARENT = N_("Write at least one parent.")
UNPROVEN = N_(
    "Parental responsibility must be proven first: by the register, a court or an agreement. "
    "What somebody says is not enough. Nobody is asked until it is proven."
)
NOBODY_RESPONSIBLE = N_("Nobody here has parental responsibility. At least one who has it must be asked.")
CHILD_AS_PARENT = N_("A parent must be grown up enough to have a child. Check the national number.")
YOUNGEST_PARENT = 10
CLAIM_LASTS = timedelta(days=14)
"""In this time what one worker has read of responsibility is confirmed and registered, or it falls."""

NOT_YET_SAID = N_("This day has not come yet.")
NOT_SO_FAR_BACK = N_("This day is before the child could have been born. Check the year.")
CARE_ORDER = "care_order"
OTHER_DECISIONS = {
    "emergency": N_(
        "An emergency order, or a ban on moving the child, does not end the parents' consent. Ask them as before, and "
        "talk with your leader when that is not safe."
    ),
    "voluntary": N_("The parents consent as before when the child lives elsewhere by their own choice."),
    "unsure": N_("Find the decision first. Until it is known, nobody else is asked than before."),
}
"""What is no care order, and why it is not registered as one (BVL §§ 3-2, 4-2, 4-3)."""
DECLARED = "declared"
PROOFS = ("register", "court", "agreement")
"""Where it can be read who has parental responsibility (BL81 §§ 34-39)."""
RELATIONS = ("mother", "father", "co_mother", "guardian", "other")


@dataclass(frozen=True)
class TypedParent:
    """One adult as typed. `source` says where parental responsibility is known from."""

    given: str
    family: str
    relation: str = "other"
    responsibility: bool = True
    source: str = "register"
    number: str = ""
    language: str = ""
    interpreter: bool = False

    @property
    def full(self) -> str:
        return f"{self.given} {self.family}".strip()

    @property
    def proven(self) -> bool:
        """Responsibility that gives a seat, and a say."""
        return self.responsibility and self.source != DECLARED


@dataclass(frozen=True)
class TypedChild:
    """A child as typed: by national number, or by name and birth date or expected date.

    in_care: it is said that child welfare has the care (BVL § 5-1), so that no parent is registered by this.
    """

    given: str
    family: str
    number: str = ""
    born: date | None = None
    expected: date | None = None
    parents: tuple[TypedParent, ...] = field(default=())
    in_care: bool = False

    @property
    def full(self) -> str:
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True)
class Fault:
    """What cannot be taken: `place` names the field ("born", "parents.0.number"), `reason` is a msgid."""

    place: str
    reason: str


def birth_fault(born: date, today: date) -> str | None:
    """Why this cannot be a birth date of a child we help, or None."""
    if born > today:
        return IN_THE_FUTURE
    return TOO_OLD if birthday(born, OLDEST) < today else None


def newborn_fault(born: date, expected: date | None, today: date) -> str | None:
    """Why this cannot be the birth date of a child that was expected on a day, or None."""
    if born > today:
        return NOT_YET
    early = expected is not None and born < expected - EARLIEST
    return birth_fault(born, today) or (TOO_EARLY if early else None)


def expected_fault(expected: date, today: date) -> str | None:
    """Why this cannot be the expected date of a pregnancy, or None."""
    return None if today - OVERDUE <= expected <= today + PREGNANCY else NOT_EXPECTED


def faults(typed: TypedChild, today: date) -> tuple[Fault, ...]:
    """Everything that is wrong with what was typed, by field. Looks nothing up, so it tells nothing."""
    return (*_of_child(typed, today), *_of_parents(typed, today))


def born(typed: TypedChild, today: date) -> date | None:
    """The birth date: as typed, or as the national number has it; None while the child is expected."""
    number = _number(typed.number, today)
    return number.born if isinstance(number, NationalNumber) else typed.born


def _number(text: str, today: date) -> NationalNumber | str | None:
    """The number, the reason why it is none, or None when nothing was typed."""
    if not text.strip():
        return None
    try:
        return read_national_number(text, today)
    except InvalidNationalNumber as wrong:
        return wrong.reason


def _of_child(typed: TypedChild, today: date) -> Iterator[Fault]:
    number = _number(typed.number, today)
    if not typed.given.strip():
        yield Fault("given", NO_NAME)
    if isinstance(number, str):
        yield Fault("number", number)
    elif number is not None and typed.born is not None and number.born != typed.born:
        yield Fault("born", ANOTHER_DATE)
    elif number is not None and typed.expected is not None:
        yield Fault("expected", EXPECTED_WITH_NUMBER)
    elif number is None:
        yield from _without_number(typed)
    yield from _of_dates(typed, number if isinstance(number, NationalNumber) else None, today)


def _without_number(typed: TypedChild) -> Iterator[Fault]:
    if typed.born is None and typed.expected is None:
        yield Fault("born", NO_DATE)
    if typed.born is not None and typed.expected is not None:
        yield Fault("expected", TWO_DATES)


def _of_dates(typed: TypedChild, number: NationalNumber | None, today: date) -> Iterator[Fault]:
    day = typed.born or (number.born if number else None)
    wrong = birth_fault(day, today) if day else None
    if wrong:
        yield Fault("born" if typed.born else "number", wrong)
    wrong = expected_fault(typed.expected, today) if typed.expected else None
    if wrong:
        yield Fault("expected", wrong)


def _of_parents(typed: TypedChild, today: date) -> Iterator[Fault]:
    if not typed.parents and not typed.in_care:
        yield Fault("parents.0.given", NO_PARENT)
    for place, parent in enumerate(typed.parents):
        yield from _of_parent(parent, f"parents.{place}.", today)
    if typed.parents and not any(parent.responsibility for parent in typed.parents):
        yield Fault("parents.0.responsibility", NOBODY_RESPONSIBLE)
    yield from _twice(typed)


def _of_parent(parent: TypedParent, place: str, today: date) -> Iterator[Fault]:
    number = _number(parent.number, today)
    if not parent.given.strip():
        yield Fault(f"{place}given", NO_NAME)
    if isinstance(number, str):
        yield Fault(f"{place}number", number)
    elif number is not None and birthday(number.born, YOUNGEST_PARENT) > today:
        yield Fault(f"{place}number", CHILD_AS_PARENT)
    if parent.responsibility and parent.source == DECLARED:
        yield Fault(f"{place}source", UNPROVEN)


def parent_faults(parent: TypedParent, today: date) -> tuple[Fault, ...]:
    """What is wrong with one parent who is typed alone; `place` is the field's own name."""
    return tuple(_of_parent(parent, "", today))


def _twice(typed: TypedChild) -> Iterator[Fault]:
    """The same number on two people, or two parents whom nothing tells apart."""
    everybody = [("number", digits(typed.number))]
    everybody += [(f"parents.{n}.number", digits(parent.number)) for n, parent in enumerate(typed.parents)]
    for (_, one), (place, other) in combinations(everybody, 2):
        if one and one == other:
            yield Fault(place, SAME_NUMBER)
    for (_, first), (n, second) in combinations(enumerate(typed.parents), 2):
        apart = digits(first.number) and digits(second.number)
        if not apart and first.full and same_name(first.full, second.full):
            yield Fault(f"parents.{n}.number", SAME_PARENT)


def digits(number: str) -> str:
    """A national number without blanks."""
    return "".join(number.split())


def source_fault(on: date, born_or_expected: date | None, today: date) -> str | None:
    """Why a document about parental responsibility cannot be of this day, or None."""
    if on > today:
        return NOT_YET_SAID
    return NOT_SO_FAR_BACK if born_or_expected and on < born_or_expected - PREGNANCY else None


def begins(day: date) -> datetime:
    """The instant at which a day begins in Norway; the far end of time for a day without end."""
    return FOREVER if day >= FOREVER_DAY else datetime.combine(day, time.min, OSLO)


def ends(day: date) -> datetime:
    """The instant at which a day is over in Norway."""
    return FOREVER if day >= FOREVER_DAY else begins(day + timedelta(days=1))


def family_seat_ends(born_or_expected: date, until_age: int) -> datetime:
    """When the parents' seats end: as the birthday begins on which the child decides alone."""
    return begins(birthday(born_or_expected, until_age))
