"""Texts for people: complete, and safe to fill in."""

import re

import pytest

from laget.site import catalogues
from tests.house import tree

BARE = re.compile(r"%(?!\(\w+\)[sd])")


def texts(message):
    return [message.id] if isinstance(message.id, str) else list(message.id)


@pytest.mark.parametrize("room", catalogues.rooms())
def test_no_message_has_a_bare_percent_sign(room):
    assert not [text for message in catalogues.gathered(room) for text in texts(message) if BARE.search(text)]


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
@pytest.mark.parametrize("room", catalogues.rooms())
def test_the_translation_fills_in_the_same_names(room, language):
    names = re.compile(r"%\((\w+)\)[sd]")
    for message in catalogues._read(catalogues.po(room, language), language):
        wanted = {name for text in texts(message) for name in names.findall(text)} if message.id else set()
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        for string in strings if message.id else []:
            assert not BARE.search(string), string
            assert set(names.findall(string)) <= wanted, string


def test_the_catalogues_are_complete():
    assert not catalogues.faults(catalogues.rooms())


def test_decisions_have_numbers_of_their_own():
    numbers = [path.name[:4] for path in sorted((tree.ROOT / "docs" / "adr").glob("*.md"))]
    assert all(re.fullmatch(r"\d{4}", number) for number in numbers)
    assert len(numbers) == len(set(numbers))
