"""What the directory announces."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from laget.kernel.actor import Actor
from laget.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionEnded(Event):
    """An administrator has ended a position."""

    actor: Actor
    position: UUID
    person: UUID
