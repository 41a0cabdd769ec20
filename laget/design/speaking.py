"""Lets a municipality's own words stand where a translation has marked one: ⟦the log|relay_log.the⟧.

A translation marks what a municipality may call otherwise: what it is called here, the concept, and the form (one, the,
many). A higher room knows the municipality's words and says so at start; without it the marked text itself is shown.
The mark is said when the text is translated, before anything is filled in: what people write is never looked at.

A second mark holds what is said to a family and what is said to one young person alone: ⟦deres|one|dine⟧.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils import translation
from django.utils.translation import trans_real

MARK = re.compile(r"⟦([^|⟦⟧<>\n]*)\|([a-z_]+)\.(one|the|many)⟧")
ONE = re.compile(r"⟦([^|⟦⟧<>\n]*)\|one\|([^|⟦⟧<>\n]*)⟧")
UNFIT = re.compile(r"[<>&\"%{}|⟦⟧\x00-\x1f]")
"""What no word of a municipality holds: a translation is put into pages as it stands, and has names filled in."""

Speaker = Callable[[str, str, object], str]
_speakers: list[Speaker] = []
_about: ContextVar[object] = ContextVar("about", default=None)
_to_one: ContextVar[bool] = ContextVar("to_one", default=False)


def words_come_from(speaker: Speaker) -> None:
    """A higher room says what a concept is called (called once, at start).

    speaker(concept, form, about): the municipality's word in the active language, or nothing when it has none of its
    own. `about` is what the page that is being made is about, or None.
    """
    if speaker not in _speakers:
        _speakers.append(speaker)
    _teach()


@contextmanager
def about(subject: object, *, to_one: bool = False) -> Iterator[None]:
    """While a page about this is made, its texts are said as they are said there. to_one: to the young person alone."""
    token, other = _about.set(subject), _to_one.set(to_one)
    try:
        yield
    finally:
        _about.reset(token)
        _to_one.reset(other)


def spoken(text: str) -> str:
    """A translation with each marked word as it is said here. Never for what people have written."""
    return MARK.sub(_said, ONE.sub(_to_whom, text)) if "⟦" in text else text


def _to_whom(mark: re.Match[str]) -> str:
    return mark[2] if _to_one.get() else mark[1]


def _said(mark: re.Match[str]) -> str:
    shown, concept, form = mark.groups()
    own = next((word for word in (speaker(concept, form, _about.get()) for speaker in _speakers) if word), "")
    if not own or UNFIT.search(own):
        return shown
    return own[:1].upper() + own[1:] if shown[:1].isupper() else own


def _teach() -> None:
    """Django's four ways to a translation say the marks, whoever asks: code, templates, lazy texts and mail."""
    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        plain = getattr(trans_real, name)
        if not hasattr(plain, "plain"):
            told = _saying(plain)
            setattr(trans_real, name, told)
            setattr(translation._trans, name, told)  # type: ignore[attr-defined]


def _saying(plain: Callable[..., str]) -> Callable[..., str]:
    def said(*args: Any) -> str:
        return spoken(plain(*args))

    said.plain = plain  # type: ignore[attr-defined]
    return said
