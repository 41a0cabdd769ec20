"""Who reads the rows that no room lists: names, corrections, sign-ins, accounts, drafts. Written for tests alone.

The rooms read these through the row they belong to, so that there is no `visible_…` to hold against the database.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from django.db import models
from django.db.models import Q

from laget.access.models import Draft, Receipt, SignIn
from laget.audit.models import Change, Entry
from laget.cases.access import visible_offers
from laget.directory.models import Account, Position, Service, Unit
from laget.families.access import visible_children, visible_parents
from laget.families.models import Parent, Sibling
from laget.kernel.actor import Actor
from laget.people.models import Contact, Name, Person
from laget.plans.access import visible_measures
from laget.sight.access import family_seats
from laget.sight.models import Cover, Forbid, Seat, SeatKind
from tests.locks.worlds import World


def names(actor: Actor) -> models.QuerySet[Name]:
    """One's own, workers', the children's one knows beyond asking about them, and those of families one helps."""
    workers = Position.objects.values("person_id")
    families = visible_parents(actor).values("person_id")
    known = Q(person_id__in=_children_with_names(actor))
    return Name.objects.filter(Q(person_id=actor.person) | Q(person_id__in=workers) | Q(person_id__in=families) | known)


def _children_with_names(actor: Actor) -> set[Any]:
    """By sets: a family's own; those a service may know by name; those one is invited to."""
    if actor.is_citizen:
        return set(family_seats(actor).values_list("child_id", flat=True))
    if not actor.is_worker:
        return set()
    forbidden = set(Forbid.objects.in_force().filter(person_id=actor.person).values_list("child_id", flat=True))
    services = {place.position: place.service for place in actor.places}
    identity = set(Cover.objects.in_force().filter(kind="identity").values_list("child_id", "service_id"))
    seats = Seat.objects.in_force().filter(person_id=actor.person, position_id__in=services)
    return {
        child
        for child, position, kind, origin in seats.values_list("child_id", "position_id", "kind", "origin")
        if child not in forbidden
        and (
            (kind == "service" and (child, services[position]) in identity)
            or (kind == "asking" and origin == "invitation")
        )
    }


def accounts(actor: Actor) -> models.QuerySet[Account]:
    return Account.objects.all() if actor.administers else Account.objects.none()


def sign_ins(actor: Actor) -> models.QuerySet[SignIn]:
    return SignIn.objects.filter(person_id=actor.person, capacity=actor.capacity)


def changes(actor: Actor) -> models.QuerySet[Change]:
    """Whoever sees the row sees what it was; services, units and positions are open to everybody signed in."""
    kept: dict[str, models.QuerySet[Any]] = {
        "families_child": visible_children(actor),
        "cases_offer": visible_offers(actor),
        "plans_measure": visible_measures(actor),
        "people_name": names(actor),
        "directory_service": Service.objects.all(),
        "directory_unit": Unit.objects.all(),
        "directory_position": Position.objects.all(),
    }
    seen = Q(pk__in=[])
    for source, rows in kept.items():
        seen |= Q(source=source, row__in=rows.order_by().values("pk"))
    return Change.objects.filter(seen)


def _own(model: type[models.Model], field: str) -> Any:
    return lambda actor: model._default_manager.filter(**{field: actor.person})


SIGHTS: dict[type[models.Model], Any] = {
    Name: names,
    Account: accounts,
    SignIn: sign_ins,
    Change: changes,
    Draft: _own(Draft, "person_id"),
    Receipt: _own(Receipt, "person_id"),
    Contact: _own(Contact, "person_id"),
    Entry: _own(Entry, "person"),
    Person: lambda actor: Person.objects.all(),
}


def vary(world: World, random: Random) -> None:
    """What only some conditions need: an administrator, more invitations with other spans, a third pair of siblings,
    and leaders who were a child's parents once: an ended tie keeps nobody away by a forbid.
    """
    worker, unit = world.workers[0], world.positions[0].unit
    held = Position.objects.create(person_id=worker, unit=unit, title="T", administers=True)
    for child in world.children:
        for position in (*world.positions, held):
            if random.random() < 0.4:
                kind = random.choice((SeatKind.SERVICE, SeatKind.ASKING, SeatKind.ASKING))
                since = world.now + timedelta(days=random.choice((-40, -5, 1)))
                until = max(since, world.now + timedelta(days=random.choice((-1, 2))))
                Seat.objects.create(
                    child_id=child, person_id=position.person_id, kind=kind, position=position, since=since,
                    until=until, origin=random.choice(("w", "invitation")),
                )  # fmt: skip
        for led in {one.person_id for one in world.positions if one.leads and random.random() < 0.4}:
            Parent.objects.create(
                child_id=child, person_id=led, relation="other", responsibility=False, source="register",
                since=world.now - timedelta(days=9), until=world.now - timedelta(days=1), registered_by=led,
            )  # fmt: skip
    first, _, third = world.children
    Sibling.objects.create(child_id=first, sibling_id=third, registered_by=first)


def add() -> None:
    """Corrections of the rows of every table that keeps them, and some whose source is another table."""
    tables: dict[str, type[models.Model]] = {
        "people_name": Name, "directory_service": Service, "directory_unit": Unit, "directory_position": Position,
    }  # fmt: skip
    rows = [(source, one.pk) for source, model in tables.items() for one in model._default_manager.all()]
    other = [("elsewhere", row) for _, row in [*rows, *Change.objects.values_list("source", "row")]]
    Change.objects.bulk_create(Change(source=source, row=row, old={}) for source, row in [*rows, *other])
