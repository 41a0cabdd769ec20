"""What time does to reports: each is deleted on its day, and its writer is told when an answer has not come."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from laget.access.database import acting
from laget.audit.actions import record
from laget.concerns.rules.steps import LEFT
from laget.exchange import ground
from laget.guide.national import current
from laget.guide.rules import deadline
from laget.kernel.actor import SYSTEM, Capacity
from laget.notices.actions import tell


def run(now: datetime | None = None) -> None:
    """Called by the worker again and again. The record and the notice say nothing of whom a report is about."""
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    after = deadline(current(today), LEFT, today) - today
    with acting(SYSTEM):
        for report in ground.sweep(today, moment - after):
            record(SYSTEM, "exchange.deleted_by_time", object_id=report)
        for report, writer in ground.unanswered(today):
            record(SYSTEM, "exchange.answer_due", object_id=report)
            tell([writer], Capacity.WORKER, "exchange.answer_due", address=reverse("report", args=[report]))
