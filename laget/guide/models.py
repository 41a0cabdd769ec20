"""The versions of the guide that hold, and the drafts that become versions: texts and decisions are only added."""

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


class Draft(models.Model):
    """A version in the making. It belongs to the municipality: any administrator goes on where another stopped."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "begun_at", "begun_by", "ended_at", "ended_by"), "administrators: who did what with the model"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        ordering = ("-begun_at",)


class Wording(models.Model):
    """What a draft says after one change: `own` as TOML, `fingerprint` its SHA-256. The highest number counts."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "draft", "number", "part", "own", "fingerprint", "at", "by"),
        "administrators: who did what with the model",
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    part = models.CharField(max_length=20)
    own = models.TextField()
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.UUIDField()

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("draft", "number"), name="guide_wording_once"),)


class Proposal(models.Model):
    """One wording is to hold from a day. `against` is the code of the version that holds until then.

    `two`: it decides who may know what, and waits for another administrator.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "wording", "begins", "against", "two", "at", "by"), "administrators: who did what with the model"
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+")
    begins = models.DateField()
    against = models.CharField(max_length=20)
    two = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    by = models.UUIDField()

    class Meta:
        ordering = ("-at",)


class Ruling(models.Model):
    """What became of a proposal, once: `taken` into use as a version, or `withdrawn`."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("proposal", "outcome", "version", "at", "by"), "administrators: who did what with the model"
    )

    proposal = models.OneToOneField(Proposal, models.PROTECT, primary_key=True, related_name="ruling")
    outcome = models.CharField(max_length=10, choices=(("taken", "taken"), ("withdrawn", "withdrawn")))
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.UUIDField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(outcome="taken", version__isnull=False)
                | models.Q(outcome="withdrawn", version__isnull=True),
                name="guide_ruling_whole",
            ),
        )
