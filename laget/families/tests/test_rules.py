"""What may be registered, and until when a family has its seats."""

from datetime import UTC, date, datetime

import pytest

from laget.families import rules
from laget.families.rules import TypedChild, TypedParent, begins, birth_fault, ends, expected_fault, family_seat_ends
from laget.kernel.period import FOREVER, FOREVER_DAY
from laget.people.rules import synthetic_number

TODAY = date(2026, 11, 22)
BORN = date(2021, 3, 4)
MOTHER = TypedParent("Marit", "Hansen", "mother", True, "register", synthetic_number(date(1991, 1, 2)))
FATHER = TypedParent("Ole", "Hansen", "father", True, "court")


def child(**changes):
    return TypedChild(**{"given": "Nora", "family": "Hansen", "born": BORN, "parents": (MOTHER, FATHER), **changes})


@pytest.mark.parametrize(
    ("born", "fault"),
    [
        (TODAY, None),
        (date(2026, 11, 23), rules.IN_THE_FUTURE),
        (date(2001, 11, 22), None),
        (date(2001, 11, 21), rules.TOO_OLD),
        (date(1900, 1, 1), rules.TOO_OLD),
        (date(2024, 2, 29), None),
    ],
)
def test_birth_dates(born, fault):
    assert birth_fault(born, TODAY) == fault


@pytest.mark.parametrize(
    ("born", "fault"),
    [
        (TODAY, None),
        (date(2026, 11, 23), rules.NOT_YET),
        (date(2026, 8, 4), None),
        (date(2026, 8, 3), rules.TOO_EARLY),
        (date(2001, 11, 21), rules.TOO_OLD),
    ],
)
def test_birth_dates_of_a_child_that_was_expected(born, fault):
    assert rules.newborn_fault(born, date(2026, 12, 22), TODAY) == fault


@pytest.mark.parametrize(
    ("expected", "fine"),
    [(date(2026, 10, 25), True), (date(2026, 10, 24), False), (date(2027, 9, 18), True), (date(2027, 9, 19), False)],
)
def test_expected_dates(expected, fine):
    assert (expected_fault(expected, TODAY) is None) is fine


NUMBER = synthetic_number(BORN, 3)
TWINS = (synthetic_number(BORN, 4), synthetic_number(BORN, 5))


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        (child(), []),
        (child(number=NUMBER, born=None), []),
        (child(number=NUMBER), []),
        (child(born=None, expected=date(2027, 2, 1)), []),
        (child(number=TWINS[0]), []),
        (child(number=TWINS[1]), []),
        (child(given=" "), [("given", rules.NO_NAME)]),
        (child(number="123"), [("number", rules._number("123", TODAY))]),
        (child(number=NUMBER, born=date(2021, 3, 5)), [("born", rules.ANOTHER_DATE)]),
        (child(born=None), [("born", rules.NO_DATE)]),
        (child(expected=date(2027, 2, 1)), [("expected", rules.TWO_DATES)]),
        (child(number=NUMBER, born=None, expected=date(2027, 2, 1)), [("expected", rules.EXPECTED_WITH_NUMBER)]),
        (child(number=synthetic_number(date(1990, 1, 1)), born=None), [("number", rules.TOO_OLD)]),
        (child(parents=()), [("parents.0.given", rules.NO_PARENT)]),
        (child(parents=(TypedParent("", "Hansen"),)), [("parents.0.given", rules.NO_NAME)]),
        (child(parents=(MOTHER, TypedParent("Ole", "H", source="declared"))), [("parents.1.source", rules.UNPROVEN)]),
        (child(parents=(MOTHER, TypedParent("Ole", "H", "father", False, "declared"))), []),
        (
            child(parents=(TypedParent("Ole", "H", "father", False, "declared"),)),
            [("parents.0.responsibility", rules.NOBODY_RESPONSIBLE)],
        ),
        (child(parents=(FATHER, TypedParent("ole", "HANSEN"))), [("parents.1.number", rules.SAME_PARENT)]),
        (
            child(parents=(MOTHER, TypedParent("A", "B", number=MOTHER.number))),
            [("parents.1.number", rules.SAME_NUMBER)],
        ),
    ],
)
def test_everything_wrong_is_said_at_its_field(typed, places):
    assert [(fault.place, fault.reason) for fault in rules.faults(typed, TODAY)] == places


@pytest.mark.parametrize(
    ("typed", "born"),
    [(child(), BORN), (child(number=NUMBER, born=None), BORN), (child(born=None, expected=date(2027, 2, 1)), None)],
)
def test_the_birth_date_comes_from_the_number_when_there_is_one(typed, born):
    assert rules.born(typed, TODAY) == born


@pytest.mark.parametrize(
    ("born", "instant"),
    [
        (date(2021, 3, 4), datetime(2039, 3, 3, 23, tzinfo=UTC)),
        (date(2021, 7, 4), datetime(2039, 7, 3, 22, tzinfo=UTC)),
        (date(2020, 2, 29), datetime(2038, 2, 28, 23, tzinfo=UTC)),
        (date(2021, 3, 27), datetime(2039, 3, 26, 23, tzinfo=UTC)),
    ],
)
def test_the_seat_ends_as_the_birthday_begins_in_norway(born, instant):
    assert family_seat_ends(born, 18) == instant


def test_days_are_norwegian_days():
    assert begins(TODAY) == datetime(2026, 11, 21, 23, tzinfo=UTC)
    assert ends(TODAY) == datetime(2026, 11, 22, 23, tzinfo=UTC)
    assert begins(FOREVER_DAY) == ends(FOREVER_DAY) == FOREVER


def test_a_parent_is_proven_only_by_more_than_words():
    assert MOTHER.proven and not TypedParent("A", "B", source="declared").proven
    assert not TypedParent("A", "B", responsibility=False).proven
