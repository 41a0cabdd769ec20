"""What time does to openings: a family that waited is told, and a review that nobody made is asked for again."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from laget.access.database import acting
from laget.audit.actions import record
from laget.emergency.models import Opening, Review
from laget.emergency.telling import tell_control, tell_family
from laget.kernel.actor import SYSTEM


def run(now: datetime | None = None) -> None:
    """One round; each part is done once, whoever calls."""
    moment = now or timezone.now()
    with acting(SYSTEM):
        waited = Opening.objects.filter(opened_at__isnull=False, told_at=None, told_from__lte=moment)
        for pk, child in list(waited.order_by("asked_at", "id").values_list("pk", "child_id")):
            if Opening.objects.filter(pk=pk, told_at=None).update(told_at=moment):
                tell_family(pk, child)
                record(SYSTEM, "emergency.told", child=child, object_id=pk, cause="time")
        said = Review.objects.filter(opening_id=OuterRef("pk")).only("id")
        late = Opening.objects.filter(
            ~Exists(said), opened_at__isnull=False, reminded_at=None, due__lt=timezone.localdate(moment)
        )
        for pk in list(late.order_by("due", "id").values_list("pk", flat=True)):
            if Opening.objects.filter(pk=pk, reminded_at=None).update(reminded_at=moment):
                tell_control(pk, "emergency.late")
