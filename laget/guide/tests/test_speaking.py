"""A municipality's own words stand in every text; where it has none, the texts read as they were written."""

from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy

from laget.design.speaking import MARK, about, spoken
from laget.guide import words
from laget.guide.faults import GuideFaults
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
    with about(SimpleNamespace(begun="tromso")):
        assert spoken(LOG) == "Skriv i den tverrfaglige planen"
    assert spoken(LOG) == "Skriv i loggen"


@pytest.mark.parametrize("bad", ["<b>leder</b>", "leder & co", "100 % leder", "led%(er)s", "leder|the", '"leder"'])
def test_a_word_that_could_be_markup_or_be_filled_in_is_refused(bad):
    with pytest.raises(GuideFaults, match="words of letters"):
        own("x", holder=f"['{bad}', '{bad}', '{bad}']")


def test_every_way_to_a_translation_says_the_marks(followed):
    followed(guide("tromso"))
    assert gettext("The log") == str(gettext_lazy("The log")) == "Den tverrfaglige planen"
    assert engines["backend"].from_string('{{ _("The log") }}').render() == "Den tverrfaglige planen"


def test_what_people_write_is_never_looked_at(followed):
    """A mark that is begun in one text and ended in another took everything between away from every reader."""
    followed(guide("tromso"))
    written = ["første ord ⟦", "det som skjedde", "siste ord |relay_log.one⟧", "⟦jeg er redd|relay_log.the⟧"]
    page = engines["backend"].from_string("{% for one in written %}<p>{{ one }}</p>{% endfor %}{{ _('The log') }}")
    shown = page.render({"written": written})
    assert all(f"<p>{one}</p>" in shown for one in written)
    assert "Den tverrfaglige planen" in shown


def test_a_text_without_a_whole_mark_is_left_alone(followed):
    followed(guide("tromso"))
    for text in ("⟦loggen⟧", "⟦|⟧", "⟦loggen|nonsense⟧", "a ⟦ b ⟧ c"):
        assert spoken(text) == text
    assert spoken("⟦loggen|nonsense.one⟧") == "loggen"
    assert not MARK.search("⟦loggen|relay_log.some⟧")
