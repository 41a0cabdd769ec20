"""Freshness, and where an opening stands."""

from datetime import UTC, date, datetime, timedelta

import pytest

from laget.emergency.rules import FRESH, REASONS, Outcome, Reason, State, is_fresh, review_by, state
from laget.guide.national import national

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "fresh"),
    [(timedelta(0), True), (FRESH, True), (FRESH + timedelta(seconds=1), False), (timedelta(hours=-1), False)],
)
def test_a_proof_is_fresh_for_a_short_while(ago, fresh):
    assert is_fresh(NOW - ago, NOW) is fresh


def test_what_is_not_known_is_not_fresh():
    assert not is_fresh(None, NOW)


def test_five_working_days():
    assert review_by(national(), date(2026, 11, 27)) == date(2026, 12, 4)
    assert set(REASONS) == set(Reason)


@pytest.mark.parametrize(
    ("opened", "until", "due", "outcomes", "stands"),
    [
        (None, None, 5, [], State.ASKED),
        (None, None, -5, [], State.ASKED),
        (-1, 3, 5, [], State.OPEN),
        (-5, -1, 5, [], State.WAITING),
        (-300, -296, -5, [], State.LATE),
        (-300, -296, -5, [Outcome.OK], State.OK),
        (-300, -296, -5, [Outcome.OK, Outcome.NOT_OK], State.NOT_OK),
    ],
)
def test_where_an_opening_stands(opened, until, due, outcomes, stands):
    at = [None if hours is None else NOW + timedelta(hours=hours) for hours in (opened, until)]
    assert state(*at, NOW.date() + timedelta(days=due), outcomes, NOW) is stands
