"""What a municipality may call otherwise is marked in every text, so that its own word can stand there."""

import re

import pytest

from laget.design.speaking import MARK, ONE
from laget.guide.national import national
from laget.site import catalogues
from tests.house.tree import ROOT

OWN = (
    "team",
    "relay_holder",
    "relay_baton",
    "relay_log",
    "level",
    "wonder",
    "parent",
    "parents",
    "bright_spot",
    "guide",
)
SHORT = {"logg", "loggen"}
"""Also what the log is called for short."""
BY_THEIR_OWN = {
    "law": "the law's own words",
    "families": "parents as they are registered, which is a word of the law",
    "exchange": "a report is read outside the house, in the words of the law",
    "demo": "the story of one invented municipality",
}
PRODUCT = re.compile(r"\bLaget\b")
SIGNING = re.compile(r"\blogg(?:et|er)? (?:inn|ut)\b|\bhøyeste nivå(?:et)?\b", re.IGNORECASE)  # words of the sign-in
ROOMS = [room for room in catalogues.rooms() if room not in BY_THEIR_OWN]


def strings(room, language):
    for message in catalogues._read(catalogues.po(room, language), language):
        if message.id:
            first = message.id if isinstance(message.id, str) else message.id[0]
            many = [message.string] if isinstance(message.string, str) else list(message.string)
            yield from ((first, string) for string in many if string)


def own_words():
    words = [word for word in national().words if word.concept in OWN]
    return {form.nb.casefold() for word in words for form in (word.one, word.the, word.many)} | SHORT


@pytest.mark.parametrize("room", ROOMS)
def test_no_word_that_a_municipality_may_have_its_own_for_stands_unmarked(room):
    found = re.compile(rf"\b(?:{'|'.join(sorted(own_words(), key=len, reverse=True))})\b", re.IGNORECASE)
    for message, string in strings(room, "nb"):
        plain = SIGNING.sub("", MARK.sub("", ONE.sub(r"\1 \2", string)))
        if PRODUCT.search(message):
            plain = PRODUCT.sub("", plain)
        assert not found.search(plain), f"{room}: mark it as ⟦…|concept.form⟧: {string}"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_mark_names_a_concept_of_the_guide(language):
    known = {word.concept for word in national().words}
    marks = [
        mark for room in catalogues.rooms() for _, string in strings(room, language) for mark in MARK.findall(string)
    ]
    assert len(marks) > 100
    assert {concept for _shown, concept, _form in marks} <= known


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_mark_is_half_written(language):
    for room in catalogues.rooms():
        for _, string in strings(room, language):
            assert not re.search(r"[⟦⟧]", MARK.sub("", ONE.sub("", string))), (room, string)


def test_no_template_marks_a_word_itself():
    """A mark stands in a translation: the source text is plain English."""
    for path in [*ROOT.glob("laget/*/templates/**/*.html"), *ROOT.glob("laget/*/*.py")]:
        if path.name != "speaking.py":
            assert "⟦" not in path.read_text(encoding="utf-8"), path
