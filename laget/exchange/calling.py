"""Whom to call when a child is in danger, by the municipality's own list: the urgent first, then who can be asked."""

from __future__ import annotations

from dataclasses import dataclass

from laget.guide.rules import Guide
from laget.guide.words import text

ASKED = ("child_welfare", "children_alarm", "doctor", "police")
"""Those of the guide's numbers that a worker calls about a child: child welfare's emergency line before all."""


@dataclass(frozen=True)
class Call:
    """A number to tap."""

    name: str
    number: str
    text: str
    urgent: bool


def calls(guide: Guide) -> list[Call]:
    """The urgent numbers in the guide's order, then the others that fit."""
    asked = sorted((one for one in guide.helps if one.code in ASKED), key=lambda one: ASKED.index(one.code))
    urgent = [one for one in guide.helps if one.urgent]
    return [Call(text(one.name), one.number, text(one.text), one.urgent) for one in (*urgent, *asked)]
