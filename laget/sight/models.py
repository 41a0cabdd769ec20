"""Seats, covers and forbids: all that decides who sees what about which child, each with beginning, end and origin."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from laget.directory.models import Position, Service
from laget.kernel.period import BEGINNING, FOREVER
from laget.people.models import Person
from laget.sight.rules import Addressing, Audience

AROUND = "the one it concerns; those who see the child's case"


class SeatKind(models.TextChoices):
    """Why a person has a place around a child."""

    SERVICE = "service"
    ASKING = "asking"
    PARENT = "parent"
    CHILD = "child"
    GUARDIAN = "guardian"
    EMERGENCY = "emergency"


FAMILY = (SeatKind.PARENT, SeatKind.CHILD, SeatKind.GUARDIAN)
LONGEST_EMERGENCY = timedelta(hours=4)


M = TypeVar("M", bound=models.Model)


class InForce(models.QuerySet[M]):
    """What holds now: begun, and not yet ended."""

    def in_force(self) -> Self:
        return self.filter(since__lte=Now(), until__gt=Now())


class Fact(models.Model):
    """What the three kinds of facts share. A fact ends with a date; rows are never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=FOREVER)
    origin = models.CharField(max_length=40)
    origin_id = models.UUIDField(null=True)

    objects = InForce.as_manager()

    class Meta:
        abstract = True


class Seat(Fact):
    """This person has a place around this child: for a service by a position, or as family.

    reads_from: how far back log and plan are read, for the family; what a service reads follows its covers.
    health_until: until when a parent knows the child's health without the child saying so (the child itself: always).
    for_letter: whether it holds for one who has signed in by a letter: only where whoever made the letter takes part.
    """

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: AROUND for name in ("id", "child", "since", "until", "origin", "origin_id", "person", "kind", "position")
    } | {"reads_from": AROUND, "health_until": AROUND, "for_letter": AROUND}

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=SeatKind)
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    # PostgreSQL has the same defaults. Django isn't told: it would ask for the row back, which the giver may not see.
    reads_from = models.DateTimeField(default=BEGINNING)
    health_until = models.DateTimeField(default=FOREVER)
    for_letter = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=["person", "until"]), models.Index(fields=["child", "until"]))
        constraints = (
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="seat_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(kind__in=("service", "asking", "emergency"), position__isnull=False)
                | models.Q(kind__in=("parent", "child", "guardian"), position__isnull=True),
                name="seat_of_a_service_has_a_position",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="emergency") | models.Q(until__lte=models.F("since") + LONGEST_EMERGENCY),
                name="an_emergency_is_short",
            ),
        )


class Cover(Fact):
    """This service may know this kind of information about this child, and how far back."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: AROUND for name in ("id", "child", "since", "until", "origin", "origin_id", "service", "kind", "purpose")
    } | {"log_from": AROUND, "plan_from": AROUND}

    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    log_from = models.DateTimeField(default=BEGINNING)
    plan_from = models.DateTimeField(default=BEGINNING)

    class Meta:
        indexes = (models.Index(fields=["child", "service", "until"]),)
        constraints = (
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="cover_ends_after_start"),
        )


class Forbid(Fact):
    """This person may not know anything about this child, whatever else permits it.

    capacity: the one in which it holds, as a worker's own family is no business of the worker's; empty for both.
    """

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: "nobody: read only to deny"
        for name in ("id", "child", "since", "until", "origin", "origin_id", "person", "capacity")
    }

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=10, blank=True, default="", db_default="")

    class Meta:
        indexes = (models.Index(fields=["person", "child", "until"]),)


class Addressed(models.Model):
    """A text about a child that says itself who reads it, beside what seat and cover decide: both must say yes."""

    audience = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in Audience], default=Audience.TEAM.value
    )
    persons = ArrayField(models.UUIDField(), default=list)

    class Meta:
        abstract = True

    @property
    def addressing(self) -> Addressing:
        return Addressing(self.audience, frozenset(self.persons))

    @addressing.setter
    def addressing(self, to: Addressing) -> None:
        self.audience, self.persons = to.audience, sorted(to.persons)
