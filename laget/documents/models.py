"""A file that somebody has uploaded, what it belongs to, and its bytes, sealed, in a row of their own."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from laget.access.sealing import seal, unseal
from laget.directory.models import Position
from laget.families.models import Child
from laget.people.models import Person

AS_ITS_OWNER = "those who see what it belongs to: an entry, an answer on paper"


class State(models.TextChoices):
    """Whether it opens. `UNSCANNED`: this installation has no scanner. `HARMFUL`: its bytes are gone."""

    WAITING = "waiting"
    SCANNED = "scanned"
    UNSCANNED = "unscanned"
    HARMFUL = "harmful"


OPENS = (State.SCANNED, State.UNSCANNED)


class File(models.Model):
    """What is known of a file. `of`: the id of what it belongs to; `sort` says which room knows that."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "child", "sort", "of", "title", "kind", "size", "pages", "by", "position", "at", "state"), AS_ITS_OWNER
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    sort = models.CharField(max_length=12)
    of = models.UUIDField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State)

    class Meta:
        indexes = (models.Index(fields=["of"]), models.Index(fields=["state"]))

    @property
    def opens(self) -> bool:
        return self.state in OPENS

    @property
    def is_picture(self) -> bool:
        return self.kind.startswith("image/")


class Content(models.Model):
    """The bytes of a file, sealed. Empty when it was harmful."""

    AUDIENCE: ClassVar[dict[str, str]] = dict.fromkeys(("file", "sealed"), "as the file, when it opens")

    file = models.OneToOneField(File, models.PROTECT, primary_key=True, related_name="+")
    sealed = models.BinaryField()

    def take(self, content: bytes) -> None:
        """Seal the bytes; saved by the caller."""
        self.sealed = seal(content, about(self.file_id))

    @property
    def opened(self) -> bytes:
        """The bytes. Raises Unsealable when no key of this installation opens them."""
        return unseal(bytes(self.sealed), about(self.file_id))


def about(file: uuid.UUID) -> str:
    """What the seal of a file's bytes is bound to."""
    return f"file:{file}"
