"""Every kind of event that a room tells of has a sentence, in both languages, that names nobody."""

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from laget.notices.words import SENTENCES, UnknownEvent, known, sentence

ROOMS = Path(__file__).resolve().parents[2]
CALL = re.compile(r"\btell(?:_\w+)?\((?:[^()]|\([^()]*\))*?\"(\w+\.\w+)\"", re.DOTALL)


def test_every_event_that_is_told_has_a_sentence():
    told = {
        code
        for path in ROOMS.glob("*/**/*.py")
        if not {"tests", "migrations"} & set(path.parts)
        for code in CALL.findall(path.read_text())
    }
    assert told, "the search finds the calls"
    assert told <= set(SENTENCES)


def test_an_unknown_event_is_refused():
    with pytest.raises(UnknownEvent):
        known("cases.something_else")
    with pytest.raises(UnknownEvent):
        sentence("nothing")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_sentence_is_one_in_both_languages(language):
    with translation.override(language):
        for event in SENTENCES:
            assert sentence(event).endswith("."), event
            assert "%" not in sentence(event)


def test_sentences_are_norwegian_in_norwegian():
    with translation.override("nb"):
        assert not [event for event, text in SENTENCES.items() if sentence(event) == text]


def names(patterns):
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns)
        elif isinstance(one, URLPattern):
            yield one.name


def test_the_inbox_has_addresses():
    assert {"inbox", "mark_read"} <= set(names(get_resolver().url_patterns))
