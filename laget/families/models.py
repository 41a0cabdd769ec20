"""A child (or an expected child), its parents with parental responsibility and where that is known from, siblings."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from laget.kernel.period import FOREVER
from laget.people.models import Person

SEES_CHILD = "those who see the child"
SEES_CASE = "those who see the child's case, and the family"


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
