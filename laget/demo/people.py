"""Puts Fjordvik's services and people into an empty database, as its owner."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from laget.access.sealing import index, seal
from laget.demo.fjordvik import CITIZENS, PLACES, WORKERS, Someone, Worker
from laget.directory.models import Position, Service, Unit
from laget.people.models import Name, NationalNumber, Person
from laget.people.rules import sort_key

WORKED_FOR = timedelta(days=500)


def make_municipality() -> None:
    """Services, units, positions, and everybody's name and synthetic number."""
    units = {place.key: _unit(place.service, place.unit, place.act, place.sort, place.private) for place in PLACES}
    for worker in WORKERS:
        _position(worker, units[worker.place])
    for citizen in CITIZENS:
        make_person(citizen)


def _unit(service: str, unit: str, act: str, sort: str, private: bool) -> Unit:
    made = Service.objects.create(name=service, act=act, sort=sort, private=private)
    return Unit.objects.create(service=made, name=unit)


def _position(worker: Worker, unit: Unit) -> None:
    Position.objects.create(
        person_id=make_person(worker),
        unit=unit,
        title=worker.title,
        phone=worker.phone,
        leads=worker.leads,
        administers=worker.administers,
        protects=worker.protects,
        since=timezone.now() - WORKED_FOR,
    )


def make_person(one: Someone) -> UUID:
    """A person with a name and a national number that belongs to nobody."""
    person = Person.objects.create()
    key = f"{sort_key(one.family)}|{sort_key(one.given)}"
    Name.objects.create(person=person, given=one.given, family=one.family, sort_key=key)
    number = one.number
    NationalNumber.objects.create(person=person, sealed=seal(number.encode(), "number"), index=index(number))
    return person.pk
