"""Lets a municipality's own words stand where a text has marked one: ⟦the log|relay_log.the⟧.

A translation marks what a municipality may call otherwise: what it is called here, the concept, and the form (one, the,
many). A higher room knows the municipality's words and says so at start; without it the marked text itself is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils.html import escape

MARK = re.compile(r"⟦([^|⟦⟧]*)\|([a-z_]+)\.(one|the|many)⟧")

Speaker = Callable[[str, str, object], str]
_speakers: list[Speaker] = []


def words_come_from(speaker: Speaker) -> None:
    """A higher room says what a concept is called (called once, at start).

    speaker(concept, form, about): the municipality's word in the active language, or nothing when it has none of its
    own. `about` is the request in which the text is shown, or None.
    """
    if speaker not in _speakers:
        _speakers.append(speaker)


def spoken(text: str, about: object = None, *, html: bool = False) -> str:
    """The text with each marked word as it is said here. `html`: the words are put into markup."""
    if "⟦" not in text:
        return text

    def said(mark: re.Match[str]) -> str:
        shown, concept, form = mark.groups()
        own = next((word for word in (speaker(concept, form, about) for speaker in _speakers) if word), "")
        if not own:
            return shown
        word = own[:1].upper() + own[1:] if shown[:1].isupper() else own
        return escape(word) if html else word

    return MARK.sub(said, text)
