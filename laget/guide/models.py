"""The versions of the guide that the municipality has loaded: never changed, never taken away."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone


class Version(models.Model):
    """One version, whole: what it built on then stands in it, so that a later product cannot change what it meant.

    `own` is the municipality's file as it was typed, `whole` the guide it gave.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "code", "valid_from", "own", "whole", "loaded_at", "loaded_by"),
        "everybody: the municipality's own model",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20, unique=True)
    valid_from = models.DateField(unique=True)
    own = models.TextField()
    whole = models.TextField()
    loaded_at = models.DateTimeField(default=timezone.now)
    loaded_by = models.UUIDField()

    class Meta:
        ordering = ("-valid_from",)
