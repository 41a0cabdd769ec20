"""Marks a message for translation where Django may not be imported."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - the mark that extraction looks for
    """The message itself; whoever shows it translates it."""
    return message
