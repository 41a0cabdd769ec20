"""The cast: a few invented people who between them meet every rule of who may see what.

Maja holds the baton · Omar has a seat and a consent · Vera has a seat without consent · Idris had one until
yesterday · Otto works in the same service without a seat · Ada administers and may read no case · Liv leads a
unit · Kari and Per are the parents, Per restricted · Sara is the child. The second family has two parents who may
both consent. Made directly as facts, by the owner of the database, so that tests of sight lean on no action.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from laget.access.sealing import index, seal
from laget.cases.models import Baton, Case, Step
from laget.demo.clock import ago
from laget.directory.access import places_of
from laget.directory.models import Position, Service, Unit
from laget.families.models import Child, Parent, Source
from laget.guide.national import current
from laget.kernel.actor import Actor, Capacity
from laget.kernel.period import FOREVER
from laget.law.kinds import Kind
from laget.people.models import Name, NationalNumber, Person
from laget.people.rules import sort_key, synthetic_number
from laget.sight.models import Cover, Forbid, Seat, SeatKind

COVERED = (Kind.IDENTITY, Kind.EVERYDAY, Kind.LEARNING)


@dataclass(frozen=True)
class Member:
    """One of the cast, with what a test needs to act as that person."""

    person: UUID
    name: str
    capacity: Capacity
    position: UUID | None = None

    @property
    def actor(self) -> Actor:
        places = places_of(self.person) if self.capacity is Capacity.WORKER else ()
        now = timezone.now()
        return Actor(self.person, self.capacity, places, "demo", now, now)


@dataclass(frozen=True)
class Cast:
    """The first family's case and everybody around it."""

    maja: Member
    omar: Member
    vera: Member
    idris: Member
    otto: Member
    ada: Member
    liv: Member
    kari: Member
    per: Member
    sara: Member
    case: Case
    child: UUID
    kindergarten: UUID
    clinic: UUID
    school: UUID

    def everybody(self) -> dict[str, Member]:
        return {name: value for name, value in vars(self).items() if isinstance(value, Member)}


@dataclass(frozen=True)
class Family:
    """Two parents with proven responsibility and a child who has no case yet."""

    child: UUID
    mother: Member
    father: Member


def person(given: str, family: str, born: date | None = None, serial: int = 0) -> UUID:
    """A person with a name, and with a synthetic national number when the birth date is given."""
    one = Person.objects.create()
    Name.objects.create(person=one, given=given, family=family, sort_key=f"{sort_key(family)}|{sort_key(given)}")
    if born is not None:
        number = synthetic_number(born, serial)
        NationalNumber.objects.create(person=one, sealed=seal(number.encode(), "number"), index=index(number))
    return one.pk


def service(name: str, act: str, sort: str, unit: str, *, private: bool = False) -> Unit:
    """A service with one unit."""
    made = Service.objects.create(name=name, act=act, sort=sort, private=private)
    return Unit.objects.create(service=made, name=unit)


def worker(  # noqa: PLR0913 - a position has these columns
    given: str, family: str, unit: Unit, title: str, *, leads: bool = False, administers: bool = False, phone: str = ""
) -> Member:
    """Somebody who has worked in a unit for a year."""
    who = person(given, family)
    held = Position.objects.create(
        person_id=who, unit=unit, title=title, leads=leads, administers=administers, phone=phone,
        since=ago(365),
    )  # fmt: skip
    return Member(who, f"{given} {family}", Capacity.WORKER, held.pk)


def make_officer(given: str = "Eir", family: str = "Lund") -> Member:
    """The data protection officer: controls who has looked, and reads no case."""
    office = service("Kommunedirektørens stab", "HOL", "municipality", "Personvern")
    who = worker(given, family, office, "Personvernombud")
    Position.objects.filter(person_id=who.person).update(protects=True)
    return who


def child(given: str, family: str, born: date, by: UUID, serial: int = 0) -> UUID:
    who = person(given, family, born, serial)
    Child.objects.create(person_id=who, born=born, registered_by=by)
    return who


def parent(given: str, family: str, of: UUID, relation: str, born: date, serial: int = 0) -> Member:
    """A parent with proven responsibility and a family seat."""
    who = person(given, family, born, serial)
    tie = Parent.objects.create(
        child_id=of, person_id=who, relation=relation, responsibility=True, source=Source.REGISTER, registered_by=who
    )
    seat(of, Member(who, given, Capacity.CITIZEN), SeatKind.PARENT, origin_id=tie.pk)
    return Member(who, f"{given} {family}", Capacity.CITIZEN)


def seat(of: UUID, member: Member, kind: SeatKind, *, until: datetime = FOREVER, origin_id: UUID | None = None) -> Seat:
    """A seat since a month ago."""
    return Seat.objects.create(
        child_id=of, person_id=member.person, kind=kind, position_id=member.position, until=until,
        since=ago(30), origin="cast", origin_id=origin_id,
    )  # fmt: skip


def cover(of: UUID, by: UUID, kinds: tuple[Kind, ...] = COVERED, *, until: datetime = FOREVER) -> None:
    """A service may know these kinds, since a month ago and as far back as there is anything."""
    for kind in kinds:
        Cover.objects.create(
            child_id=of, service_id=by, kind=kind, purpose="cooperation", until=until,
            since=ago(30), origin="cast",
        )  # fmt: skip


def open_case(of: UUID, holder: Member, at: UUID) -> Case:
    """A case that this member holds, at the guide's first level, since a month ago."""
    opened = ago(30)
    with transaction.atomic():  # at its end the database asks for exactly one holder
        return _opened(of, holder, at, opened)


def _opened(of: UUID, holder: Member, at: UUID, opened: datetime) -> Case:
    guide = current(timezone.localdate())
    assert holder.position is not None
    case = Case.objects.create(
        child_id=of, service_id=at, level=guide.log.first_level, guide_version=guide.code, opened_at=opened,
        opened_by_id=holder.position,
    )  # fmt: skip
    Baton.objects.create(case=case, child_id=of, position_id=holder.position, since=opened, origin="opened")
    Step.objects.create(
        case=case, child_id=of, level=case.level, reason="Vi begynner her.", at=opened, by_id=holder.person
    )
    return case


def make_cast(age: int = 5) -> Cast:
    """The whole first family, with Sara at the given age."""
    today = timezone.localdate()
    kindergarten = service("Solbakken barnehage", "BHL", "kindergarten", "Avdeling Blåklokka", private=True)
    clinic = service("Fjordvik helsestasjon", "HOL", "health_clinic", "Helsestasjonen")
    school = service("Nordre skole", "OPPL", "school", "Småtrinnet")
    hall = service("Fjordvik rådhus", "HOL", "municipality", "IKT")
    maja = worker("Maja", "Lind", kindergarten, "Pedagogisk leder", phone="41000001")
    omar = worker("Omar", "Haddad", clinic, "Helsesykepleier", phone="41000002")
    vera = worker("Vera", "Holm", school, "Kontaktlærer", phone="41000003")
    idris = worker("Idris", "Aden", kindergarten, "Barnehagelærer", phone="41000004")
    otto = worker("Otto", "Berg", kindergarten, "Barnehagelærer", phone="41000005")
    ada = worker("Ada", "Vik", hall, "Administrator", administers=True)
    liv = worker("Liv", "Moe", kindergarten, "Styrer", leads=True, phone="41000006")
    sara_id = child("Sara", "Solberg", today.replace(year=today.year - age, day=1), maja.person)
    kari = parent("Kari", "Solberg", sara_id, "mother", date(1988, 4, 12))
    per = parent("Per", "Solberg", sara_id, "father", date(1986, 9, 3))
    sara = Member(sara_id, "Sara Solberg", Capacity.CITIZEN)
    seat(sara_id, sara, SeatKind.CHILD)
    Forbid.objects.create(child_id=sara_id, person_id=per.person, origin="restricted", since=ago(20))
    for member in (maja, omar, vera):
        seat(sara_id, member, SeatKind.SERVICE)
    seat(sara_id, idris, SeatKind.SERVICE, until=ago(1))
    cover(sara_id, kindergarten.service_id)
    cover(sara_id, clinic.service_id, (Kind.IDENTITY, Kind.EVERYDAY, Kind.HEALTH))
    case = open_case(sara_id, maja, kindergarten.service_id)
    return Cast(
        maja, omar, vera, idris, otto, ada, liv, kari, per, sara, case, sara_id,
        kindergarten.service_id, clinic.service_id, school.service_id,
    )  # fmt: skip


def make_family(registered_by: UUID) -> Family:
    """The second family."""
    today = timezone.localdate()
    little = child("Emil", "Strand", today.replace(year=today.year - 4, day=1), registered_by, serial=1)
    mother = parent("Hanna", "Strand", little, "mother", date(1990, 2, 20))
    father = parent("Jonny", "Strand", little, "father", date(1989, 7, 7))
    return Family(little, mother, father)
