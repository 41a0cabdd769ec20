"""Sharing without consent: which grounds there are, whose, since when, and what must hold whatever is answered."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.law.acts import acts
from laget.law.grounds import HEALTH, Field, Sort, carries, grounds, read

ON = date(2026, 11, 24)
CODES = [
    "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9a", "F9b", "F9c", "F9d", "F9e", "F10", "F11", "F12", "F13",
    "F14",
]  # fmt: skip
STANDS = {"F1", "F2", "F3", "F4", "F11", "F12"}
ALWAYS_NOTED = {"F5", "F6", "F7", "F8", "F9c", "F9d", "F9e", "F10"}
ACTS = sorted(one.code for one in acts() if one.welfare)
EACH = grounds().all


def of(act, on=ON):
    return {one.code for one in grounds().of(act, on)}


def test_they_are_all_there_and_lean_on_sections_in_force():
    assert [one.code for one in EACH] == CODES
    data = tomllib.loads(files("laget.law").joinpath("data/grounds.toml").read_text())
    assert read(data, ON)


def test_a_no_never_stops_danger_and_duties():
    assert {one.code for one in EACH if one.stands} == STANDS


def test_what_moved_to_consent_leads_there_and_is_never_noted_as_given():
    for code in ("F9a", "F9b", "F14"):
        one = next(one for one in EACH if one.code == code)
        assert one.sort is Sort.CONSENT and not one.recorded and not one.conditions
        assert not carries(one, {})


def test_what_is_always_noted_asks_why_it_was_needed():
    for one in EACH:
        if one.code in ALWAYS_NOTED:
            assert one.recorded and Field.NECESSITY in one.fields, one.code


@pytest.mark.parametrize(
    ("code", "before", "first"),
    [("F9d", date(2026, 7, 31), date(2026, 8, 1)), ("F10", date(2026, 6, 30), date(2026, 7, 1))],
)
def test_new_law_holds_from_its_day(code, before, first):
    assert code not in of("OPPL", before) and code in of("OPPL", first)


@pytest.mark.parametrize(
    ("act", "has", "lacks"),
    [
        ("BHL", {"F7", "F9a", "F9b", "F14"}, {"F8", "F9c", "F9d", "F10", "F11", "F12"}),
        ("OPPL", {"F7", "F9c", "F9d", "F9e", "F10"}, {"F8", "F9a", "F9b", "F12"}),
        ("HOL", {"F8", "F11", "F14"}, {"F7", "F9c", "F12", "F13"}),
        ("FAM", {"F6", "F11", "F14"}, {"F7", "F8", "F12"}),
        ("BVL", {"F7", "F11", "F12"}, {"F8", "F14"}),
        ("NAV", {"F7", "F14"}, {"F8", "F11", "F13"}),
    ],
)
def test_each_service_has_its_own(act, has, lacks):
    assert has <= of(act) and not lacks & of(act) and {"F1", "F2", "F3", "F4", "F5", "F6"} <= of(act)


def test_health_leans_on_its_own_act_and_never_on_that_of_the_administration():
    for act in sorted(HEALTH):
        for one in grounds().of(act, ON):
            if one.code not in ("F3",):
                assert not [code for code in one.sections(act) if code.startswith("FVL67")], one.code


def test_a_private_school_leans_on_its_own_act():
    for code in ("F9c", "F9d", "F9e"):
        assert grounds().ground(code, "PRIV", ON).sections("PRIV") == ("PRIV § 7-9",)


@given(
    st.sampled_from(EACH),
    st.dictionaries(st.text(min_size=1, max_size=8), st.booleans()),
    st.booleans(),
    st.text(max_size=5),
)
def test_it_carries_only_when_every_condition_does(one, answers, objected, weighty):
    known = {condition.code: answers.get(condition.code, True) for condition in one.conditions}
    expected = one.recorded and all(known.values())
    if Field.OBJECTION in one.fields and objected and not weighty.strip():
        expected = False
    assert carries(one, known, objected=objected, weighty=weighty) is expected


@given(st.sampled_from([one for one in EACH if one.conditions]))
def test_an_answer_that_is_wanting_is_no_yes(one):
    assert not carries(one, {})
    for condition in one.conditions:
        rest = {other.code: True for other in one.conditions if other is not condition}
        assert not carries(one, rest)


@given(st.sampled_from(ACTS), st.dates(date(2023, 1, 1), date(2035, 1, 1)))
def test_danger_and_duties_are_there_for_everybody_on_every_day(act, on):
    assert {"F1", "F2", "F3", "F4"} <= of(act, on)


@given(st.sampled_from(EACH), st.sampled_from(["nb", "en", "nn", None]))
def test_every_text_is_there(one, language):
    assert one.name(language) and one.help(language) and all(each.text(language) for each in one.conditions)
