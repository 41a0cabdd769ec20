"""How far a case has come in its steps is never silently wrong, under the guides of real places."""

from datetime import UTC, date, datetime, timedelta

import pytest

from laget.cases.guiding import Known, Said, State, next_of, services_needed, way
from laget.guide.files import preset
from laget.guide.national import national
from laget.guide.reading import read_guide
from laget.guide.rules import Fact, Form, deadline, for_service, steps_of

BEGAN = datetime(2027, 3, 1, 9, tzinfo=UTC)
LATER = BEGAN + timedelta(days=3)


def guide(name):
    return national() if name == "national" else read_guide(preset(name), f"{name}.toml")


def known(facts=(), events=None, decided=BEGAN):
    return Known(decided, dict(facts), events or {})


def states(stands):
    return {one.step.code: one.state for one in stands}


def test_nothing_is_done_until_it_is_marked_or_shown():
    stands = way(national(), "2", [], known())
    assert set(states(stands).values()) == {State.OPEN}
    assert next_of(stands).step.code == "consent"


def test_the_newest_mark_of_a_step_holds():
    marks = [Said("consent", "done", BEGAN, "Maja"), Said("consent", "not_done", LATER, "Maja")]
    assert states(way(national(), "2", marks[:1], known()))["consent"] is State.DONE
    assert states(way(national(), "2", marks, known()))["consent"] is State.OPEN
    assert states(way(national(), "2", marks[::-1], known()))["consent"] is State.OPEN


def test_a_mark_from_an_earlier_time_on_the_same_level_does_not_count():
    early = [Said("consent", "done", BEGAN - timedelta(days=1))]
    assert states(way(national(), "2", early, known()))["consent"] is State.OPEN


def test_what_the_case_shows_counts_until_the_holder_says_otherwise_and_again_when_it_is_shown_anew():
    facts = {Fact.CONSENT_GIVEN: BEGAN}
    assert states(way(national(), "2", [], known(facts)))["consent"] is State.SHOWN
    no = [Said("consent", "not_done", LATER)]
    assert states(way(national(), "2", no, known(facts)))["consent"] is State.OPEN
    anew = {Fact.CONSENT_GIVEN: LATER + timedelta(days=1)}
    assert states(way(national(), "2", no, known(anew)))["consent"] is State.SHOWN


def test_a_step_with_two_facts_waits_for_both():
    one = {Fact.HOLDER_CHOSEN: LATER}
    assert states(way(national(), "2", [], known(one)))["meet"] is State.OPEN
    both = {**one, Fact.GOALS_AGREED: LATER}
    assert states(way(national(), "2", [], known(both)))["meet"] is State.SHOWN


def test_a_meeting_that_needs_consent_is_not_held_because_the_consent_is_there():
    stands = way(guide("overhalla"), "B", [], known({Fact.CONSENT_GIVEN: LATER, Fact.INVITED: LATER}))
    assert stands[0].step.consent
    assert stands[0].state is State.OPEN


def test_next_is_after_the_furthest_step_and_what_was_passed_by_stays_open():
    stands = way(national(), "1", [], known({Fact.GOALS_AGREED: LATER}))
    assert next_of(stands).step.code == "carry_out"
    assert states(stands)["understand"] is State.OPEN
    everything_after = [Said(one, "done", LATER) for one in ("agree", "carry_out", "evaluate", "decide")]
    assert next_of(way(national(), "1", everything_after, known())).step.code == "understand"
    assert next_of(way(national(), "1", [*everything_after, Said("understand", "done", LATER)], known())) is None


def test_a_gate_is_answered_by_a_person_and_a_no_leads_where_the_guide_says():
    aal = for_service(guide("aal"), "kindergarten")
    assert [one.code for one in steps_of(aal, "1")][:2] == ["define", "discuss"]
    done = Said("define", "done", BEGAN)
    refused = way(aal, "1", [done, Said("discuss", "no", LATER)], known())
    assert states(refused)["discuss"] is State.REFUSED
    assert next_of(refused).step.code == "define", "a no leads back to the step before"
    yes = way(aal, "1", [done, Said("discuss", "no", LATER), Said("discuss", "done", LATER)], known())
    assert next_of(yes).step.code == "carry_out"


def test_a_no_that_closes_stays_where_it_was_answered():
    overhalla = guide("overhalla")
    refused = way(overhalla, "0", [Said("go_on", "no", LATER)], known())
    assert next_of(refused).step.code == "go_on"


@pytest.mark.parametrize("name", ["national", "overhalla", "tromso", "aal"])
def test_a_day_is_counted_from_what_the_case_knows_and_left_out_otherwise(name):
    one = for_service(guide(name), "kindergarten")
    for level in one.levels:
        for stand in way(one, level.code, [], known(events={"level_decided": date(2027, 3, 1)})):
            rule = stand.rule
            if rule and rule.from_event == "level_decided" and rule.value:
                assert stand.due == deadline(one, rule.code, date(2027, 3, 1))
                assert stand.late(stand.due + timedelta(days=1)) and not stand.late(stand.due)
            else:
                assert stand.due is None


def test_each_form_of_cooperation_needs_its_number_of_services():
    assert [services_needed(form) for form in Form] == [1, 1, 2, 3]
