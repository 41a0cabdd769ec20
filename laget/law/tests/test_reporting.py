"""The duty to report, statute by statute: letters, wording, thresholds, and what answers come to."""

import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest

from laget.law.acts import section
from laget.law.reporting import BASE, Finding, Said, duty, finding, grounds, read

ON = date(2026, 11, 24)
FIVE = {"a": ["neglect"], "b": ["illness"], "c": ["special_needs"], "e": ["trafficking"]}

# Each statute: its acts, and its letters with their criteria.
TABLE = {
    "BVL § 13-2": (("BVL", "NAV"), {**FIVE, "d": ["conduct"]}),
    "HPL § 33": (("HOL", "SPHL", "PHVL", "TANN"), {**FIVE, "d": ["conduct_shown"]}),
    "FAM § 10": (("FAM",), {**FIVE, "d": ["conduct_now"]}),
    "SOTJ § 45": (("SOTJ",), {**FIVE, "d": ["conduct_now"]}),
    "KRIS § 6": (("KRIS",), {**FIVE, "d": ["conduct_now"]}),
    "INT § 49": (("INT",), {**FIVE, "d": ["conduct_now"]}),
    "OPPL § 24-3": (
        ("OPPL",), {"a": ["neglect"], "b": ["illness", "special_needs"], "c": ["conduct_school"], "d": ["trafficking"]}
    ),
    "PRIV § 7-4": (
        ("PRIV",), {"a": ["neglect"], "b": ["illness", "special_needs"], "c": ["conduct_school"], "d": ["trafficking"]}
    ),
    "BHL § 46": (("BHL",), {"a": ["neglect"], "b": ["illness"], "c": ["special_needs"], "d": ["trafficking"]}),
}  # fmt: skip


def by_letter(asked, source):
    letters = {}
    for one in asked:
        if one.source == source:
            letters.setdefault(one.letter, []).append(one.criterion.code)
    return letters


@pytest.mark.parametrize(("source", "act"), [(source, act) for source, (acts, _) in TABLE.items() for act in acts])
def test_each_statute_asks_its_own_letters(source, act):
    assert duty().statute_of(act, ON).section == source
    asked = duty().asked_of(act, public=False, on=ON)
    assert by_letter(asked, source) == TABLE[source][1]
    assert {one.source for one in asked} == {source}


def test_no_statute_is_left_out_of_the_table():
    assert {one.section: (one.acts, {k: list(v) for k, v in one.letters.items()}) for one in duty().statutes} == {
        name: (acts, letters) for name, (acts, letters) in TABLE.items()
    }


def test_reason_to_believe_is_enough_for_all_but_conduct():
    assert {one.base: one.reason_enough for one in duty().criteria.values()} == {
        "a": True, "b": True, "c": True, "d": False, "e": True
    }  # fmt: skip
    for one in duty().criteria.values():
        assert ("grunn til å tro" in one.text("nb")) == one.reason_enough, one.code


def test_kindergarten_has_no_conduct_but_its_public_staff_do():
    private = duty().asked_of("BHL", public=False, on=ON)
    public = duty().asked_of("BHL", public=True, on=ON)
    assert "d" not in {one.criterion.base for one in private}
    extra = [one for one in public if one not in private]
    assert [(one.source, one.letter, one.criterion.code) for one in extra] == [(BASE, "d", "conduct")]


@pytest.mark.parametrize("act", ["OPPL", "HOL", "SOTJ", "FAM", "KRIS", "INT", "BVL"])
def test_nobody_is_asked_the_same_twice(act):
    bases = [one.criterion.base for one in duty().asked_of(act, public=True, on=ON)]
    assert sorted(bases) == ["a", "b", "c", "d", "e"]


def test_health_has_the_older_wording():
    conduct = next(one for one in duty().asked_of("HOL", public=True, on=ON) if one.criterion.base == "d")
    assert "atferd" in conduct.criterion.text("nb") and "skadelige" not in conduct.criterion.text("nb")
    assert conduct.criterion.text("en") != conduct.criterion.text("nb")


def test_before_it_was_taken_back_health_is_asked_by_the_base_rule():
    assert duty().statute_of("HOL", date(2026, 6, 30)).section == BASE


def test_an_act_without_a_statute_of_its_own_is_asked_by_the_base_rule():
    assert duty().statute_of("XYZ", ON).section == BASE


def said(asked, **answers):
    return {one.criterion.code: answers.get(one.criterion.code, Said.NO) for one in asked}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, Finding.NOT_BY_THIS),
        ({"illness": Said.UNSURE}, Finding.ASK_CHILD_WELFARE),
        ({"illness": Said.UNSURE, "neglect": Said.YES}, Finding.MUST_REPORT),
        ({"trafficking": Said.YES}, Finding.MUST_REPORT),
    ],
)
def test_what_the_answers_come_to(answers, expected):
    asked = duty().asked_of("OPPL", public=True, on=ON)
    assert finding(said(asked, **answers), asked) is expected


def test_what_is_not_answered_is_unsure():
    assert finding({}, duty().asked_of("BHL", public=True, on=ON)) is Finding.ASK_CHILD_WELFARE


def test_a_report_states_the_letters_of_the_base_rule():
    asked = duty().asked_of("OPPL", public=True, on=ON)
    assert grounds(said(asked, special_needs=Said.YES, trafficking=Said.YES), asked) == ("c", "e")
    assert grounds(said(asked, illness=Said.YES), asked) == ("b",)


def test_every_section_is_in_the_register_and_in_force():
    source = tomllib.loads(files("laget.law").joinpath("data/reporting.toml").read_text(encoding="utf-8"))
    assert read(source, ON).statutes == duty().statutes
    assert all(section(one.section, ON) for one in duty().statutes)


def test_the_statute_beside_is_the_one_of_the_day():
    at_all = duty()
    base = next(one for one in at_all.statutes if one.section == BASE)
    older = replace(base, letters={"a": ("neglect",), "b": ("conduct_now",)}, valid_to=date(2020, 1, 1))
    now = replace(base, valid_from=date(2020, 1, 1))
    dated = replace(at_all, statutes=(older, now, *(one for one in at_all.statutes if one.section != BASE)))
    asked = dated.asked_of("BHL", public=True, on=ON)
    assert [one.criterion.code for one in asked if one.source == BASE] == ["conduct"]
