"""A child (or an expected child), its parents and siblings, who has the care, and what a parent asks to be told."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from laget.directory.models import Position, Service
from laget.kernel.period import FOREVER
from laget.people.models import Person

SEES_CHILD = "those who see the child"
SEES_CASE = "those who see the child's case, and the family"
ASKED_OF = "those of the service that was asked, who take part in the child's case"
NOBODY = "nobody: compared, never shown"
SECOND = "workers in the child's case; the leaders who may confirm; never the family"
AT_WORK = "those at work in the child's case, and the one who registered it"


class Child(models.Model):
    """A child, or one that is expected. The name stands in `people.Name`."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: SEES_CHILD for name in ("person", "born", "expected", "registered_at", "registered_by")
    }

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    born = models.DateField(null=True)
    expected = models.DateField(null=True)
    registered_at = models.DateTimeField(default=timezone.now)
    registered_by = models.UUIDField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(born__isnull=False) | models.Q(expected__isnull=False), name="child_born_or_expected"
            ),
        )

    @property
    def child_id(self) -> uuid.UUID:
        return self.person_id


class Source(models.TextChoices):
    """Where parental responsibility is known from; only a proven source gives a seat."""

    REGISTER = "register"
    COURT = "court"
    AGREEMENT = "agreement"
    DECLARED = "declared"


class Parent(models.Model):
    """One adult's tie to one child. A change is a new row; the old one ends."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: SEES_CASE
        for name in (
            "id", "child", "person", "relation", "responsibility", "source", "source_date", "language",
            "interpreter", "since", "until", "registered_by",
        )
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="parents")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20)
    responsibility = models.BooleanField()
    source = models.CharField(max_length=12, choices=Source)
    source_date = models.DateField(null=True)
    language = models.CharField(max_length=20, blank=True)
    interpreter = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=FOREVER)
    registered_by = models.UUIDField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["child", "person"], condition=models.Q(until=FOREVER), name="one_tie_per_parent_and_child"
            ),
        )

    @property
    def proven(self) -> bool:
        return self.responsibility and self.source != Source.DECLARED


class Claim(models.Model):
    """One worker has read that a parent has parental responsibility. It counts when a second person has said so too.

    tie: as it is until then. services: whose leaders may answer. falls_at: the end of the time to confirm and register.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "id", "child", "tie", "person", "called", "child_called", "relation", "source", "source_date", "services",
            "by", "position", "at", "falls_at", "answered_by", "answered_at", "agreed", "words", "registered_at",
            "fell_at",
        ),
        SECOND,
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    tie = models.ForeignKey(Parent, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    called = models.CharField(max_length=200)
    child_called = models.CharField(max_length=200)
    relation = models.CharField(max_length=20)
    source = models.CharField(max_length=12, choices=Source)
    source_date = models.DateField()
    services = ArrayField(models.UUIDField())
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    falls_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    registered_at = models.DateTimeField(null=True)
    fell_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(agreed=True) | ~models.Q(answered_by=models.F("by")),
                name="a_second_person_lets_in",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_by__isnull=True, answered_at__isnull=True, agreed__isnull=True)
                | models.Q(answered_by__isnull=False, answered_at__isnull=False, agreed__isnull=False),
                name="claim_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(registered_at__isnull=True) | models.Q(agreed=True), name="registered_when_confirmed"
            ),
            models.UniqueConstraint(
                fields=["tie"],
                condition=models.Q(answered_at__isnull=True, fell_at__isnull=True),
                name="claimed_once_at_a_time",
            ),
        )

    @property
    def waits(self) -> bool:
        return self.answered_at is None and self._in_time

    @property
    def to_register(self) -> bool:
        return bool(self.agreed) and self.registered_at is None and self._in_time

    @property
    def _in_time(self) -> bool:
        return self.fell_at is None and self.falls_at > timezone.now()


class Sibling(models.Model):
    """Two children of one family; each child's access stands alone."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: "those who see both children" for name in ("id", "child", "sibling", "since", "registered_by")
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    sibling = models.ForeignKey(Child, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    registered_by = models.UUIDField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["child", "sibling"], name="one_row_per_pair_of_siblings"),
            models.CheckConstraint(condition=~models.Q(child=models.F("sibling")), name="nobody_is_own_sibling"),
        )


class CareOrder(models.Model):
    """Child welfare has taken over the care (BVL § 5-1): who decided it and when, and when it ended.

    decided_by: the board or the court. A new order is a new row; an order ends once, by a registered end.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "id", "child", "decided_on", "decided_by", "reference", "by", "position", "at", "ended_on", "ended_why",
            "ended_by", "ended_at",
        ),
        AT_WORK,
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=200)
    reference = models.CharField(max_length=100)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=200, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(default=FOREVER)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["child"], condition=models.Q(ended_at=FOREVER), name="one_care_order_at_a_time"
            ),
            models.CheckConstraint(
                condition=~models.Q(decided_by="") & ~models.Q(reference=""), name="care_is_decided_somewhere"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=FOREVER, ended_on=None, ended_by=None)
                | (models.Q(ended_on__isnull=False, ended_by__isnull=False) & ~models.Q(ended_why="")),
                name="a_care_order_ends_by_somebody",
            ),
        )


class InformationRequest(models.Model):
    """A parent asks a service to be told about the child (BL81 § 47). Gives no seat, no notice and no say.

    asker: when it is a parent who is known here. mark: the keyed index of the national number that was shown.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "child", "service", "position", "asker", "name", "proof", "asked_on", "words", "by", "at"), ASKED_OF
    ) | {"mark": NOBODY}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    asker = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    mark = models.BinaryField(null=True)
    name = models.CharField(max_length=200)
    proof = models.CharField(max_length=300, blank=True)
    asked_on = models.DateField()
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["child", "service", "at"]),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(asker__isnull=False) | models.Q(mark__isnull=False), name="asker_can_be_recognised"
            ),
        )


class InformationAnswer(models.Model):
    """How the asker's identity was checked, what was told, what was not and why, and the words of the answer."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "id",
            "request",
            "identity",
            "outcome",
            "given",
            "withheld",
            "ground",
            "reason",
            "told",
            "by",
            "position",
            "at",
        ),
        ASKED_OF,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.OneToOneField(InformationRequest, models.PROTECT, related_name="answer")
    identity = models.CharField(max_length=12)
    outcome = models.CharField(max_length=8)
    given = models.TextField(blank=True)
    withheld = models.TextField(blank=True)
    ground = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    told = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(outcome__in=("given", "part")) | models.Q(given=""), name="refused_gives_nothing"
            ),
        )


class InformationRight(models.Model):
    """The county governor has taken a parent's right to be told away, or given it back. The newest decision holds."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "request", "lost", "decided_on", "reference", "by", "at"), ASKED_OF
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="rights")
    lost = models.BooleanField()
    decided_on = models.DateField()
    reference = models.CharField(max_length=100)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.CheckConstraint(condition=~models.Q(reference=""), name="decided_somewhere"),)
