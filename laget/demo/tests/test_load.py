"""The stories run through the rooms' own actions, once, and the dates look lived in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from laget.audit.models import Change
from laget.cases.access import visible_cases
from laget.cases.models import Baton, Case, Log
from laget.demo.clock import ago
from laget.demo.fjordvik import EVERYBODY, YOUNG
from laget.demo.load import load
from laget.demo.stage import Stage
from laget.demo.words import STORY
from laget.directory.models import Position
from laget.notices.access import visible_notices
from laget.people.rules import read_national_number
from laget.protection.access import to_confirm


@pytest.fixture
def fjordvik(db):
    load()


def test_everybody_has_a_synthetic_number_of_their_own_and_a_story():
    numbers = [one.number for one in EVERYBODY.values()]
    assert len(set(numbers)) == len(numbers)
    assert all(read_national_number(number, timezone.localdate()).synthetic for number in numbers)
    assert set(STORY) == {*EVERYBODY, *(one.key for one in YOUNG)}


def test_the_stories_stand(fjordvik):
    assert Case.objects.count() == 6
    assert Baton.objects.count() == 6
    entries = Log.objects.order_by("at")
    assert entries.first().at < ago(100)
    assert entries.last().at < timezone.now()
    assert not Log.objects.filter(at__gt=timezone.now() - timedelta(hours=1)).exists()


def test_a_second_run_keeps_what_is_there(fjordvik):
    before = Position.objects.count()
    load()
    assert Position.objects.count() == before


def test_moving_the_stories_to_their_days_is_no_correction(fjordvik):
    kept = Change.objects.all()
    assert all(one.person for one in kept)
    assert {one.source for one in kept} <= {"plans_measure"}


def test_a_protected_child_is_closed_to_both_parents_until_a_leader_has_confirmed(fjordvik):
    stage = Stage()
    for who in ("marit", "roar"):
        with stage.turn(who) as actor:
            assert not visible_cases(actor).exists() and not visible_notices(actor).exists()
    with stage.turn("frode") as actor:
        assert [one.called for one in to_confirm(actor)] == ["Marit Sørli"]
