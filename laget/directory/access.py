"""Who may see and change the directory: everybody signed in reads it, an administrator changes it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from laget.access.prepared import prepared
from laget.directory.models import Account, Position, Service, Unit
from laget.kernel.actor import Actor, Place
from laget.kernel.verdict import ALLOWED, Verdict, refuse


def places_of(person: UUID) -> tuple[Place, ...]:
    """The positions a person holds at this moment."""
    return tuple(Place(*row) for row in _held(person))


@prepared
def _held(person: UUID) -> QuerySet[Any, Any]:
    held = Position.objects.current().filter(person_id=person).order_by("since", "id")
    return held.values_list(
        "id", "unit__service_id", "unit_id", "unit__service__act", "leads", "administers", "protects"
    )


def visible_services(actor: Actor) -> QuerySet[Service]:
    return Service.objects.order_by("name")


def visible_units(actor: Actor) -> QuerySet[Unit]:
    return Unit.objects.select_related("service").order_by("service__name", "name")


def visible_positions(actor: Actor) -> QuerySet[Position]:
    return Position.objects.select_related("unit__service").order_by("unit__service__name", "unit__name", "title", "id")


def visible_accounts(actor: Actor) -> QuerySet[Account]:
    """What people sign in with now: for an administrator, and nobody else."""
    return Account.objects.standing() if actor.administers else Account.objects.none()


def may_administer(actor: Actor, subject: object = None) -> Verdict:
    """An administrator changes services, units and positions, and reads no case."""
    if actor.administers:
        return ALLOWED
    return refuse(_("Only an administrator may change services and positions."))


def may_change_account(actor: Actor, position: Position) -> Verdict:
    """An administrator, and never one's own: nobody locks oneself out, or takes over one's own trace."""
    if actor.administers and position.person_id == actor.person:
        return refuse(_("You can't change what you sign in with yourself. Ask another administrator."))
    return may_administer(actor)
