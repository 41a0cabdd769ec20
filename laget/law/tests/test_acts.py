"""The legal register is whole, dated and agrees with the reference it was made from."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from laget.law.acts import NEVER, UnknownSection, acts, cite, cite_all, read, register, section

TODAY = date(2026, 11, 1)
LEANED_ON = (
    """
BHL § 2 a|BHL § 2 b|BHL § 3|BHL § 47 a|BL81 § 30|BL81 § 31|BL81 § 32|BL81 § 33|BL81 § 47|BVL § 1-4|BVL § 12-3|BVL § 13-1
BVL § 15-8|FVL67 § 13|FVL67 § 13 a|FVL67 § 13 b|FVL67 § 13 f|HOL § 3-4|HOL § 7-1|HOL § 7-2|HOL § 7-2 a|HPL § 21|HPL § 22
HPL § 23|HPL § 25|IP-REG § 5|IP-REG § 9|KRIS § 5|OPPL § 24-1|OPPL § 24-5|OPPL § 25-1|PBRL § 3-1|PBRL § 4-3|PBRL § 4-4
PRIV § 3-6a|PRIV § 7-9|SOTJ § 44|NAV § 7|FAM § 6|INT § 50|TANN § 1-4a|SPHL § 2-1 e|PHVL § 4-1|STRL § 196|VGM § 8
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize("code", LEANED_ON)
def test_a_section_that_the_rooms_lean_on_is_there(code):
    found = section(code, TODAY)
    assert found.code == code
    assert found.summary("nb") and found.summary("en")


def test_the_fourteen_welfare_acts_are_marked():
    assert {act.code for act in acts() if act.welfare} == {
        "HOL",
        "SPHL",
        "PHVL",
        "TANN",
        "PBRL",
        "BVL",
        "BHL",
        "OPPL",
        "PRIV",
        "SOTJ",
        "NAV",
        "KRIS",
        "FAM",
        "INT",
    }


def test_a_letter_cites_the_short_title():
    assert cite("BHL § 2 a", TODAY) == "barnehageloven § 2 a"


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["BHL § 2 a"], "barnehageloven § 2 a"),
        (["FVL67 § 27", "FVL67 § 16"], "forvaltningsloven §§ 16 og 27"),
        (["HOL § 7-2 a", "HOL § 7-2"], "helse- og omsorgstjenesteloven §§ 7-2 og 7-2 a"),
        (["FVL67 § 29", "FVL67 § 13 b", "FVL67 § 13 a"], "forvaltningsloven §§ 13 a, 13 b og 29"),
        (["OPPL § 24-5", "BL81 § 32", "OPPL § 24-5"], "opplæringslova § 24-5, barnelova § 32"),
    ],
)
def test_several_name_each_act_once_and_its_sections_in_order(codes, said):
    assert cite_all(codes, TODAY) == said


def test_the_edition_of_the_day_is_given():
    assert section("HPL § 22", date(2026, 6, 30)).heading == "Samtykke til å gi informasjon"
    assert section("HPL § 22", date(2026, 7, 1)).heading == "Bortfall av taushetsplikt ved samtykke m.m."


def test_a_repealed_section_answers_with_its_successor():
    assert section("OPPL98 § 15-8", date(2023, 1, 1)).code == "OPPL98 § 15-8"
    assert section("OPPL98 § 15-8", TODAY).code == "OPPL § 24-1"


def test_what_is_adopted_but_not_in_force_is_not_cited():
    with pytest.raises(UnknownSection):
        section("BL25 § 6-5", TODAY)
    with pytest.raises(UnknownSection):
        section("BHL § 999", TODAY)


def test_a_new_act_takes_over_by_data_alone():
    first = {
        "code": "OLD",
        "law_id": "a",
        "title": "Old",
        "short": "old",
        "from": date(2000, 1, 1),
        "to": date(2030, 1, 1),
    }
    then = {"code": "NEW", "law_id": "b", "title": "New", "short": "new", "from": date(2030, 1, 1)}
    one = {"heading": "H", "nb": "n", "en": "e"}
    first["sections"] = [{"no": "§ 1", "successor": "NEW § 5", **one}]
    then["sections"] = [{"no": "§ 5", **one}]
    book = read({"act": [first, then]})
    assert book.section("OLD § 1", date(2029, 12, 31)).code == "OLD § 1"
    assert book.section("OLD § 1", date(2030, 1, 1)).code == "NEW § 5"


def test_editions_of_a_section_never_overlap_and_successors_exist():
    every = list(register())
    for one in every:
        assert one.valid_from < one.valid_to or one.valid_from == NEVER, one.code
        assert not one.successor or register().editions(one.successor), one.code
        for other in register().editions(one.code):
            assert other is one or one.valid_to <= other.valid_from or other.valid_to <= one.valid_from, one.code


def _reference():
    named = os.environ.get("LAGET_STATUTES")
    root = next(place for place in Path(__file__).parents if (place / "pyproject.toml").exists())
    return Path(named) if named else root.parent / "shared" / "reference" / "statutes.json"


@pytest.mark.skipif(not _reference().is_file(), reason="the statutes reference is not on this machine")
def test_the_register_agrees_with_the_statutes():
    rows = json.loads(_reference().read_text(encoding="utf-8"))["sections"]
    for row in rows:
        number = row["section"].split(" fjerde")[0]
        editions = register().editions(f"{row['code']} {number}")
        assert editions, row["section"]
        assert editions[-1].heading == row["heading"]
        assert {one.act.law_id for one in editions} == {row["law_id"]}
        assert {one.act.title for one in editions} == {row["act"]}
