"""The record: one row per thing done, one row per page read. Rows are added, never changed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """Something that was done, by whom, in which capacity, about what."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        "id": "the one who did it",
        "at": "the one who did it",
        "person": "the one who did it",
        "capacity": "the one who did it",
        "position": "the one who did it",
        "event": "the one who did it",
        "child": "the one who did it",
        "object_id": "the one who did it",
        "cause": "the one who did it",
        "details": "the one who did it; never names or text, only codes and ids",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    person = models.UUIDField(null=True)
    capacity = models.CharField(max_length=10)
    position = models.UUIDField(null=True)
    event = models.CharField(max_length=60)
    child = models.UUIDField(null=True)
    object_id = models.UUIDField(null=True)
    cause = models.CharField(max_length=80, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["child", "at"]),
            models.Index(fields=["person", "at"]),
            models.Index(fields=["at", "id"], name="audit_entry_at_id"),
        )


class Reading(models.Model):
    """A page that was shown: which children, which object, which kinds of information."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        "id": "the reader; the child's family",
        "at": "the reader; the child's family",
        "person": "the reader; the child's family (shown as name or role)",
        "capacity": "the reader; the child's family",
        "position": "the reader; the child's family",
        "service": "the reader; the child's family",
        "page": "the reader; the child's family",
        "children": "nobody: used to find rows",
        "object_id": "nobody: used to find rows",
        "kinds": "the reader; the child's family",
        "ground": "the reader; the child's family",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    person = models.UUIDField()
    capacity = models.CharField(max_length=10)
    position = models.UUIDField(null=True)
    service = models.UUIDField(null=True)
    page = models.CharField(max_length=60)
    children = ArrayField(models.UUIDField(), default=list)
    object_id = models.UUIDField(null=True)
    kinds = ArrayField(models.CharField(max_length=20), default=list)
    ground = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = (models.Index(fields=["person", "at"]), models.Index(fields=["at", "id"], name="audit_reading_at_id"))


class Change(models.Model):
    """What stood in some columns of a row before they were corrected; written by the database, never by a program.

    `source` is a table and `row` its key; who may read the row as it stands now may read what it was.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "at", "person", "capacity", "source", "row", "old"), "those who see the row that was changed"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)
    person = models.UUIDField(null=True)
    capacity = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=63)
    row = models.UUIDField()
    old = models.JSONField()

    class Meta:
        indexes = (models.Index(fields=["source", "row", "at"], name="audit_change_of_row"),)


class Seal(models.Model):
    """One signed line over rows of the record; the same line stands in a folder outside the database."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("number", "line", "sort", "through", "outside_at"), "nobody: read by whoever verifies the record"
    )

    number = models.BigIntegerField(primary_key=True)
    line = models.TextField()
    sort = models.CharField(max_length=6)
    through = models.DateTimeField(null=True)
    outside_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["number"], condition=models.Q(sort="anchor"), name="audit_seal_anchors"),
            models.Index(fields=["number"], condition=models.Q(outside_at=None), name="audit_seal_not_outside"),
        )


class Sealed(models.Model):
    """Which row of the record stands in which seal, and the hash that it had."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("pk", "sort", "row", "seal", "place", "hash"), "nobody: read by whoever verifies the record"
    )

    pk = models.CompositePrimaryKey("sort", "row")
    sort = models.CharField(max_length=8)
    row = models.UUIDField()
    seal = models.BigIntegerField()
    place = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["seal", "place"], name="one_row_in_each_place_of_a_seal"),)
