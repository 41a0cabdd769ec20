"""A tie between somebody who works here and a family, and what a leader decided about it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from laget.directory.models import Position, Unit
from laget.people.models import Person

DECIDES = "the leader who decides"


class Tie(models.Model):
    """This worker is close to this child or a parent. Found in the register, or told by the worker or by a leader.

    unit: where the leader decides, or finds somebody else; none when nobody needs to know. seated: the worker had a
    place around the child when it was found. known_by: whose act made it known; the database writes
    it. told_at: when what followed was carried out. again: how many times the register had shown it before.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "worker", "position", "unit", "relation", "found", "words", "made_at", "made_by", "seated", "told_at"),
        f"{DECIDES}; the one who told of it; the one kept away by the register, who had a place there",
    ) | {"child": "nobody: used to keep away", "known_by": DECIDES, "again": "nobody: counted"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    relation = models.CharField(max_length=12)
    found = models.CharField(max_length=8)
    words = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.UUIDField(null=True)
    known_by = models.UUIDField(null=True)
    seated = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)
    again = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        indexes = (models.Index(fields=["unit", "made_at"], name="ties_tie_of_unit"),)
        constraints = (
            models.UniqueConstraint(
                fields=["child", "worker", "again"],
                condition=models.Q(found="register"),
                name="found_once_in_the_register",
            ),
        )


class Ruling(models.Model):
    """What a leader decided about a tie, with the reason. The last one holds; earlier ones stay."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "tie", "outcome", "reason", "by", "at"), "those who see the tie"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tie = models.ForeignKey(Tie, models.PROTECT, related_name="rulings")
    outcome = models.CharField(max_length=8)
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["tie", "at"], name="ties_ruling_of_tie"),)


class Objection(models.Model):
    """The one whom the register keeps away says that it is wrong.

    due: by when a leader decides. units: where it has been undecided past its day, before it went on to the next.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "tie", "words", "by", "at", "due", "reminded_on", "units"), "those who see the tie"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tie = models.OneToOneField(Tie, models.PROTECT, related_name="objection")
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    due = models.DateField()
    reminded_on = models.DateField(null=True)
    units = ArrayField(models.UUIDField(), default=list, db_default=[])
