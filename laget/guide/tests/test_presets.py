"""Every model that comes with the product is whole, lawful, and says what it says in its own words."""

import re
import tomllib
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from laget.guide import coverage, rules
from laget.guide.difference import differences
from laget.guide.files import preset, presets
from laget.guide.reading import read_guide, whole_of
from laget.guide.rules import Form, Text
from laget.guide.schema import written
from laget.guide.telling import told
from laget.guide.tests.jsonschema import problems
from laget.guide.writing import toml
from laget.law.consent import Column
from laget.law.consent.table import Ask

ROOT = Path(__file__).resolve().parents[3]
SIX = ("overhalla", "tromso", "tromso-2014", "kristiansand", "kvinnherad", "hallingdal", "aal", "hemsedal", "sund")


@pytest.fixture(scope="module", params=presets())
def model(request):
    return request.param, read_guide(preset(request.param), request.param)


def test_there_are_twenty_five_places():
    places = {read_guide(preset(name), name).about.place for name in presets()} - {""}
    assert len(places) == 25 and {"Overhalla", "Ål", "Åsnes", "Løten"} <= places


def test_the_six_are_there_in_two_languages():
    for name in SIX:
        about = read_guide(preset(name), name).about
        assert "en" in about.languages and about.written in about.languages


def test_a_model_written_as_one_file_is_the_same_model(model):
    name, guide = model
    again = read_guide(toml(whole_of(preset(name), name)), name)
    assert again == guide and not differences(guide, again)


def test_a_model_follows_the_published_schema(model):
    name, _ = model
    assert not problems(tomllib.loads(preset(name)))


def test_every_text_is_there_in_every_language_of_the_model(model):
    _, guide = model
    for one in _texts(guide):
        for language in guide.about.languages:
            assert getattr(one, language).strip(), one
        assert one.get("nb") and one.get("en") and one.get("nn") and one.get(None)
        if guide.about.written == "nn":
            assert one.get("nb") == one.nn


NOT_NYNORSK = re.compile(
    r"\b(ikke|hvordan|hva|hvem|hvor|noe|noen|jeg|dere|enige|skole|skolen|fra|sammen|tjenesten?|tjenester|foreldrene|"
    r"uke|uker|måned|være|gjøre|spør hva|bare|også|selv|veien|videre|lederen?|nå)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", ["national", "kvinnherad", "aal", "sund", "hallingdal", "gloppen", "sogndal", "volda"])
def test_nynorsk_is_nynorsk(name):
    for one in _texts(read_guide(preset(name), name)):
        assert not NOT_NYNORSK.search(one.nn), one.nn


def test_every_level_has_a_way_in_a_way_out_and_steps_in_every_variant(model):
    _, guide = model
    for one in (guide, *(variant.guide for variant in guide.variants)):
        forms = [level.form for level in one.levels]
        assert forms[0] is Form.WONDER and len(set(forms)) == len(forms)
        for level in one.levels:
            assert rules.steps_of(one, level.code) and one.moves[level.code]


def test_it_can_be_told_on_paper(model):
    _, guide = model
    for language in ("nb", "nn", "en"):
        said = told(guide, language)
        assert said.count("\n") > 20 and "None" not in said
    assert told(guide, "nb", guide.levels[0].code).startswith(guide.name.get("nb"))


def test_the_published_schema_is_what_the_reader_asks_for():
    assert (ROOT / "docs" / "reference" / "guide.schema.json").read_text() == written()


def test_the_schema_finds_what_is_wrong():
    good = tomllib.loads(preset("overhalla"))
    for change in (
        {"levl": []},
        {"log": {"first_level": 1}},
        {"level": [{"name": {"nb": "x"}}]},
        {"deadline": [{"code": "x", "value": 900}]},
        {"evaluation": {"date_set": "never"}},
        {"variant": {"school": {"word": {}}}},
    ):
        assert problems({**good, **change}), change
    assert problems({"log": {}}) and not problems(good)


def test_the_table_of_coverage_is_up_to_date():
    assert (ROOT / "docs" / "reference" / "guide-coverage.md").read_text() == coverage.page()


def test_every_fact_is_carried_or_says_why():
    every = [one for _, _, found in coverage.places() for one in found]
    assert len(every) > 500
    assert not [one for one in every if not one.setting and (not one.why or one.why == "no setting follows")]
    assert sum(bool(one.setting) for one in every) / len(every) > 0.99


def test_what_is_special_in_the_six_is_carried():
    overhalla, kvinnherad = (read_guide(preset(one), one) for one in ("overhalla", "kvinnherad"))
    assert rules.may_move(overhalla, "0", "B") and not rules.may_move(overhalla, "0", "C")
    assert rules.level_of(overhalla, Form.TWO_SERVICES).code == "B"
    assert rules.word(kvinnherad, "relay_log", "nb", "the") == "loggboka"
    assert rules.youth_alone_age(kvinnherad, Column.SCHOOL) == 15
    assert rules.youth_alone_age(kvinnherad, Column.HEALTH) == 16
    assert not kvinnherad.baton.beside_coordinator and kvinnherad.plan.effect == "close"
    national = read_guide(preset("national"))
    assert rules.youth_alone_age(national, Column.SCHOOL) == 18
    assert rules.youth_asked_age(national, Column.SCHOOL) == 15
    assert all(Ask.CHILD is one for one in kvinnherad.consent.moved.values())
    tromso = read_guide(preset("tromso"))
    assert rules.word(tromso, "relay_log", "nb") == "tverrfaglig plan" and rules.word(tromso, "step", "nb") == "trinn"
    aal = read_guide(preset("aal"))
    kindergarten = rules.for_service(aal, "kindergarten")
    assert kindergarten is not aal and rules.for_service(aal, "school") is aal
    assert [one.name.get("nb") for one in rules.steps_of(kindergarten, "0")][2] == "Del undringa snarast"
    assert [one.gate is not None for one in rules.steps_of(kindergarten, "0")] == [False, False, True, True]


def _texts(value):
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
