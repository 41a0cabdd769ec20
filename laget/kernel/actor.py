"""Who is acting, and in which capacity: decided once per request, then carried as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

LETTER = "letter"
"""The strength of a sign-in by letter, password and a code from an app: below the highest level of ID-porten."""


class Capacity(StrEnum):
    """One session acts in one capacity; a worker who is also a parent signs in anew."""

    WORKER = "worker"
    CITIZEN = "citizen"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Place:
    """A position held now: the act says which law the service works under."""

    position: UUID
    service: UUID
    unit: UUID
    act: str
    leads: bool = False
    administers: bool = False
    protects: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts. Knows no names; is built by `access` for each request."""

    person: UUID
    capacity: Capacity
    places: tuple[Place, ...] = ()
    strength: str = "none"
    signed_in_at: datetime | None = None
    proved_at: datetime | None = None
    """When the person last proved who they are to the provider; a session may stand on an older proof than itself."""

    @property
    def is_worker(self) -> bool:
        return self.capacity is Capacity.WORKER

    @property
    def is_citizen(self) -> bool:
        return self.capacity is Capacity.CITIZEN

    @property
    def by_letter(self) -> bool:
        """Whether nothing stronger than the sign-in of a letter shows who this is."""
        return self.strength == LETTER

    @property
    def services(self) -> tuple[UUID, ...]:
        """The services this actor works in now."""
        return tuple(dict.fromkeys(place.service for place in self.places))

    @property
    def positions(self) -> tuple[UUID, ...]:
        return tuple(place.position for place in self.places)

    @property
    def administers(self) -> bool:
        return self.is_worker and any(place.administers for place in self.places)

    @property
    def protects(self) -> bool:
        """Whether the actor is the data protection officer, who controls and reads no case."""
        return self.is_worker and any(place.protects for place in self.places)

    @property
    def units_led(self) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(place.unit for place in self.places if place.leads))

    def place(self, position: UUID | None) -> Place | None:
        """The actor's own place with this position, or None."""
        return next((place for place in self.places if place.position == position), None)

    def place_in(self, service: UUID) -> Place | None:
        """The actor's first place in a service, or None."""
        return next((place for place in self.places if place.service == service), None)


SYSTEM = Actor(UUID(int=0), Capacity.SYSTEM)
"""The house itself: what time does, and what nobody's deed may be seen to have done. Sees nothing by any seat."""
