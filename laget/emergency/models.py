"""An emergency opening, its reviews, and the decisions to tell the family later."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from laget.directory.models import Position, Unit
from laget.kernel.period import FOREVER
from laget.law.kinds import Kind
from laget.people.models import Person

CONTROL = "the one who opened; the leader; the data protection officer"
ALSO_FAMILY = f"{CONTROL}; the family, from told_from"


class Opening(models.Model):
    """Somebody asked whether there is something about a child, and perhaps opened it.

    told_from: when the family may know. told_at: when it got a message. unit: whose leader is alerted.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "child", "worker", "position", "unit", "reason", "asked_at", "opened_at", "until"), ALSO_FAMILY
    ) | dict.fromkeys(("words", "due", "told_from", "told_at", "reminded_at"), CONTROL)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=10)
    words = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    due = models.DateField()
    told_from = models.DateTimeField(default=FOREVER)
    told_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["asked_at"], name="emergency_by_time"),
            models.Index(fields=["worker", "asked_at"], name="emergency_by_worker"),
        )

    @property
    def ground_of_reading(self) -> str:
        """What the record says about why a page with this was read."""
        return f"emergency.{self.reason}"

    @property
    def kinds_of_reading(self) -> frozenset[str]:
        """What a page with this can show: nothing but that there is something, until it is opened."""
        return frozenset(kind.value for kind in Kind) if self.opened_at else frozenset({Kind.IDENTITY.value})


class Hold(models.Model):
    """The family is told later, with a reason and an end. The last one holds; an earlier end tells at once."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(("id", "opening", "until", "reason", "by", "at"), CONTROL)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="holds")
    until = models.DateTimeField()
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Review(models.Model):
    """What the leader or the officer found."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(("id", "opening", "outcome", "words", "by", "at"), CONTROL)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="reviews")
    outcome = models.CharField(max_length=10)
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
