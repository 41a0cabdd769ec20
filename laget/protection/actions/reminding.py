"""What the clock reminds of: a decision whose day to be looked at has come."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.urls import reverse

from laget.audit.actions import record
from laget.directory.models import Position
from laget.kernel.actor import SYSTEM, Capacity
from laget.kernel.period import FOREVER
from laget.notices.actions import tell
from laget.protection import ground
from laget.protection.models import Grading, Restriction

LOOKED_BACK = timedelta(hours=25)
"""How far back is looked each time: a worker that was away makes up for a day."""


def remind_of_reviews(today: date) -> None:
    """Tell the one who decided and the leader there, once for each day that was set."""
    for model, page in ((Restriction, "kept_away"), (Grading, "protection")):
        untold = Q(reminded_on=None) | Q(reminded_on__lt=F("review_on"))
        due = model.objects.filter(untold, ended_at=FOREVER, review_on__lte=today, by__isnull=False)
        rows = due.order_by("review_on", "id").values_list("pk", "child_id", "by_id", "position_id")
        for pk, child, by, position in list(rows):
            model.objects.filter(pk=pk).update(reminded_on=today)
            address = reverse(page, args=[child if model is Grading else pk])
            tell([by, *_leaders(position)], Capacity.WORKER, "protection.review_due", address=address)
            record(SYSTEM, "protection.review_due", child=child, object_id=pk)


def _leaders(position: UUID) -> list[UUID]:
    unit = Position.objects.filter(pk=position).values("unit_id")
    leaders = Position.objects.current().filter(leads=True, unit__in=unit).order_by("since", "id")
    return list(leaders.values_list("person_id", flat=True))


def tell_of_looks(now: datetime) -> None:
    """Note who has opened pages about protected children, and tell the officers when somebody had not been noted."""
    if ground.note_looks(now - LOOKED_BACK):
        officers = Position.objects.current().filter(protects=True).values_list("person_id", flat=True)
        tell(officers, Capacity.WORKER, "protection.looked", address=reverse("looks"))
        record(SYSTEM, "protection.looked")
