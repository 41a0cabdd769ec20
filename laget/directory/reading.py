"""What the directory's pages show: services, units and who works there, named in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from laget.directory.access import visible_accounts, visible_positions, visible_units
from laget.directory.models import Account, Position, Service, Unit
from laget.kernel.actor import Actor
from laget.people.models import Name


@dataclass
class UnitShown:
    """A unit with those who work there now."""

    unit: Unit
    people: list[tuple[Position, str]] = field(default_factory=list)


@dataclass
class ServiceShown:
    """A service with its units."""

    service: Service
    units: list[UnitShown] = field(default_factory=list)


def names(people: Iterable[UUID]) -> dict[UUID, Name]:
    """Names of those whom the database lets the actor know, by person."""
    return {name.person_id: name for name in Name.objects.filter(person_id__in=set(people))}


def administrators() -> set[UUID]:
    """Everybody who administers now."""
    return set(Position.objects.current().filter(administers=True).values_list("person_id", flat=True))


def whole_directory(actor: Actor) -> list[ServiceShown]:
    """Every service, in three statements however many there are."""
    services: dict[UUID, ServiceShown] = {}
    units: dict[UUID, UnitShown] = {}
    for unit in visible_units(actor):
        units[unit.pk] = UnitShown(unit)
        services.setdefault(unit.service_id, ServiceShown(unit.service)).units.append(units[unit.pk])
    held = list(visible_positions(actor).filter(pk__in=_current(actor)))
    named = names(position.person_id for position in held)
    held.sort(key=lambda one: (not one.leads, named[one.person_id].sort_key if one.person_id in named else ""))
    for position in held:
        name = named.get(position.person_id)
        units[position.unit_id].people.append((position, name.full if name else ""))
    return list(services.values())


def _current(actor: Actor) -> Iterable[UUID]:
    return Position.objects.current().values_list("pk", flat=True)


def workers(actor: Actor) -> list[tuple[str, str]]:
    """Everybody who works here now, as choices sorted by name."""
    people = Position.objects.current().values("person_id")
    return [(str(one.person_id), one.full) for one in Name.objects.filter(person_id__in=people).order_by("sort_key")]


def name_of(person: UUID) -> str:
    found = names([person]).get(person)
    return found.full if found else ""


def account_of(actor: Actor, person: UUID) -> Account | None:
    """What the person signs in with now, as far as the actor may know it."""
    return visible_accounts(actor).filter(person_id=person).first()
