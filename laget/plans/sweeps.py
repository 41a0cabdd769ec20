"""What time brings about in the plan: what is kept from a parent is to be looked at again, and never ends by itself."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from laget.access.database import acting
from laget.cases.sweeps import look_again_by
from laget.kernel.actor import SYSTEM, Capacity
from laget.notices.actions import tell_once
from laget.plans import ground

PAGES = {"goal": "goal_readers", "measure": "measure_readers", "matter": "matter_readers"}


def run(now: datetime | None = None) -> None:
    """Called by the worker again and again; each decision is told of once, whoever calls."""
    with acting(SYSTEM):
        for sort, what, child, person, since in ground.choices_due(look_again_by(now or timezone.now())):
            page = reverse(PAGES[sort], args=[what])
            tell_once(person, Capacity.WORKER, "cases.readers_review", since=since, address=page, child=child)
