"""Each clock of a report of concern, over month ends, leap days and the nights when the clock is moved."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.law import clocks
from laget.law.acts import section
from laget.law.clocks import Clock, Exemption

DAYS = st.dates(date(2023, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize("clock", Clock)
def test_each_has_a_section_in_force(clock):
    assert section(clocks.SOURCES[clock], date(2026, 11, 24)).number


@pytest.mark.parametrize(
    ("received", "review", "confirmation", "investigation", "longest"),
    [
        (date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 15), date(2027, 3, 1), date(2027, 6, 1)),
        # The limit of the review falls on the last of a month, and February is short.
        (date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 14), date(2027, 2, 28), date(2027, 5, 30)),
        (date(2027, 11, 23), date(2027, 11, 30), date(2027, 12, 14), date(2028, 2, 29), date(2028, 5, 30)),
        (date(2027, 5, 24), date(2027, 5, 31), date(2027, 6, 14), date(2027, 8, 31), date(2027, 11, 30)),
        # Over New Year, over a leap day, and over the nights when the clock is moved.
        (date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 15), date(2027, 4, 1), date(2027, 7, 1)),
        (date(2028, 2, 22), date(2028, 2, 29), date(2028, 3, 14), date(2028, 5, 29), date(2028, 8, 29)),
        (date(2027, 3, 21), date(2027, 3, 28), date(2027, 4, 11), date(2027, 6, 28), date(2027, 9, 28)),
        (date(2026, 10, 18), date(2026, 10, 25), date(2026, 11, 8), date(2027, 1, 25), date(2027, 4, 25)),
    ],
)
def test_review_confirmation_and_investigation(received, review, confirmation, investigation, longest):
    assert clocks.review_by(received) == review
    assert clocks.confirmation_by(received) == confirmation
    assert clocks.investigation_by(received) == investigation
    assert clocks.investigation_by(received, special=True) == longest
    assert clocks.last_answer_by(received) == longest + timedelta(days=21)


def test_feedback_is_for_public_reporters():
    ended = date(2027, 2, 10)
    assert clocks.feedback_by(ended, public=True) == date(2027, 3, 3)
    assert clocks.feedback_by(ended, public=False) is None


@pytest.mark.parametrize(
    ("closed", "until"),
    [
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2027, 1, 15), date(2027, 7, 15)),
    ],
)
def test_a_new_investigation_within_half_a_year(closed, until):
    assert clocks.new_investigation_until(closed) == until


def test_a_complaint_over_an_order():
    assert clocks.complaint_by(date(2027, 2, 27), present=False) == date(2027, 3, 2)
    assert clocks.complaint_by(date(2027, 2, 27), present=True) == date(2027, 2, 27)


def test_an_exemption_holds_only_in_its_time():
    regulation = Exemption("FOR-TEST", date(2026, 7, 1), date(2028, 7, 1), review=10, investigation=5)
    inside, before, after = date(2026, 7, 1), date(2026, 6, 30), date(2028, 7, 1)
    assert clocks.review_by(inside, regulation) == date(2026, 7, 11)
    assert clocks.investigation_by(inside, exemption=regulation) == date(2026, 12, 11)
    assert clocks.investigation_by(inside, special=True, exemption=regulation) == date(2027, 1, 11)
    for day in (before, after):
        assert clocks.review_by(day, regulation) == clocks.review_by(day)
        assert clocks.investigation_by(day, exemption=regulation) == clocks.investigation_by(day)


@given(DAYS)
def test_they_come_in_order(received):
    review, confirmation = clocks.review_by(received), clocks.confirmation_by(received)
    done, longest = clocks.investigation_by(received), clocks.investigation_by(received, special=True)
    assert received < review < confirmation < done < longest < clocks.last_answer_by(received)


@given(DAYS, st.integers(0, 24))
def test_a_month_later_is_never_in_the_month_after(day, months):
    later = clocks.months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).month != later.month
