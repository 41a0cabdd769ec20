"""Birthdays as the law counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.law.ages import age, birthday, majority

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def test_a_child_of_29_february_turns_a_year_older_on_1_march():
    born = date(2012, 2, 29)
    assert birthday(born, 15) == date(2027, 3, 1)
    assert age(born, date(2027, 2, 28)) == 14
    assert age(born, date(2027, 3, 1)) == 15
    assert birthday(born, 16) == date(2028, 2, 29)


def test_majority_is_the_eighteenth_birthday():
    assert majority(date(2010, 5, 17)) == date(2028, 5, 17)


def test_nobody_has_a_negative_age():
    with pytest.raises(ValueError):
        age(date(2027, 1, 2), date(2027, 1, 1))
    assert age(date(2027, 1, 1), date(2027, 1, 1)) == 0


@given(DAYS, st.integers(0, 110))
def test_age_changes_on_the_birthday_and_not_before(born, years):
    day = birthday(born, years)
    assert age(born, day) == years
    if years:
        assert age(born, day - timedelta(days=1)) == years - 1
