"""An own way in and its story, the grown-up a child has chosen, and what a child does not want to answer now."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from laget.directory.models import Position
from laget.families.models import Child
from laget.kernel.period import FOREVER
from laget.people.models import Person

OWN = "the one it is for, and workers who take part in the child's case"


class Setup(models.Model):
    """Somebody who can't have an electronic id got an own way in, face to face: who checked it, how, and who agreed."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: OWN
        for name in (
            "id", "child", "person", "position", "checked", "words", "maturity", "agreed", "handed", "letter_until",
            "at", "until", "ended_by",
        )
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    checked = models.CharField(max_length=12)
    words = models.TextField(blank=True)
    maturity = models.TextField(blank=True)
    agreed = ArrayField(models.UUIDField(), default=list)
    handed = models.CharField(max_length=10)
    letter_until = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=FOREVER)
    ended_by = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=["child", "until"]), models.Index(fields=["person", "until"]))


class Remark(models.Model):
    """What is said of a set-up afterwards, where it was wrong or has changed; the newest row is read first."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(("id", "child", "setup", "words", "maturity", "by", "at"), OWN)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    setup = models.ForeignKey(Setup, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    maturity = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["setup", "at"], name="participation_remark_of"),)


class Trusted(models.Model):
    """The grown-up in the team whom a child has chosen to trust, or nobody; the newest row is the choice."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: "the child, and workers who take part in its case" for name in ("id", "child", "position", "at", "by")
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["child", "at"]),)


class NotNow(models.Model):
    """A child has said that it does not want to answer something now: a full answer, and nobody asks again."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: "the child, and workers who take part in its case" for name in ("id", "child", "subject", "at")
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    subject = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["child", "subject"], name="not_now_is_said_once"),)
