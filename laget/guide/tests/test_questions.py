"""What the rooms ask of a municipality's own guide: by meaning, never by code."""

from datetime import date

import pytest

from laget.guide import rules
from laget.guide.difference import differences
from laget.guide.files import preset
from laget.guide.reading import read_guide
from laget.guide.rules import Text, Transition

ON = date(2027, 3, 1)
HEIM, LINDESNES, AASNES = (read_guide(preset(one), one) for one in ("heim", "lindesnes", "aasnes"))
NATIONAL = read_guide(preset("national"), "national")


def test_a_condition_gives_another_deadline():
    assert rules.deadline(HEIM, "talk_with_parents", ON) == date(2027, 3, 29)
    assert rules.deadline(HEIM, "talk_with_parents", ON, "environment_case") == date(2027, 3, 8)
    assert rules.deadline(HEIM, "talk_with_parents", ON, "urgent") == date(2027, 3, 29)
    assert rules.deadline(NATIONAL, "report_concern", ON) == ON


def test_a_holder_called_coordinator_is_named_with_both_words():
    assert rules.legal_mix_ups(HEIM) == {"relay_holder": "coordinator"}
    assert rules.holder_words(HEIM, "nb") == "koordinator"
    assert rules.holder_words(HEIM, "nb", both=True) == "koordinator (stafettholder)"
    assert rules.label(HEIM, "relay_log", "nb", both=True) == "stafettlogg"
    assert HEIM.role("holder").name.get("nb") == "Koordinatoren (stafettholder)"
    assert rules.legal_mix_ups(NATIONAL) == {} and NATIONAL.role("holder").name.nb == "Stafettholderen"


def test_words_lead_back_to_their_concept():
    assert rules.concept_of(HEIM, "Koordinatoren") == "relay_holder"
    assert rules.concept_of(AASNES, "åsnesmodellen") == "guide"
    assert rules.concept_of(NATIONAL, "føresette") == "guardian"
    assert rules.concept_of(NATIONAL, "xyz") == "" and rules.concept_of(NATIONAL, " ") == ""


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ({"month": 5, "day": 15}, date(2027, 5, 15)),
        ({"month": 10}, date(2026, 10, 31)),
        ({"month": 2}, date(2027, 2, 28)),
        ({"month": 8, "day": 20}, date(2026, 8, 20)),
        ({"week": 11}, date(2027, 3, 19)),
        ({"week": 53}, date(2026, 12, 25)),
        ({"month": 3, "years_before": 1}, date(2026, 3, 31)),
        ({}, None),
    ],
)
def test_a_transition_has_its_day_in_the_school_year_before(when, day):
    bare = {"month": None, "day": None, "week": None, "years_before": 0, **when}
    one = Transition("t", "kindergarten", "school", Text("x", "x"), None, when=None, consent=True, **bare)
    assert rules.transition_day(one, 2027) == day


def test_lindesnes_fills_in_the_form_by_the_middle_of_may():
    days = {one.code: rules.transition_day(one, 2027) for one in LINDESNES.transitions}
    assert days == {"form": date(2027, 5, 15), "form_home": date(2027, 5, 15), "assessment": date(2026, 10, 31)}


def test_outcomes_and_meetings_of_a_level():
    risor = read_guide(preset("risor"), "risor")
    assert "stuck" in [one.code for one in rules.outcomes_for(risor, "3")]
    assert "stuck" not in [one.code for one in rules.outcomes_for(risor, "1")]
    rennebu = read_guide(preset("rennebu"), "rennebu")
    names = [one.name.nb for one in rules.meetings_of(rennebu, "3")]
    assert "Ansvarsgruppe" in names and "Samarbeidsmøte" not in names


def test_what_differs_is_said_in_words_and_consent_is_marked():
    own = preset("national")
    for before, after in (
        ("value = 21\n", "value = 14\n"),
        ('first_asked = "2"', 'first_asked = "1"'),
        ('sort = "invite"\nvalue = 2\n', 'sort = "invite"\nsoon = true\n'),
    ):
        assert before in own
        own = own.replace(before, after)
    found = {one.place: one for one in differences(NATIONAL, read_guide(own))}
    assert str(found["deadline.asking_seat.value"]) == "deadline.asking_seat.value: 21 → 14"
    assert str(found["deadline.invite_to_meeting.value"]) == "deadline.invite_to_meeting.value: gone: 2"
    assert found["consent.first_asked"].touches_consent and found["deadline.asking_seat.value"].touches_consent
    assert not found["deadline.invite_to_meeting.value"].touches_consent
    assert not differences(NATIONAL, NATIONAL)
    assert any(one.touches_consent for one in differences(NATIONAL, read_guide(preset("kvinnherad"))))
