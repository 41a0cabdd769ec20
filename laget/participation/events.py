"""What is announced about those who are helped: a birthday or a decision's end is near, a child has got its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laget.kernel.actor import Actor
from laget.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthdayNear(Event):
    """Something passes from the parents to the child soon. `since`: from when on this telling counts as done."""

    child: UUID
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MustKnowEnds(Event):
    """What lets a parent know a young person's health ends soon, or has ended. `told`: who has been told already."""

    child: UUID
    since: datetime
    lapsed: bool
    told: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOpened(Event):
    """Somebody has opened a child's own page face to face, or made it a new letter."""

    actor: Actor
    child: UUID
