"""A day on which a decision was to be looked at again never ends it: it becomes a task for people, told once."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from laget.access.database import acting
from laget.protection.actions.reminding import SYSTEM, remind_of_reviews


def run(now: datetime | None = None) -> None:
    """Called by the worker again and again; each day that has come is told once, whoever calls."""
    with acting(SYSTEM):
        remind_of_reviews(timezone.localdate(now or timezone.now()))
