"""A day on which a decision was to be looked at again never ends it: it becomes a task. Who looks is told."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from laget.access.database import acting
from laget.kernel.actor import SYSTEM
from laget.protection import ground
from laget.protection.actions.holding import say_what_became_of_it, send_what_is_released
from laget.protection.actions.reminding import remind_of_reviews, tell_of_looks


def run(now: datetime | None = None) -> None:
    """Called by the worker again and again; each day that has come is told once, whoever calls."""
    moment = now or timezone.now()
    with acting(SYSTEM):
        remind_of_reviews(timezone.localdate(moment))
    with acting(SYSTEM):
        tell_of_looks(moment)
    with acting(SYSTEM):
        ground.forget_homes()
    with acting(SYSTEM):
        send_what_is_released()
    with acting(SYSTEM):
        say_what_became_of_it()
