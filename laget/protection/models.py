"""Decisions that keep a parent away, why, and what one person asks and a second one confirms."""

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

TEAM = "workers in the child's case; the leader of the one who decided; never the family"
WHY = "the one who decided and the leader; workers who may know the family's situation or child welfare"
COMPARED = "nobody: compared by log control, and shown as a question to a leader"
TWO = "the one who asks; the leaders who may confirm"


class Restriction(models.Model):
    """This parent is kept away from all that is about this child. It ends by a decision of two, never by a day."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "child", "person", "called", "by", "position", "since", "review_on", "reminded_on", "ended_at"), TEAM
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    called = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    review_on = models.DateField()
    reminded_on = models.DateField(null=True)
    ended_at = models.DateTimeField(default=FOREVER)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["child", "person"], condition=models.Q(ended_at=FOREVER), name="kept_away_once"
            ),
        )

    @property
    def is_open(self) -> bool:
        return self.ended_at == FOREVER


class Why(models.Model):
    """On which ground the parent is kept away, where the decision is kept, and who consents meanwhile."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("restriction", "child", "ground", "say", "paper", "reason"), WHY
    )

    restriction = models.OneToOneField(Restriction, models.PROTECT, primary_key=True, related_name="why")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20)
    say = models.CharField(max_length=12)
    paper = models.CharField(max_length=200)
    reason = models.TextField(blank=True)


class Sort(models.TextChoices):
    """What two people decide together."""

    END_RESTRICTION = "end_restriction"
    OPEN_PARENT = "open_parent"
    END_GRADING = "end_grading"
    RELEASE = "release"
    OTHER_ALONE = "other_alone"
    MAIL = "mail"


class Proposal(models.Model):
    """One person asks that protection is loosened; a leader who is another person confirms, or says no.

    services: whose leaders may answer. subject: the row that it is about.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "id", "child", "sort", "subject", "person", "called", "child_called", "reason", "services", "asked_by",
            "position", "asked_at", "answered_by", "answered_at", "agreed", "words",
        ),
        TWO,
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=20, choices=Sort)
    subject = models.UUIDField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    called = models.CharField(max_length=200)
    child_called = models.CharField(max_length=200)
    reason = models.TextField()
    services = ArrayField(models.UUIDField())
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True) | ~models.Q(answered_by=models.F("asked_by")),
                name="a_second_person_answers",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True, answered_at__isnull=True, agreed__isnull=True)
                | models.Q(answered_by__isnull=False, answered_at__isnull=False, agreed__isnull=False),
                name="answered_by_somebody_at_some_time",
            ),
            models.UniqueConstraint(
                fields=["sort", "subject", "person"],
                condition=models.Q(answered_at__isnull=True),
                name="asked_once_at_a_time",
                nulls_distinct=False,
            ),
        )

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


class Letter(models.Model):
    """What is to leave though it tells where a protected child is: to whom, and word for word. Sealed."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(("proposal", "child", "sealed"), TWO)

    proposal = models.OneToOneField(Proposal, models.PROTECT, primary_key=True, related_name="letter")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    sealed = models.BinaryField()


class HeldMail(models.Model):
    """An e-mail of the house was held, since it holds what tells where a protected child is. Sealed; one row a child.

    content: the fingerprint of to whom and in which words. near: whom it is to, when that is somebody around the child.
    outcome: empty while it waits, put_away, or released and then what became of it, sent or not_sent.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "child", "near", "capacity", "sealed", "at", "outcome", "ended_by", "ended_at"),
        "workers in the child's case",
    ) | {"dispatch": "nobody: which e-mail is sent when two have let it leave", "content": "nobody: compared"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    dispatch = models.UUIDField()
    content = models.UUIDField()
    near = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=10)
    sealed = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["dispatch", "child"], name="held_once_for_each_child"),)


class Grading(models.Model):
    """An address that is protected: of `person`, who lives with this child, or is the child. Ended by two only.

    decision: the row that was registered first; the others followed, one for each child of the household.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "id", "child", "person", "decision", "level", "rank", "source", "paper", "by", "position", "at",
            "review_on", "reminded_on", "ended_at",
        ),
        "workers in the child's case; never the family",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decision = models.UUIDField()
    level = models.CharField(max_length=30)
    rank = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=14)
    paper = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    review_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    ended_at = models.DateTimeField(default=FOREVER)

    class Meta:
        indexes = (models.Index(fields=["child", "ended_at"]),)

    @property
    def is_open(self) -> bool:
        return self.ended_at == FOREVER


class Opening(models.Model):
    """A protected child's page is open to this parent: asked by one, confirmed by another. Written by the database."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "child", "person", "proposal", "since", "until"), "workers in the child's case; never the family"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=FOREVER)


class Heard(models.Model):
    """When the register was last heard about a person, and what it said. Less than what holds is a task for people."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("person", "level", "rank", "seen"), "nobody: what the feed is held against"
    )

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    level = models.CharField(max_length=30)
    rank = models.PositiveSmallIntegerField()
    seen = models.DateTimeField()


class HomeMark(models.Model):
    """Where somebody who works here lives, as keyed marks that no page reads: what households are held against.

    since: when these marks were first told. at: when the register was last heard.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(("person", "marks", "since", "at"), COMPARED)

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    marks = ArrayField(models.BinaryField())
    since = models.DateTimeField()
    at = models.DateTimeField()


class HomeCheck(models.Model):
    """When a child's household was held against these marks, and who had the same. The household's own is not kept."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(("child", "sharers", "at"), COMPARED)

    child = models.OneToOneField(Child, models.PROTECT, primary_key=True, related_name="+")
    sharers = ArrayField(models.UUIDField())
    at = models.DateTimeField()


class Look(models.Model):
    """Somebody opened a page about a protected child: told to the data protection officer, once for each day."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "reader", "unit", "day", "at", "page", "times"), "the data protection officer"
    ) | {"child": "nobody: one row for each reader, child and day"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    child = models.UUIDField()
    unit = models.UUIDField(null=True)
    day = models.DateField()
    at = models.DateTimeField()
    page = models.CharField(max_length=60)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["reader", "child", "day"], name="looked_once_a_day"),)


class Place(models.Model):
    """One thing that tells where a protected child is: an address, a unit, a telephone number. Sealed for all."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "child", "sort", "by", "at"), "workers in the child's case"
    ) | {"sealed": "nobody: what leaves the house is held against it"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=12)
    sealed = models.BinaryField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
