"""Who works where: services with the act they work under, units, positions, and what somebody signs in with."""

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
        "protects": STAFF,
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
    protects = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=FOREVER)

    objects = PositionQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["person", "until"]), models.Index(fields=["unit", "until"]))
        constraints = (
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="position_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(protects=False) | models.Q(leads=False, administers=False),
                name="who_protects_is_independent",
            ),
        )


class AccountQuerySet(models.QuerySet["Account"]):
    def standing(self) -> AccountQuerySet:
        return self.filter(until=FOREVER)


class Account(models.Model):
    """What somebody who works here signs in with. Bound at the first sign-in; corrected by a new row."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        "id": "administrators",
        "person": "administrators",
        "provider": "administrators",
        "shown": "administrators",
        "mark": "nobody",
        "issuer": "nobody",
        "subject": "nobody",
        "bound_at": "administrators",
        "since": "administrators",
        "until": "administrators",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    provider = models.CharField(max_length=10)
    shown = models.CharField(max_length=254, blank=True)
    mark = models.BinaryField()
    issuer = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=255, blank=True)
    bound_at = models.DateTimeField(null=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=FOREVER)

    objects = AccountQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=FOREVER), name="one_account_for_each_person"
            ),
            models.UniqueConstraint(
                fields=["mark"], condition=models.Q(until=FOREVER), name="one_person_for_each_account"
            ),
            models.UniqueConstraint(
                fields=["issuer", "subject"],
                condition=models.Q(until=FOREVER) & ~models.Q(subject=""),
                name="one_account_for_each_subject",
            ),
        )


class Identity(models.Model):
    """A code of the national number of somebody who works here: to keep the person away from their own family."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(("person", "index"), "nobody: compared by the database")

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    index = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["index"], name="directory_identity_index"),)
