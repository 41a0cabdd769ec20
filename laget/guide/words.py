"""Gives the guide's texts and words in the language the reader has chosen; templates import this."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language

from laget.guide.national import current
from laget.guide.rules import Text
from laget.guide.rules import word as word_of


def text(one: Text) -> str:
    """A text of the guide in the active language."""
    return one.get(get_language())


def word(concept: str, form: str = "one") -> str:
    """What the municipality calls a concept today, in the active language. `form`: one, the or many."""
    return word_of(current(timezone.localdate()), concept, get_language(), form)
