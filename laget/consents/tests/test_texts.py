"""The consent text in each language: whole, easy, and laid out for any direction of writing."""

import json
import re
import tomllib
from dataclasses import fields
from datetime import date
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest
from django.urls import reverse

import laget
from laget.consents import texts
from laget.consents.models import Answer
from laget.consents.tests.test_actions import asked, parents  # noqa: F401
from laget.consents.tests.test_pages import body
from laget.guide.national import national
from laget.kernel.reading import lix
from laget.law.kinds import Kind

LANGUAGES = [code for code, _name in texts.languages()]
PACKAGE = Path(laget.__file__).parent


def filled(language, **changes):
    asked_for = {
        "asker": "Solbakken barnehage", "receiver": "Solbakken barnehage", "opens_case": True, "reach": "plan",
        "until": date(2027, 8, 1), "why": "Vi vil hjelpe med språket.", "kinds": ("identity", "everyday"),
    }  # fmt: skip
    return texts.fill(national(), texts.Filling(**{**asked_for, **changes}), language)


def variants():
    for language in LANGUAGES:
        for youth in (False, True):
            for opens in (False, True):
                receiver = "Solbakken barnehage" if opens else "Helsestasjonen"
                yield pytest.param(language, {"youth": youth, "opens_case": opens, "receiver": receiver})


@pytest.mark.parametrize(("language", "changes"), list(variants()))
def test_it_is_easy_to_read_in_every_language(language, changes):
    text = filled(language, **changes)
    assert lix(text.plain) < 35, lix(text.plain)
    assert "{" not in text.plain and "⟦" not in text.plain and "  " not in text.plain


@pytest.mark.parametrize("opens", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_child_welfare_is_not_spoken_to_as_the_family(language, opens):
    text = filled(language, care=True, opens_case=opens, receiver="Solbakken barnehage" if opens else "Helsestasjonen")
    assert not re.search(r"barnet deres|barnet dykkar|your child|dere bor|de bur|you live|én av dere", text.plain)
    assert lix(text.plain) < 35, lix(text.plain)
    assert re.search(r"barnet deres|barnet dykkar|your child|dere om barnet|dykk om barnet", filled(language).plain)


def test_every_language_says_the_same_things():
    words = texts._words(texts.TEXT_VERSION)
    assert LANGUAGES == ["nb", "nn", "en"]
    keys = {code: set(one) - {"kinds"} for code, one in words.items()}
    assert keys["nb"] == keys["nn"] == keys["en"]
    assert set(words["nn"]["kinds"]) == {kind.value for kind in Kind}
    for code in LANGUAGES:
        assert all(isinstance(value, str) and value.strip() for key, value in words[code].items() if key != "kinds")


def test_the_languages_differ_and_are_not_left_in_another():
    plain = {code: filled(code).plain for code in LANGUAGES}
    assert "Dere bestemmer" in plain["nb"] and "De bestemmer" in plain["nn"] and "You decide" in plain["en"]
    assert not re.search(r"\b(?:ikke|noe|dere|hva|hvor)\b", plain["nn"].replace("Solbakken barnehage", ""))
    assert "søndag 1. august 2027" in plain["nb"] and "Sunday 1 August 2027" in plain["en"]
    assert "sundag 1. august 2027" in plain["nn"] or "søndag 1. august 2027" in plain["nn"]


def test_it_says_from_whom_to_whom_and_what_is_left_out():
    own = filled("nb").plain
    assert "Vi spør ikke om: Læring og skole, Helse, " in own and "deles i Solbakken barnehage" in own
    other = filled("nb", receiver="Helsestasjonen", opens_case=False, excluded="Ikke om besteforeldrene.").plain
    assert "fra Solbakken barnehage og laget til Helsestasjonen" in other and "Ikke om besteforeldrene." in other
    every = filled("nb", kinds=tuple(Kind), excluded="")
    assert every.excluded[1] == ()


def test_what_people_write_is_never_filled_or_spoken():
    nasty = "{asker} {day} ⟦logg|relay_log.one⟧"
    text = filled("nb", why=nasty, excluded=nasty)
    assert text.why[1] == nasty and nasty in text.excluded[1]


def test_one_yes_is_enough_only_where_it_is_so():
    assert "begge si ja" in filled("nb").plain and "én av dere sier ja" not in filled("nb").plain
    one = filled("nb", one_enough=True).plain
    assert "én av dere sier ja" in one and "begge si ja" not in one


def test_a_language_the_text_does_not_have_is_the_readers_own():
    assert texts.chosen("tlh") == "nb" and texts.chosen("nn") == "nn" and texts.chosen(None) == "nb"


def test_the_parent_chooses_and_the_answer_keeps_it(cast, asked, visit):  # noqa: F811
    mother, _father = parents(asked)
    client, address = visit(mother), reverse("consent", args=[asked.pk])
    page = body(client.get(address + "?text=nn"))
    assert 'lang="nn" dir="ltr"' in page and "Kvardagen" in page and 'name="text" value="nn"' in page
    assert "Det tek om lag" in page
    client.post(address, {"answer": "yes", "kinds": ["everyday"], "text": "nn", "excluded": "Ikkje om besta."})
    given = Answer.objects.get(request=asked, person_id=mother.person)
    assert (given.text_version, given.excluded) == ("2-nn", "Ikkje om besta.")
    page = body(client.get(reverse("ledger", args=[asked.child_id])))
    assert "Språket i teksten du leste: Nynorsk." in page and "Ikkje om besta." in page
    client.post(address, {"answer": "no", "text": "../../etc"})
    assert Answer.objects.filter(request=asked).latest("at").text_version == "2-nb"


def test_whoever_reads_it_in_english_finds_the_buttons_in_english(cast, asked, visit):  # noqa: F811
    mother, _father = parents(asked)
    client, address = visit(mother), reverse("consent", args=[asked.pk])
    page = body(client.get(address + "?text=en"))
    assert '<html lang="en"' in page and "Yes to what I ticked" in page and "Ja til det jeg krysset av" not in page
    for text in ("nb", "nn"):
        page = body(client.get(address + "?text=" + text))
        assert '<html lang="nb"' in page and "Ja til det jeg krysset av" in page


def test_a_fault_keeps_the_language_and_all_that_was_typed(cast, asked, visit):  # noqa: F811
    mother, _father = parents(asked)
    address = reverse("consent", args=[asked.pk])
    response = visit(mother).post(address, {"answer": "yes", "text": "en", "excluded": "Not the move."})
    assert response.status_code == 422
    page = body(response)
    assert "Not the move." in page and 'name="text" value="en"' in page and "How far back" in page


PHYSICAL = re.compile(
    r"(?:margin|padding|border|inset|scroll-margin)-(?:left|right)|(?<![\w-])(?:left|right)\s*:|text-align:\s*(?:left|right)"
    r"|float:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius"
)


def test_the_house_style_has_no_left_and_right():
    """Texts that run from right to left lay themselves out; what is drawn in a picture is not text."""
    css = (PACKAGE / "design/static/design/laget.css").read_text(encoding="utf-8")
    assert not PHYSICAL.findall(css)
    for template in (PACKAGE / "consents/templates").rglob("*.html"):
        assert not re.search(r"\b(?:align|style)=", template.read_text(encoding="utf-8"))


def test_the_direction_follows_the_language():
    assert {filled(code).direction for code in LANGUAGES} == {"ltr"}
    assert "direction" in {one.name for one in fields(texts.Text)}
    assert texts.direction("ar") == "rtl" and texts.direction("ti") == "ltr" and texts.direction("prs") == "rtl"


# What has been answered to is never edited: a new meaning is a new file with a new number, and a line of its own here.
BOUND = {
    ("text-2.toml", "nb"): "00125eb899eb2c0c",
    ("text-2.toml", "nn"): "89e77dffcdd86126",
    ("text-2.toml", "en"): "2f12a183dbc5cf2b",
}


def test_a_text_that_people_have_answered_to_is_not_edited():
    kept = {}
    for one in files("laget.consents").joinpath("data").iterdir():
        if one.name.startswith("text-"):
            for language, words in tomllib.loads(one.read_text("utf-8")).items():
                said = json.dumps(words, sort_keys=True, ensure_ascii=False)
                kept[one.name, language] = sha256(said.encode()).hexdigest()[:16]
    assert kept == BOUND, "make a new version beside it: answers name the text that somebody had in front of them"
