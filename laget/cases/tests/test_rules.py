"""What may become of a case, an offer and an entry."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from laget.cases import rules
from laget.cases.rules import Act, Carrier, View
from laget.guide.national import national

GUIDE = national()


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("state", ["accepted", "declined", "withdrawn", "lapsed", "unknown"])
def test_what_is_answered_stays_answered(state, act):
    assert rules.after(state, act) is None


def test_an_offer_that_stands_can_be_answered_in_four_ways():
    assert {act: rules.after("offered", act) for act in Act} == {
        Act.ACCEPT: "accepted",
        Act.DECLINE: "declined",
        Act.WITHDRAW: "withdrawn",
        Act.LAPSE: "lapsed",
    }


def test_levels_move_as_the_guide_says():
    for level in GUIDE.levels:
        offered = [one.code for one in rules.levels_from(GUIDE, level.code)]
        assert offered == [one.code for one in GUIDE.levels if rules.may_move(GUIDE, level.code, one.code)]
        assert level.code not in offered
    assert not rules.may_move(GUIDE, "nowhere", "1")


def test_an_acting_holder_has_the_guides_working_days():
    assert rules.acting_until(GUIDE, date(2027, 3, 1)) == date(2027, 3, 8)


@pytest.mark.parametrize("today", [date(2027, 3, day) for day in range(1, 31)])
def test_a_reminder_is_sent_once_its_days_have_passed(today):
    from laget.guide.rules import deadline

    sent = rules.reminded_before(GUIDE, "baton_reminder", today)
    assert deadline(GUIDE, "baton_reminder", sent) <= today
    assert deadline(GUIDE, "baton_reminder", date.fromordinal(sent.toordinal() + 1)) > today


def test_a_person_never_chooses_the_reason_of_the_house():
    assert rules.closes_by_itself(GUIDE) not in [one.code for one in rules.closings(GUIDE)]


def test_families_and_workers_write_different_sorts():
    family = {one.code for one in rules.sorts_for(GUIDE, family=True)}
    assert "bright_spot" in family and "phone_call" not in family
    assert "phone_call" in {one.code for one in rules.sorts_for(GUIDE, family=False)}


def carrier(sort, *, seated=False, leads=False, name="A"):
    return Carrier(uuid4(), uuid4(), uuid4(), sort, leads, seated, name, name, sort)


def test_the_nearest_to_the_child_stand_first():
    far, near, leader, sits = (
        carrier("municipality"),
        carrier("kindergarten"),
        carrier("kindergarten", leads=True),
        carrier("ppt", seated=True),
    )
    assert rules.by_nearness(GUIDE, "1", [far, leader, sits, near]) == [sits, near, leader, far]


def at(minute):
    return datetime(2027, 1, 1, 12, minute, tzinfo=UTC)


def test_everybody_asked_must_have_said_yes_last():
    mother, father = uuid4(), uuid4()
    asked = [mother, father]
    assert rules.waited_for(asked, []) == asked
    no_then_yes = [View(mother, False, at(1)), View(mother, True, at(2))]
    assert rules.waited_for(asked, no_then_yes) == [father] and not rules.refusals(asked, no_then_yes)
    yes_then_no = [View(father, True, at(1)), View(father, False, at(3))]
    assert rules.refusals(asked, yes_then_no) == [father]


def test_parents_are_asked_only_when_another_service_would_lead():
    one, other, mother, child = uuid4(), uuid4(), uuid4(), uuid4()
    family = [(mother, "parent"), (child, "child")]
    assert rules.must_agree(one, one, family) == []
    assert rules.must_agree(one, other, family) == [mother]


@pytest.mark.parametrize(
    ("born", "on", "alone"),
    [
        (date(2010, 5, 2), date(2025, 5, 1), False),
        (date(2010, 5, 2), date(2025, 5, 2), True),
        (date(2012, 2, 29), date(2027, 2, 28), False),
        (date(2012, 2, 29), date(2027, 3, 1), True),
        (None, date(2027, 3, 1), False),
        (date(2027, 3, 2), date(2027, 3, 1), False),
    ],
)
def test_a_child_takes_its_case_up_again_alone_from_the_day_it_turns_fifteen(born, on, alone):
    assert rules.begins_alone(born, on) is alone
