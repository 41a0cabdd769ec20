"""What the clock reminds of: a decision whose day to be looked at has come."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import F, Q
from django.urls import reverse

from laget.audit.actions import record
from laget.directory.models import Position
from laget.kernel.actor import Actor, Capacity
from laget.kernel.period import FOREVER
from laget.notices.actions import tell
from laget.protection.models import Restriction

SYSTEM = Actor(UUID(int=0), Capacity.SYSTEM)


def remind_of_reviews(today: date) -> None:
    """Tell the one who decided and the leader there, once for each day that was set."""
    untold = Q(reminded_on=None) | Q(reminded_on__lt=F("review_on"))
    due = Restriction.objects.filter(untold, ended_at=FOREVER, review_on__lte=today).order_by("review_on", "id")
    for pk, child, by, position in list(due.values_list("pk", "child_id", "by_id", "position_id")):
        Restriction.objects.filter(pk=pk).update(reminded_on=today)
        unit = Position.objects.filter(pk=position).values("unit_id")
        leaders = Position.objects.current().filter(leads=True, unit__in=unit).order_by("since", "id")
        people = [by, *leaders.values_list("person_id", flat=True)]
        tell(people, Capacity.WORKER, "protection.review_due", address=reverse("kept_away", args=[pk]))
        record(SYSTEM, "protection.review_due", child=child, object_id=pk)
