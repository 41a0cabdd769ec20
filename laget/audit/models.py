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
        indexes = (models.Index(fields=["child", "at"]), models.Index(fields=["person", "at"]))


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
        indexes = (models.Index(fields=["person", "at"]),)
