"""What time alone brings about: covers that ran out, acting holders past their day, offers that nobody has answered."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from laget.access.database import acting
from laget.cases import falling, ground, rules
from laget.cases.telling import offer_page, team_page
from laget.guide.national import current
from laget.kernel.actor import SYSTEM, Capacity
from laget.law.withholding import NOTICE
from laget.notices.actions import tell_once

"""The house itself: what happens because a day has come, and not because somebody acted."""


def look_again_by(now: datetime) -> date:
    """What is to be looked at by this day is reminded of now."""
    return timezone.localdate(now) + NOTICE


def run(now: datetime | None = None) -> None:
    """One round, each case in a transaction of its own."""
    day = timezone.localdate(now or timezone.now())
    for case in ground.unheld():
        with acting(SYSTEM):
            falling.settle(SYSTEM, [case], because=falling.LOST_COVER, cause="time")
    with acting(SYSTEM):
        falling.deputies(SYSTEM, None, cause="time")
    with acting(SYSTEM):
        for case, child, person, since in ground.acting_past(day):
            _remind(person, "cases.acting_overdue", team_page(case), child, since)
        sent = rules.reminded_before(current(day), "baton_reminder", day)
        for offer, child, receiver, made in ground.unanswered():
            if timezone.localdate(made) <= sent:
                _remind(receiver, "cases.offer_unanswered", offer_page(offer), child, made)
        for entry, child, person, since in ground.entries_due(look_again_by(now or timezone.now())):
            _remind(person, "cases.readers_review", reverse("entry_readers", args=[entry]), child, since)


def _remind(person: UUID, event: str, address: str, child: UUID, since: datetime) -> None:
    """Once for each time it begins to wait, however often the round runs."""
    tell_once(person, Capacity.WORKER, event, since=since, address=address, child=child)
