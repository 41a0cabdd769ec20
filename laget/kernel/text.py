"""Marks a message for translation where Django may not be imported."""

from __future__ import annotations


def N_(message: str) -> str:
    """The message itself; whoever shows it translates it."""
    return message
