"""Drafts and receipts, and what stands behind a session: sign-ins that have begun, and those that stand."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from laget.kernel.period import FOREVER
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


class Attempt(models.Model):
    """A sign-in that has begun in one browser: what only we and the provider may know, for ten minutes, used once."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(("state", "browser", "provider", "sealed", "at"), "nobody")

    state = models.BinaryField(primary_key=True)
    browser = models.BinaryField()
    provider = models.CharField(max_length=10)
    sealed = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["browser"]), models.Index(fields=["at"]))


class SignIn(models.Model):
    """Which sign-in stands behind a session, so that it can be ended from elsewhere; goes when the session goes."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        "session": "nobody",
        "person": "the one who signed in",
        "capacity": "the one who signed in",
        "provider": "the one who signed in",
        "issuer": "nobody",
        "subject": "nobody",
        "sid": "nobody",
        "sealed": "nobody: given back to the provider at sign-out",
        "at": "the one who signed in",
    }

    session = models.OneToOneField(Session, models.DO_NOTHING, primary_key=True, related_name="+", db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=10)
    provider = models.CharField(max_length=10)
    issuer = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=255, blank=True)
    sid = models.CharField(max_length=255, blank=True)
    sealed = models.BinaryField(default=bytes)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["issuer", "subject"]), models.Index(fields=["issuer", "sid"]))


class Spent(models.Model):
    """A message from a provider that has been acted on, by its digest: the same one is not acted on twice."""

    AUDIENCE: ClassVar[dict[str, str]] = {"mark": "nobody", "until": "nobody"}

    mark = models.BinaryField(primary_key=True)
    until = models.DateTimeField()


class Pass(models.Model):
    """A way in for one who can't have an electronic id: what the person knows and has, readable to nobody.

    The story (who set it up, how it was checked) stands in `participation.Setup`. A new one ends the one before.
    """

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "id", "person", "name", "letter", "letter_until", "salt", "password", "sealed", "step", "since", "begun_at",
            "until",
        ),
        "nobody",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.BinaryField(unique=True)
    letter = models.BinaryField()
    letter_until = models.DateTimeField()
    salt = models.BinaryField(default=bytes)
    password = models.BinaryField(default=bytes)
    sealed = models.BinaryField(default=bytes)
    step = models.BigIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True)
    until = models.DateTimeField(default=FOREVER)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person"], condition=models.Q(until=FOREVER), name="one_pass_that_stands"),
        )


class Try(models.Model):
    """One try to come in with a sign-in name, by a mark of what was typed: counted for a day, to stop guessing."""

    AUDIENCE: ClassVar[dict[str, str]] = {"id": "nobody", "mark": "nobody", "at": "nobody"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mark = models.BinaryField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["mark", "at"], name="access_try_mark_at"),)
