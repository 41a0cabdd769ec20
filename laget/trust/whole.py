"""Whether the record is whole, as the officer reads it: the seals, and what the last walk of them found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from laget.audit.rules import moment
from laget.kernel.actor import Actor
from laget.trust import ground
from laget.trust.access import may_control

EVERY = timedelta(days=2)
"""It is walked each night; a walk that has not come for so long is something to ask about."""


@dataclass(frozen=True)
class Whole:
    """seal: number of the last one. inside: seals that are not outside yet. late: nobody has walked it lately."""

    seal: int
    made: datetime | None
    inside: int
    last: ground.Walk | None
    late: bool


def whole(actor: Actor) -> Whole:
    """For the officer; nothing for others. One statement."""
    seal, made, inside, last = ground.seals() if may_control(actor) else (0, "", 0, None)
    late = last is None or timezone.now() - last.at > EVERY
    return Whole(seal, moment(made) if made else None, inside, last, late)
