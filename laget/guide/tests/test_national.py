"""The national default is whole, speaks plainly, and answers what the rooms above ask."""

import re
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from laget.guide import rules
from laget.guide.national import current
from laget.guide.rules import Advice, Effect, Form, Text, UnknownCode, Writer
from laget.guide.tests.snapshot import digest
from laget.law.kinds import Kind

ON = date(2027, 3, 1)
GUIDE = current(ON)


def texts(value):
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name))


def lix(text):
    words = re.findall(r"\w+", text)
    sentences = max(1, len(re.findall(r"[.!?:]+(?:\s|$)", text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


FOR_FAMILIES = {
    "log": (GUIDE.log,),
    "levels": tuple(one.meaning for one in GUIDE.levels),
    "consent": tuple(GUIDE.consent.told.values()),
    "reach": tuple(one.help for one in GUIDE.consent.reaches),
    "heard": GUIDE.consent.heard,
    "outcomes": GUIDE.outcomes,
    "closings": tuple(one.family for one in GUIDE.closings),
    "entries": tuple(one.hint for one in GUIDE.entries),
    "help": tuple(one.text for one in GUIDE.helps),
    "deadlines": tuple(one.reason for one in GUIDE.deadlines),
    "steps": tuple(text for one in GUIDE.steps for text in (one.what, one.how)),
}


@pytest.mark.parametrize("part", FOR_FAMILIES)
def test_families_can_read_it(part):
    assert lix(" ".join(one.nb for one in texts(FOR_FAMILIES[part]))) < 35


def test_every_text_is_there_in_both_languages_and_has_no_placeholder():
    for one in texts(GUIDE):
        assert one.nb.strip() and one.en.strip()
        assert not re.search(r"[{}%<>]|TODO", one.nb + one.en)


def test_levels_and_moves():
    assert [one.code for one in GUIDE.levels] == ["0", "1", "2", "3"]
    assert [one.form for one in GUIDE.levels] == list(Form)
    assert GUIDE.log.first_level == "1"
    assert rules.may_move(GUIDE, "1", "3") and rules.may_move(GUIDE, "3", "1")
    assert not rules.may_move(GUIDE, "2", "2") and not rules.may_move(GUIDE, "x", "1")
    assert rules.next_level(GUIDE, "2") == "3" and rules.next_level(GUIDE, "3") is None


@pytest.mark.parametrize("level", ["0", "1", "2", "3"])
def test_each_level_has_steps_that_somebody_does(level):
    steps = rules.steps_of(GUIDE, level)
    assert 3 <= len(steps) <= 6
    assert all(step.who for step in steps)


def test_the_first_question_never_sends_a_worried_worker_to_the_parents():
    answers = {one.code: one.effect for one in GUIDE.first_question.answers}
    assert answers == {"yes": Advice.TALK_FIRST, "no": Advice.DO_NOT_TALK, "unsure": Advice.ASK_FIRST}
    assert "112" in GUIDE.first_question.help.nb


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("asking_seat", date(2027, 3, 22)),
        ("answer_reminder", date(2027, 3, 8)),
        ("acting_holder", date(2027, 3, 8)),
        ("consent_period", date(2028, 3, 1)),
        ("consent_renewal", date(2027, 1, 30)),
        ("baton_reminder", date(2027, 3, 4)),
        ("draft_kept", date(2027, 3, 31)),
    ],
)
def test_deadlines(code, day):
    assert rules.deadline(GUIDE, code, ON) == day


def test_the_day_of_evaluation_must_be_set():
    assert GUIDE.evaluation_weeks is None and rules.evaluation_day(GUIDE, ON) is None


def test_consent_defaults():
    assert GUIDE.consent.reach_default == "plan"
    assert [one.code for one in GUIDE.consent.reaches] == ["today", "plan", "all"]
    assert GUIDE.consent.heard_ages == (7, 12)
    assert GUIDE.family_seat_until_age == 18
    assert not GUIDE.consent.moved
    assert rules.offered_kinds(GUIDE, "kindergarten") == (Kind.IDENTITY, Kind.EVERYDAY, Kind.LEARNING)
    assert rules.offered_kinds(GUIDE, "unheard of") == (Kind.IDENTITY,)
    assert all(kind.offered[0] is Kind.IDENTITY for kind in GUIDE.service_kinds)


def test_outcomes_closings_and_entries():
    assert [one.effect for one in GUIDE.outcomes] == list(Effect)
    assert "no_consent_left" not in [one.code for one in rules.chosen_closings(GUIDE)]
    assert GUIDE.closing("no_consent_left").system
    family = [one.code for one in rules.entries_for(GUIDE, Writer.FAMILY)]
    assert family == ["note", "bright_spot", "child_words"]


def test_the_one_nearest_to_the_child_comes_first():
    assert rules.nearest(GUIDE, "1")[0].service_kind == "kindergarten"
    assert rules.nearest(GUIDE, "0") == ()


def test_words():
    assert rules.word(GUIDE, "relay_holder", "nb") == "stafettholder"
    assert rules.word(GUIDE, "relay_log", "nb", "the") == "stafettloggen"
    assert rules.word(GUIDE, "bright_spot", "en", "many") == "bright spots"
    assert rules.word(GUIDE, "parents", None) == "foreldre"
    with pytest.raises(UnknownCode):
        rules.word(GUIDE, "unheard_of", "nb")
    with pytest.raises(UnknownCode):
        rules.deadline(GUIDE, "unheard_of", ON)


def test_a_text_is_bokmal_unless_english_is_asked_for():
    one = Text("hei", "hello")
    assert [one.get(language) for language in ("nb", "nn", None, "en", "en-gb")] == ["hei"] * 3 + ["hello"] * 2


def test_codes_fit_their_columns():
    assert len(GUIDE.code) <= 20
    assert all(len(one.code) <= 20 for one in GUIDE.entries)
    assert all(len(one.code) <= 40 for one in (*GUIDE.outcomes, *GUIDE.closings, *GUIDE.areas))


BEFORE = "5938e9ae6ae3048dcab47042f0aed07f3bd6e02cfa096d595ef012c4be6310c5"
"""Pinned anew when a consent for a new place got a limit of its own; else it stands still."""


def test_what_the_rooms_read_before_is_what_they_read_now():
    assert digest(GUIDE) == BEFORE


def test_every_text_is_there_in_nynorsk_too():
    for one in texts(GUIDE):
        assert one.nn.strip() and one.get("nn") == one.nn and one.get("nb") == one.nb
