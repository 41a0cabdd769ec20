"""Gives the guide's texts and words in the language the reader has chosen; templates import this."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import get_language

from laget.guide.national import current, national, version
from laget.guide.rules import Guide, Text, UnknownCode, label
from laget.guide.rules import word as word_of

_versions: list[Callable[[object], str]] = []


def versions_come_from(source: Callable[[object], str]) -> None:
    """A higher room says which version an object on a page follows (called once, at start); nothing: today's."""
    if source not in _versions:
        _versions.append(source)


def text(one: Text | None) -> str:
    """A text of the guide in the active language; nothing where the guide says nothing."""
    return one.get(get_language()) if one else ""


def word(concept: str, form: str = "one") -> str:
    """What the municipality calls a concept today, in the active language. `form`: one, the or many."""
    return word_of(current(timezone.localdate()), concept, get_language(), form)


def own_word(concept: str, form: str, about: object) -> str:
    """What a marked word is called here, or nothing where that is what the marked text says already.

    about: what the page is about; a case keeps the words of the version it began with. A word that is a role
    in law gets the plain word beside it. A concept that no guide has can only stand in what somebody wrote: left alone.
    """
    guide, language = _followed(about), get_language()
    try:
        said = label(guide, concept, language, form, both=True)
        usual = word_of(national(), concept, language, form)
    except UnknownCode:
        return ""
    return "" if said == usual else said


def _followed(about: object) -> Guide:
    code = next((code for code in (source(about) for source in _versions) if code), "") if about else ""
    return version(code) if code else current(timezone.localdate())
