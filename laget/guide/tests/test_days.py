"""Days, working days, weeks and months the Norwegian way."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.guide.days import Unit, add, is_working_day

DAYS = st.dates(date(2000, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("start", "value", "unit", "then"),
    [
        (date(2027, 3, 1), 21, Unit.DAY, date(2027, 3, 22)),
        (date(2027, 3, 1), 2, Unit.WEEK, date(2027, 3, 15)),
        (date(2027, 1, 31), 1, Unit.MONTH, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, Unit.MONTH, date(2029, 2, 28)),
        (date(2027, 11, 30), 3, Unit.MONTH, date(2028, 2, 29)),
        (date(2027, 3, 1), -12, Unit.MONTH, date(2026, 3, 1)),
        (date(2027, 3, 1), -30, Unit.DAY, date(2027, 1, 30)),
        (date(2027, 3, 5), 1, Unit.WORKING_DAY, date(2027, 3, 8)),
        (date(2027, 3, 23), 3, Unit.WORKING_DAY, date(2027, 3, 31)),
        (date(2027, 5, 14), 1, Unit.WORKING_DAY, date(2027, 5, 18)),
        (date(2026, 12, 23), 5, Unit.WORKING_DAY, date(2026, 12, 31)),
        (date(2027, 3, 30), -1, Unit.WORKING_DAY, date(2027, 3, 24)),
    ],
)
def test_counting(start, value, unit, then):
    assert add(start, value, unit) == then


def test_national_day_and_easter_are_no_working_days():
    assert not is_working_day(date(2027, 5, 17))
    assert not is_working_day(date(2027, 3, 25))
    assert is_working_day(date(2027, 5, 18))


@given(DAYS, st.integers(1, 30))
def test_working_days_land_on_working_days_and_count_back(start, value):
    then = add(start, value, Unit.WORKING_DAY)
    assert is_working_day(then)
    between = sum(is_working_day(start + timedelta(days=one)) for one in range(1, (then - start).days + 1))
    assert between == value


@given(DAYS, st.sampled_from(list(Unit)))
def test_nothing_added_is_the_same_day(start, unit):
    assert add(start, 0, unit) == start
