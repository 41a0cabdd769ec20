"""What time does to worries: each is deleted on its own day, and those of who has left go with them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from laget.access.database import acting
from laget.audit.actions import record
from laget.concerns import ground
from laget.concerns.rules.steps import LEFT
from laget.guide.national import current
from laget.guide.rules import deadline
from laget.kernel.actor import SYSTEM


def run(now: datetime | None = None) -> None:
    """Called by the worker again and again. The record says that something was deleted, never what it said."""
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    after: timedelta = deadline(current(today), LEFT, today) - today
    with acting(SYSTEM):
        for note in (
            *ground.sweep(today, moment - after), *ground.sweep_discussions(today, moment - after),
        ):  # fmt: skip
            record(SYSTEM, "concerns.deleted_by_time", object_id=note)
