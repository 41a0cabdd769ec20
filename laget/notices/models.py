"""A notice tells one person that something has happened and where to read it; a dispatch carries that by e-mail."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from laget.people.models import Person

OWN = "the recipient"


class Notice(models.Model):
    """A row in somebody's inbox: the kind of event and an address, never a name or text."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        "id": OWN, "recipient": OWN, "capacity": OWN, "event": OWN, "address": OWN, "at": OWN, "read_at": OWN,
        "child": "nobody: used to leave a notice out when the child is no longer in sight",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=10)
    event = models.CharField(max_length=60)
    address = models.CharField(max_length=200)
    child = models.UUIDField(null=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["recipient", "capacity", "read_at", "at"]),)


class Dispatch(models.Model):
    """An e-mail to be sent about a notice: tried until it is sent or has bounced."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: "the worker that sends mail" for name in ("id", "notice", "state", "attempts", "tried_at", "made_at")
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.OneToOneField(Notice, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["made_at", "id"], condition=models.Q(state="waiting"), name="notices_waiting"),)


class MailWish(models.Model):
    """How a person wants to be told by e-mail, in one capacity; the newest row holds."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        "id": OWN, "person": OWN, "capacity": OWN, "at": OWN, "mail": "the recipient; the worker that sends mail",
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=10)
    mail = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["person", "capacity", "at"]),)
