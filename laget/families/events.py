"""What the families announce."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from laget.kernel.actor import Actor
from laget.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationKnown(Event):
    """It has become known who belongs to a child: a parent, a sibling"""

    actor: Actor
    child: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityChanged(Event):
    """A parent has got parental responsibility for a child, proven (`held`), or has it no more"""

    actor: Actor
    child: UUID
    person: UUID
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CareChanged(Event):
    """Child welfare has taken over the care of a child, by an order (`taken`), or has it no more

    `stands`: what those who decided until now have said yes to lasts until the others are asked.
    """

    actor: Actor
    child: UUID
    taken: bool
    stands: bool
