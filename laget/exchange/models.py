"""A report of concern: its writer's alone, with each version that was made to be delivered."""

from __future__ import annotations

import json
import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from laget.access.sealing import Unsealable, seal, unseal
from laget.concerns.rules.steps import Note
from laget.directory.models import Position, Service
from laget.people.models import Person

WRITER = "the one who reports, as long as that one works in the service"


class Report(models.Model):
    """One report, sealed, also who the child is. What is open are days and who writes: nothing points at a child.

    `worry`: the writer's own worry that it grew out of. `answer_by`: by when child welfare is to answer, and `told_for`
    the day of which the writer has been told that it has passed.
    """

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: WRITER
        for name in ("id", "owner", "service", "position", "worry", "sealed", "begun_at", "kept_until", "answer_by")
    } | {"told_for": "nobody: so that it is told once"}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    worry = models.UUIDField(null=True)
    sealed = models.BinaryField()
    begun_at = models.DateTimeField(default=timezone.now)
    kept_until = models.DateField()
    answer_by = models.DateField(null=True)
    told_for = models.DateField(null=True)

    class Meta:
        indexes = (models.Index(fields=["owner", "begun_at"]), models.Index(fields=["kept_until"]))

    @property
    def note(self) -> Note:
        """What it says now, opened; marked as lost when no key of this installation opens it."""
        return opened(f"report:{self.owner_id}:{self.pk}", self.sealed)

    def take(self, note: Note) -> None:
        """Seal what it says from now; saved by the caller."""
        self.sealed = sealed(f"report:{self.owner_id}:{self.pk}", note)


class Version(models.Model):
    """What a report said when it was made ready to deliver. A correction is a new version; this one stays as it was."""

    AUDIENCE: ClassVar[dict[str, str]] = {
        name: WRITER for name in ("id", "report", "owner", "service", "number", "sealed", "made_at", "sent_on", "sent")
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="versions")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)
    sent_on = models.DateField(null=True)
    sent = models.BinaryField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["report", "number"], name="one_version_of_each_number"),
            models.CheckConstraint(
                condition=models.Q(sent_on=None, sent=None) | models.Q(sent_on__isnull=False, sent__isnull=False),
                name="sent_with_a_day_and_a_receiver",
            ),
        )

    @property
    def note(self) -> Note:
        """What it said."""
        return opened(f"version:{self.owner_id}:{self.pk}", self.sealed)

    def take(self, note: Note) -> None:
        """Seal what it says for good; saved by the caller."""
        self.sealed = sealed(f"version:{self.owner_id}:{self.pk}", note)

    @property
    def delivery(self) -> Note:
        """To whom and how it was delivered."""
        return opened(f"delivery:{self.owner_id}:{self.pk}", self.sent or b"") if self.sent else Note()

    def sealed_delivery(self, to: str, how: str) -> bytes:
        return sealed(f"delivery:{self.owner_id}:{self.pk}", Note({"sent": {"to": to, "how": how}}))


def opened(about: str, content: bytes | memoryview) -> Note:
    """The note in a sealed column."""
    try:
        return Note(json.loads(unseal(bytes(content), about)))
    except (Unsealable, ValueError):
        return Note(lost=True)


def sealed(about: str, note: Note) -> bytes:
    return seal(json.dumps(note.parts, ensure_ascii=False).encode(), about)
