"""What changes at 12, 15, 16 and 18, and when those concerned are told: by tables, around every kind of birthday."""

import re
from datetime import date, timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext
from hypothesis import given
from hypothesis import strategies as st

from laget.law.acts import section
from laget.law.ages import age, birthday
from laget.law.birthdays import BIRTHDAYS, TOLD_BEFORE, TURNS, ahead, births, reached, stage, turns_at
from laget.law.consent import CHILD, Parent, Question, who_must_consent
from laget.law.withholding import OWN_WORDS_AGE

LEAP, USUAL, NEW_YEAR = date(2012, 2, 29), date(2011, 5, 17), date(2012, 1, 1)
SPRING, AUTUMN = date(2011, 3, 28), date(2011, 10, 31)
"""Born so that a birthday falls on a night when the clock is moved: 28 March 2027, 31 October 2027."""
PARENTS = (Parent("mother", True), Parent("father", True))


def asked(service, years):
    day, born = date(2027, 6, 1), date(2027 - years, 5, 1)
    found = who_must_consent(Question(on=day, born=born, service=service, parents=PARENTS))
    return set(found.must_consent)


@pytest.mark.parametrize("one", TURNS, ids=lambda one: f"{one.years}-{one.domain}")
def test_each_change_leans_on_a_section_that_holds(one):
    assert one.sections and one.years in BIRTHDAYS
    for code in one.sections:
        assert section(code, date(2026, 9, 1))
    assert bool(one.closes) == bool(one.closes_young)


@pytest.mark.parametrize("one", TURNS, ids=lambda one: f"{one.years}-{one.domain}")
def test_what_is_said_to_the_young_is_easy_and_never_speaks_to_a_group(one):
    with translation.override("nb"):
        said = [gettext(text) for text in (one.young, one.closes_young) if text]
    for text in said:
        words = re.findall(r"\w+", text)
        lix = len(words) / len(re.findall(r"[.:?]", text)) + 100 * sum(len(word) > 6 for word in words) / len(words)
        assert lix < 40, (lix, text)
        assert not re.search(r"\b(?:dere|deres)\b", text.casefold())


def test_what_is_told_agrees_with_the_table_of_who_must_consent():
    for years in BIRTHDAYS:
        assert turns_at(years)
    assert CHILD not in asked("OPPL", 14) and {CHILD, "mother"} <= asked("OPPL", 15)
    assert asked("HOL", 15) == {"mother", "father"} and asked("HOL", 16) == {CHILD}
    assert asked("FAM", 15) == {"mother", "father"} and asked("FAM", 16) == {CHILD}
    assert asked("BVL", 17) == {CHILD, "mother", "father"} and asked("BVL", 18) == {CHILD}
    assert BIRTHDAYS[0] == OWN_WORDS_AGE


@pytest.mark.parametrize("years", BIRTHDAYS)
@pytest.mark.parametrize("born", [LEAP, USUAL, NEW_YEAR, SPRING, AUTUMN])
@pytest.mark.parametrize("days", range(-2, 3))
def test_around_every_birthday(born, years, days):
    on = birthday(born, years) + timedelta(days=days)
    assert (years in reached(born, on)) == (days >= 0) == (age(born, on) >= years)
    assert (years in [one.years for one in ahead(born, on)]) == (days < 0)
    left = {one.years: one.days for one in ahead(born, on)}
    assert left.get(years, 0) == max(-days, 0)


@pytest.mark.parametrize(
    ("days", "told"),
    [(61, None), (60, 60), (59, 60), (15, 60), (14, 14), (13, 14), (1, 14), (0, None), (-1, None), (-400, None)],
)
def test_a_telling_is_made_up_for_until_the_next_one(days, told):
    assert stage(days) == told


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(0, 8000))
def test_no_birthday_is_missed_and_nobody_is_told_without_one(born, later):
    on = born + timedelta(days=later)
    due = any(0 < (birthday(born, years) - on).days <= max(TOLD_BEFORE) for years in BIRTHDAYS)
    assert (born in births(on)) == due


@pytest.mark.parametrize("years", BIRTHDAYS)
def test_a_child_of_29_february_is_told_in_time(years):
    day = birthday(LEAP, years)
    for before in TOLD_BEFORE:
        assert LEAP in births(day - timedelta(days=before))
    assert LEAP not in births(day) and LEAP not in births(day - timedelta(days=61))
