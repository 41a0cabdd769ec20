"""What time does: those around a child are told before a birthday on which something passes to the child."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from laget.access.database import acting
from laget.families.rules import begins
from laget.kernel.actor import SYSTEM, Capacity
from laget.kernel.events import announce
from laget.law import birthdays
from laget.notices.actions import tell_once
from laget.participation import ground
from laget.participation.events import BirthdayNear


def run(now: datetime | None = None) -> None:
    """Called by the worker each hour: each is told once for each telling, also when the worker was away on its day."""
    today = timezone.localdate(now or timezone.now())
    with acting(SYSTEM):
        for child in ground.birthdays(birthdays.births(today)):
            _tell(child, today)


def _tell(child: ground.Near, today: date) -> None:
    """The family, and by what is announced the one who holds the baton. Never what anybody has said or chosen."""
    for one in birthdays.ahead(child.born, today):
        before = birthdays.stage(one.days)
        if before is None:
            continue
        since = begins(one.day - timedelta(days=before))
        address = reverse("birthdays", args=[child.child])
        for person in child.family:
            tell_once(
                person, Capacity.CITIZEN, "participation.birthday", since=since, address=address, child=child.child
            )
        announce(BirthdayNear(child=child.child, since=since))
