"""Questions about readings, from families and from log control; what was answered; and what the officer looked into."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from laget.directory.models import Unit
from laget.kernel.period import BEGINNING, FOREVER
from laget.people.models import Person

ANSWERS = "the leader who is to answer"
FAMILY = f"the one who asked; {ANSWERS}; the officer, once it is passed on"
CONTROL = f"the officer; {ANSWERS}"
NOBODY = "nobody: used to find rows"
OFFICER = "the officer who looked"

_ASKED = (
    "id", "reader", "unit", "looked_at", "page", "kinds", "times", "asked_at", "due", "reminded_at", "escalated_at",
)  # fmt: skip


class Asked(models.Model):
    """Why did this person open this page? Asked of the leader of the reader's unit, to be answered by a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    reading = models.UUIDField(null=True)
    looked_at = models.DateTimeField()
    page = models.CharField(max_length=60)
    kinds = ArrayField(models.CharField(max_length=20), default=list)
    times = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField(default=timezone.now)
    due = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(default=FOREVER)

    class Meta:
        abstract = True

    @property
    def escalated(self) -> bool:
        return self.escalated_at != FOREVER


class Question(Asked):
    """The family asks why somebody looked at their child's record."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys((*_ASKED, "child", "asked_by", "words"), FAMILY) | {
        "reading": NOBODY
    }

    child = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["unit", "asked_at"]), models.Index(fields=["asked_by", "asked_at"]))
        constraints = (models.UniqueConstraint(fields=["asked_by", "reading"], name="asked_once_about_a_reading"),)


class Finding(Asked):
    """Log control asks: a rule was met, or the lot fell on it. Whose record it was stands in `about`, shown nowhere.

    day: the day that was controlled. about is None for a rule about a whole day.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys((*_ASKED, "rule", "day"), CONTROL) | {
        "reading": NOBODY, "about": NOBODY,
    }  # fmt: skip

    rule = models.CharField(max_length=20)
    day = models.DateField()
    about = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=["unit", "asked_at"]), models.Index(fields=["rule", "reader", "day"]))
        constraints = (
            models.UniqueConstraint(
                fields=["rule", "reader", "about", "day"], nulls_distinct=False, name="found_once_a_day"
            ),
        )


class Reply(models.Model):
    """What somebody said to a question, at one time. The last one holds; earlier ones stay."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "question", "finding", "outcome", "words", "by", "at"),
        "those who see the question; a family not what was passed on",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="replies")
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="replies")
    outcome = models.CharField(max_length=10)
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["question", "at"]), models.Index(fields=["finding", "at"]))
        constraints = (
            models.CheckConstraint(
                condition=models.Q(question__isnull=True, finding__isnull=False)
                | models.Q(question__isnull=False, finding__isnull=True),
                name="reply_to_one_thing",
            ),
            *(
                models.UniqueConstraint(fields=[of], condition=models.Q(outcome__in=some), name=f"{of}_{name}_once")
                for of in ("question", "finding")
                for name, some in (("ends", ["explained", "unlawful"]), ("passed_on", ["passed_on"]))
            ),
        )


class Inquiry(models.Model):
    """The officer asks who could see, and who did, about one child in an interval, with a reason; open for a while."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "by", "child", "reason", "begins", "ends", "kinds", "written", "part", "finding", "at", "until"), OFFICER
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    child = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField()
    begins = models.DateTimeField(default=BEGINNING)
    ends = models.DateTimeField(default=FOREVER)
    kinds = ArrayField(models.CharField(max_length=20))
    written = models.DateTimeField(null=True)
    part = models.CharField(max_length=4, blank=True)
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["by", "at"]),)
        constraints = (
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("begins")), name="inquiry_ends_after_start"),
            models.CheckConstraint(
                condition=models.Q(begins__gte=BEGINNING, ends__lte=FOREVER), name="inquiry_within_our_time"
            ),
        )


class Round(models.Model):
    """A day's readings were controlled: how many visits, how many findings. No names.

    compared: visits of which the addresses could be held together; None before they were.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "day", "at", "visits", "found", "compared"), "the officer"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    day = models.DateField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    visits = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    compared = models.PositiveIntegerField(null=True)

    @property
    def not_compared(self) -> int:
        return self.visits - (self.compared or 0)


class Verification(models.Model):
    """The record and its seals were walked: whether all held, how much it was, else the first thing that did not."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "at", "holds", "seals", "rows", "sort", "words", "told_at"), "the officer"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    holds = models.BooleanField()
    seals = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    sort = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=500, blank=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["at"], name="trust_verification_at"),)
