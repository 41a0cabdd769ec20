"""A person is an opaque id; what identifies or reaches a person stands in guarded rows of their own."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from laget.kernel.period import FOREVER


class Person(models.Model):
    """A human or an expected child. Holds nothing that tells who it is."""

    AUDIENCE: ClassVar[dict[str, str]] = {"id": "everybody signed in (opaque)", "registered_at": "nobody"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registered_at = models.DateTimeField(default=timezone.now)


class Name(models.Model):
    """What a person is called. Seen only where a higher room opens it (families, directory)."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        "person": "as the name",
        "given": "workers' names: everybody signed in; others: those who see the child or its family",
        "family": "as given",
        "sort_key": "as given",
    }

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    given = models.CharField(max_length=100)
    family = models.CharField(max_length=100, blank=True)
    sort_key = models.CharField(max_length=400)

    @property
    def full(self) -> str:
        return f"{self.given} {self.family}".strip()


class NationalNumber(models.Model):
    """The national number, sealed, with a keyed index to find it by. Nobody selects it."""

    AUDIENCE: ClassVar[dict[str, str]] = {"person": "nobody", "sealed": "nobody", "index": "nobody"}

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="+")
    sealed = models.BinaryField()
    index = models.BinaryField(unique=True)


class Contact(models.Model):
    """An e-mail address or telephone of a person, to reach that person and nobody else."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        "id": "the person",
        "person": "the person",
        "sort": "the person",
        "value": "the person; the worker that sends mail",
        "since": "the person",
        "until": "the person",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=10, choices=[("email", "email"), ("phone", "phone")])
    value = models.CharField(max_length=254)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(default=FOREVER)


class Lookup(models.Model):
    """One attempt to find a person by national number: counted, to stop guessing."""

    AUDIENCE: ClassVar[dict[str, str]] = {"id": "nobody", "person": "nobody", "at": "nobody"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["person", "at"]),)
