"""A municipality's own words stand in every text; where it has none, the texts read as they were written."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from laget.design.speaking import MARK, spoken
from laget.guide import words
from laget.guide.files import preset
from laget.guide.national import national
from laget.guide.reading import read_guide

LOG = "Skriv i ⟦loggen|relay_log.the⟧"


def guide(name):
    return read_guide(preset(name), f"{name}.toml")


def own(name, **replaced):
    text = preset("national").replace('["stafettholder", "stafettholderen", "stafettholdere"]', replaced["holder"])
    return read_guide(text, "own.toml")


@pytest.fixture
def followed(monkeypatch):
    def follow(guide):
        monkeypatch.setattr(words, "current", lambda on: guide)

    with translation.override("nb"):
        yield follow


def test_the_national_default_reads_as_it_was_written(followed):
    followed(national())
    assert spoken(LOG) == "Skriv i loggen"


@pytest.mark.parametrize(
    ("place", "said"),
    [("tromso", "Skriv i den tverrfaglige planen"), ("aal", "Skriv i loggen"), ("overhalla", "Skriv i loggen")],
)
def test_a_municipality_is_spoken_to_in_its_own_words(followed, place, said):
    followed(guide(place))
    assert spoken(LOG) == said


def test_a_capital_stays_and_english_is_english(followed):
    followed(guide("tromso"))
    assert spoken("⟦Loggen|relay_log.the⟧") == "Den tverrfaglige planen"
    with translation.override("en"):
        assert spoken("Write in ⟦the log|relay_log.the⟧") == "Write in the cross-service plan"


def test_a_word_that_is_a_role_in_law_stands_with_the_plain_word_beside_it(followed):
    followed(own("x", holder='["koordinator", "koordinatoren", "koordinatorer"]'))
    assert spoken("⟦Stafettholder|relay_holder.one⟧") == "Koordinator (stafettholder)"


def test_a_case_keeps_the_words_it_began_with(followed, monkeypatch):
    followed(national())
    monkeypatch.setattr(words, "version", lambda code: guide(code))
    monkeypatch.setattr(words, "_versions", [lambda subject: subject.begun])
    case = SimpleNamespace(subject=SimpleNamespace(begun="tromso"))
    assert spoken(LOG, case) == "Skriv i den tverrfaglige planen"
    assert spoken(LOG, SimpleNamespace(subject=None)) == "Skriv i loggen"


def test_a_word_is_text_and_never_markup(followed):
    followed(own("x", holder='["<b>leder</b>", "<b>lederen</b>", "<b>ledere</b>"]'))
    assert spoken("⟦Stafettholderen|relay_holder.the⟧", html=True) == "&lt;b&gt;lederen&lt;/b&gt;"


def test_what_people_write_is_left_alone(followed):
    followed(guide("tromso"))
    for text in ("⟦loggen⟧", "⟦|⟧", "⟦loggen|nonsense⟧", "a ⟦ b ⟧ c"):
        assert spoken(text) == text
    assert spoken("⟦loggen|nonsense.one⟧") == "loggen"
    assert not MARK.search("⟦loggen|relay_log.some⟧")
