"""Words that are roles or things in law, so that a local name for something else is never taken for them."""

from __future__ import annotations

from collections.abc import Mapping

LEGAL_WORDS: Mapping[str, tuple[str, str]] = {
    "koordinator": ("coordinator", "HOL § 7-2"),
    "barnekoordinator": ("child_coordinator", "HOL § 7-2 a"),
    "individuell plan": ("individual_plan", "HOL § 7-1"),
    "coordinator": ("coordinator", "HOL § 7-2"),
    "child coordinator": ("child_coordinator", "HOL § 7-2 a"),
    "individual plan": ("individual_plan", "HOL § 7-1"),
}
"""The word in small letters, to the concept that is so called in law and the section that says it."""


def legal_meaning(word: str) -> str:
    """The concept a word means in law; empty when it means none."""
    return LEGAL_WORDS.get(word.strip().casefold(), ("", ""))[0]


def source(word: str) -> str:
    """The section that gives a word its meaning in law; empty when none does."""
    return LEGAL_WORDS.get(word.strip().casefold(), ("", ""))[1]
