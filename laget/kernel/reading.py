"""How hard and how long a text is to read, so that what families must understand is measured and not guessed."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_END = re.compile(r"[.!?:](?=\s|$)|\n+")
LONG = 6
"""A word of more letters than this is long, by Björnsson's measure."""
PER_MINUTE = 150
"""Words: slow and careful reading, such as aloud or in a second language."""


def lix(text: str) -> float:
    """The readability index: words per sentence, and the share of long words in per cent. Under 35 is easy."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(1 for one in _END.split(text) if _WORD.search(one))
    return len(words) / sentences + 100 * sum(len(word) > LONG for word in words) / len(words)


def minutes(text: str) -> int:
    """How many minutes it takes to read; one at least."""
    return max(1, round(len(_WORD.findall(text)) / PER_MINUTE))
