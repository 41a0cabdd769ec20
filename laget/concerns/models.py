"""A worry that belongs to its writer alone, and that a talk about it is due: never what it is about."""

from __future__ import annotations

import json
import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from laget.access.sealing import Unsealable, seal, unseal
from laget.concerns.rules.steps import Note
from laget.directory.models import Position, Service, Unit
from laget.kernel.period import FOREVER
from laget.people.models import Person

OWNER = "the one who wrote it, as long as that one works in the service"


class Worry(models.Model):
    """One worry. All that was written and answered is sealed; what is open are days and who owns it.

    `request_key`: the keyed index of a request for consent that grew out of it, so that the row points at no child.
    `unshared`: that question is over without a yes, by a no or by silence. Not sealed: the one who answers writes it.
    """

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: OWNER
        for name in (
            "id",
            "owner",
            "service",
            "position",
            "sealed",
            "noted_at",
            "kept_until",
            "prolonged",
            "unshared",
            "ended_at",
        )
    } | {"request_key": "nobody: compared when the parents have answered"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    noted_at = models.DateTimeField(default=timezone.now)
    kept_until = models.DateField()
    prolonged = models.BooleanField(default=False)
    request_key = models.BinaryField(null=True)
    unshared = models.CharField(max_length=8, blank=True)
    ended_at = models.DateTimeField(default=FOREVER)

    class Meta:
        indexes = (models.Index(fields=["owner", "ended_at"]), models.Index(fields=["kept_until"]))
        constraints = (models.UniqueConstraint(fields=["request_key"], name="one_worry_per_request"),)

    @property
    def is_open(self) -> bool:
        return self.ended_at == FOREVER

    @property
    def note(self) -> Note:
        """What it says, opened, and whether the question to the parents is over."""
        return opened(self.owner_id, self.pk, self.sealed).come_back(self.unshared)

    def take(self, note: Note) -> None:
        """Seal what it says from now; saved by the caller."""
        self.sealed = seal(json.dumps(note.parts, ensure_ascii=False).encode(), _about(self.owner_id, self.pk))


def opened(owner: uuid.UUID, worry: uuid.UUID, sealed: bytes | memoryview) -> Note:
    """The note in a sealed column; marked as lost when no key of this installation opens it."""
    try:
        return Note(json.loads(unseal(bytes(sealed), _about(owner, worry))))
    except (Unsealable, ValueError):
        return Note(lost=True)


def _about(owner: uuid.UUID, worry: uuid.UUID) -> str:
    return f"worry:{owner}:{worry}"


class Talk(models.Model):
    """A talk with a leader that is due or asked for. Holds who, where and when; gone when the talk is held.

    `leader` None: whoever leads the unit, from the day it is due. Otherwise that leader alone, at once.
    """

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: "the one who worries; the leader asked, or from the day it is due the unit's leaders"
        for name in ("id", "worry", "owner", "unit", "leader", "due", "asked_at")
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worry = models.OneToOneField(Worry, models.CASCADE, related_name="talk")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    leader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due = models.DateField()
    asked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["unit", "due"]),)


class Discussion(models.Model):
    """An anonymous discussion: a topic and the advice, sealed. It is about no child that anybody could find."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: OWNER for name in ("id", "owner", "service", "sealed", "held_on", "kept_until")
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    held_on = models.DateField()
    kept_until = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["owner", "held_on"]), models.Index(fields=["kept_until"]))

    @property
    def note(self) -> Note:
        """Topic, advice and with whom, opened."""
        return opened(self.owner_id, self.pk, self.sealed)

    def take(self, note: Note) -> None:
        """Seal what was said; saved by the caller."""
        self.sealed = seal(json.dumps(note.parts, ensure_ascii=False).encode(), _about(self.owner_id, self.pk))
