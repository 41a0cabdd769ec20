"""Grounds, ages and days of a decision to keep a parent away."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.law.ages import age
from laget.protection.rules import grounds

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("born", "fits"),
    [
        (date(2014, 11, 25), False),  # 11, twelve tomorrow
        (date(2014, 11, 24), True),  # twelve today
        (date(2010, 11, 25), True),  # 15, sixteen tomorrow
        (date(2010, 11, 24), False),  # sixteen today
        (None, False),
        (date(2027, 1, 1), False),
    ],
)
def test_the_childs_own_wish_counts_between_twelve_and_sixteen(born, fits):
    assert (grounds.ground_fault("childs_wish", born, TODAY) is None) is fits


def test_a_child_of_29_february_turns_twelve_on_1_march():
    born = date(2016, 2, 29)
    assert grounds.ground_fault("childs_wish", born, date(2028, 2, 28)) == grounds.WRONG_AGE
    assert grounds.ground_fault("childs_wish", born, date(2028, 2, 29)) is None
    assert grounds.ground_fault("childs_wish", date(2015, 2, 28), date(2027, 2, 27)) == grounds.WRONG_AGE


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_every_other_ground_counts_at_every_age(born, on):
    for code in grounds.GROUNDS:
        fits = code != "childs_wish" or (born <= on and 12 <= age(born, on) < 16)
        assert (grounds.ground_fault(code, born, on) is None) is fits


def test_an_unknown_ground_is_none():
    assert grounds.ground_fault("because", None, TODAY) == grounds.UNKNOWN


@given(st.integers(-400, 800))
def test_it_is_looked_at_again_within_a_year(days):
    fault = grounds.review_fault(TODAY + timedelta(days=days), TODAY)
    assert (fault is None) is (1 <= days <= 366)


def test_who_lost_responsibility_has_no_say_whatever_was_chosen():
    assert grounds.who_consents("lost", "nobody") is grounds.Say.OTHER_ALONE
    assert grounds.who_consents("harm", "nobody") is grounds.Say.NOBODY
    assert grounds.who_consents("harm", "other_alone") is grounds.Say.OTHER_ALONE
