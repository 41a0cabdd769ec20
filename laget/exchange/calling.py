"""Whom to call when a child is in danger, by the municipality's own list: the urgent first, then who can be asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.guide.national import current
from laget.guide.words import text

LINE = "child_welfare"
ASKED = (LINE, "children_alarm", "doctor", "police")
"""Those of the guide's numbers that a worker calls about a child: child welfare's emergency line before all."""


@dataclass(frozen=True)
class Call:
    """A number to tap."""

    name: str
    number: str
    text: str
    urgent: bool


def calls() -> list[Call]:
    """The urgent numbers in the guide's order, then child welfare's emergency line, then the others that fit."""
    guide = current(timezone.localdate())
    asked = sorted((one for one in guide.helps if one.code in ASKED), key=lambda one: ASKED.index(one.code))
    urgent = [one for one in guide.helps if one.urgent]
    told = [Call(text(one.name), one.number, text(one.text), one.urgent) for one in (*urgent, *asked)]
    if settings.LAGET_EMERGENCY_LINE and all(one.code != LINE for one in guide.helps):
        name, when = _("Child welfare's emergency line"), _("When child welfare's office is closed: call here.")
        told.insert(len(urgent), Call(name, settings.LAGET_EMERGENCY_LINE, when, urgent=False))
    return told
