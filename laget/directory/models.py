"""Who works where: services with the act they work under, units, and positions with beginning and end."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from laget.kernel.period import FOREVER
from laget.people.models import Person

STAFF = "everybody signed in"


class Service(models.Model):
    """A provider of welfare services; consent names a service, never an employee."""

    AUDIENCE: ClassVar[dict[str, str]] = {"id": STAFF, "name": STAFF, "act": STAFF, "sort": STAFF, "private": STAFF}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    act = models.CharField(max_length=8)
    sort = models.CharField(max_length=40)
    private = models.BooleanField(default=False)


class Unit(models.Model):
    """A part of a service that has a leader."""

    AUDIENCE: ClassVar[dict[str, str]] = {"id": STAFF, "service": STAFF, "name": STAFF}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="units")
    name = models.CharField(max_length=120)


class PositionQuerySet(models.QuerySet["Position"]):
    def current(self) -> PositionQuerySet:
        return self.filter(since__lte=Now(), until__gt=Now())


class Position(models.Model):
    """A person's work in a unit. It ends with a date; what hung on it is then taken over."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        "id": STAFF,
        "person": STAFF,
        "unit": STAFF,
        "title": STAFF,
        "phone": STAFF,
        "leads": STAFF,
        "administers": STAFF,
        "since": STAFF,
        "until": STAFF,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions")
    title = models.CharField(max_length=100)
    phone = models.CharField(max_length=20, blank=True)
    leads = models.BooleanField(default=False)
    administers = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=FOREVER)

    objects = PositionQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["person", "until"]), models.Index(fields=["unit", "until"]))
        constraints = (
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="position_ends_after_start"),
        )
