"""What the ties announce."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from laget.kernel.actor import Actor
from laget.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutOut(Event):
    """Somebody who works here is kept away from a child from now on; what that person carried needs another"""

    actor: Actor
    child: UUID
    worker: UUID
