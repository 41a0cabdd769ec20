"""What only a higher room can answer: it registers its functions here at start."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from laget.kernel.actor import Actor

Holds = Callable[[Actor, UUID], bool]

_holds: list[Holds] = []


def register(*, holds: Holds) -> None:
    """Called once, at start, by the room that knows the relay.

    holds(actor, child): does this worker hold the child's baton, or does nobody?
    """
    _holds[:] = [holds]


def holds(actor: Actor, child: UUID) -> bool:
    """Until a room above has said who holds the baton, everybody with a place around the child answers for it."""
    return _holds[0](actor, child) if _holds else True
