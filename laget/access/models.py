"""Drafts and receipts: what a person typed and what was already carried out."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from laget.people.models import Person


class Draft(models.Model):
    """What somebody had typed in a form, sealed; only that person reads it, for a limited time."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        "id": "the one who typed",
        "person": "the one who typed",
        "form": "the one who typed",
        "sealed": "the one who typed",
        "at": "the one who typed",
        "until": "the one who typed",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    form = models.CharField(max_length=200)
    sealed = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "form"], name="one_draft_per_form"),)


class Receipt(models.Model):
    """A request that was carried out, by the key its form was made with: asked again, it answers the same."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        "id": "the one who asked",
        "person": "the one who asked",
        "key": "the one who asked",
        "at": "the one who asked",
        "location": "the one who asked",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    key = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    location = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "key"], name="one_receipt_per_key"),)
