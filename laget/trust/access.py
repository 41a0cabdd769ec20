"""Who may know who has looked: the reader, and the family of a child that was shown."""

from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet

from laget.audit.models import Reading
from laget.kernel.actor import Actor, Capacity
from laget.sight.access import family_seats, visible_seats
from laget.sight.models import Seat, SeatKind


def visible_readings(actor: Actor) -> QuerySet[Reading]:
    """The actor's own readings, and those by services of pages that showed the actor's children.

    Which other children a page showed is nobody's to know, so `children` is never fetched.
    """
    seen = Q(person=actor.person)
    if actor.is_citizen:
        seen |= Q(capacity=Capacity.WORKER, children__overlap=ArraySubquery(family_seats(actor).values("child_id")))
    return Reading.objects.filter(seen).defer("children", "object_id")


def readings_of(actor: Actor, child: UUID) -> QuerySet[Reading]:
    """Readings by services of pages that showed this child; the family's own are left out."""
    return visible_readings(actor).filter(capacity=Capacity.WORKER, children__contains=[child])


def service_seats(actor: Actor, child: UUID, people: set[UUID]) -> QuerySet[Seat]:
    """Every seat, also ended ones, that these people have had around the child for a service."""
    held = visible_seats(actor).filter(
        child_id=child, person_id__in=people, kind__in=(SeatKind.SERVICE, SeatKind.ASKING)
    )
    return held.select_related("position__unit__service").order_by("-since", "id")
