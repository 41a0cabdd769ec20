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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrusted(Event):
    """Somebody leads, administers or protects from now on, in one more position"""

    actor: Actor
    person: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountChanged(Event):
    """What somebody signs in with is changed. `entrusted`: the person leads, administers or protects"""

    actor: Actor
    person: UUID
    entrusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified(Event):
    """It has become known which human a worker is: ties to families may be known by that"""

    actor: Actor
    person: UUID
