"""The plan's rules, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.guide.national import current
from laget.guide.rules import Effect
from laget.plans import rules
from laget.plans.rules import Next, Stage, Voice

DAY = date(2026, 11, 16)  # a Monday
GUIDE = current(DAY)
days = st.dates(date(2024, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("start", "due", "ended", "said"),
    [
        (DAY, DAY + timedelta(days=30), False, Stage.UNDERWAY),
        (DAY, DAY + timedelta(days=3), False, Stage.SOON),
        (DAY, DAY, False, Stage.SOON),
        (DAY - timedelta(days=9), DAY - timedelta(days=1), False, Stage.LATE),
        (DAY + timedelta(days=1), DAY + timedelta(days=30), False, Stage.PLANNED),
        (DAY - timedelta(days=9), DAY - timedelta(days=1), True, Stage.FINISHED),
    ],
)
def test_where_a_measure_stands(start, due, ended, said):
    assert rules.stage(GUIDE, start, due, DAY, ended=ended) is said


@given(days, days, days)
def test_a_measure_that_is_due_before_today_is_late_and_nothing_else(start, due, on):
    stage = rules.stage(GUIDE, start, due, on, ended=False)
    assert (stage is Stage.LATE) == (due < on)


def test_a_goal_is_looked_at_when_the_first_measure_is_due():
    assert rules.review_day([DAY + timedelta(days=9), DAY]) == DAY
    assert rules.review_day([]) is None


@pytest.mark.parametrize(
    ("effect", "of_measure", "ends", "needs_day", "following"),
    [
        (Effect.CLOSE, False, True, False, Next.PLAN),
        (Effect.CLOSE, True, True, False, Next.PLAN),
        (Effect.CONTINUE, False, False, False, Next.PLAN),
        (Effect.CONTINUE, True, False, True, Next.PLAN),
        (Effect.NEW_MEASURES, False, False, False, Next.NEW_MEASURE),
        (Effect.NEW_MEASURES, True, True, False, Next.NEW_MEASURE),
        (Effect.NEXT_LEVEL, False, False, False, Next.LEVEL),
        (Effect.NEXT_LEVEL, True, True, False, Next.LEVEL),
    ],
)
def test_what_an_evaluation_leads_to(effect, of_measure, ends, needs_day, following):
    assert rules.what_follows(effect, of_measure=of_measure) == rules.Follow(ends, needs_day, following)


def test_every_outcome_of_the_guide_leads_somewhere():
    for outcome in GUIDE.outcomes:
        assert rules.what_follows(outcome.effect, of_measure=True)


@pytest.mark.parametrize(
    ("due", "wrong"),
    [
        (DAY, False),
        (DAY + timedelta(days=700), False),
        (DAY - timedelta(days=1), True),
        (DAY + timedelta(days=731), True),
        (DAY - timedelta(days=40), True),
    ],
)
def test_the_day_a_measure_is_due(due, wrong):
    assert bool(rules.wrong_due(DAY - timedelta(days=30), due, DAY)) is wrong


def test_a_measure_may_have_begun_already_but_not_years_ago():
    assert rules.wrong_start(DAY - timedelta(days=30), DAY) is None
    assert rules.wrong_start(date(1926, 1, 1), DAY)
    assert rules.wrong_start(date(2126, 1, 1), DAY)


def test_whose_voice_somebody_may_tell_in():
    assert rules.voices(family=True, is_child=True) == (Voice.CHILD,)
    assert rules.voices(family=True, is_child=False) == (Voice.CHILD, Voice.PARENT)
    assert rules.voices(family=False, is_child=False) == (Voice.CHILD, Voice.WORKER)


@pytest.mark.parametrize(
    ("asked", "childs_words", "how_asked", "field"),
    [
        (True, "Gøy", "Vi tegnet", None),
        (True, "", "Vi tegnet", "childs_words"),
        (True, "Gøy", "", "how_asked"),
        (False, "", "Sara er syk", None),
        (False, "", "", "how_asked"),
    ],
)
def test_an_evaluation_needs_that_the_child_was_asked_or_why_not(asked, childs_words, how_asked, field):
    fault = rules.heard_fault(asked=asked, childs_words=childs_words, how_asked=how_asked)
    assert (fault[0] if fault else None) == field
