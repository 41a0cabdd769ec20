"""What loosens a protection is asked by one person, and told to the leaders who may confirm it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laget.families.access import leaders_of
from laget.kernel.actor import Actor, Capacity, Place
from laget.kernel.errors import Invalid
from laget.notices.actions import tell
from laget.people.models import Name
from laget.protection import ground
from laget.protection.models import Proposal, Sort
from laget.sight.access import visible_seats, working_seats

ASKED_ALREADY = _("This is asked already, and waits for an answer.")
NOBODY_TO_ASK = _(
    "No leader can confirm this: another person than you must lead in one of the services around the child. "
    "Talk with the administrator."
)


def propose(  # noqa: PLR0913 - a proposal has these columns
    actor: Actor, sort: Sort, child: UUID, subject: UUID, reason: str, *, person: UUID | None = None, called: str = ""
) -> Proposal:
    """Ask, and tell those who may answer. Raises Invalid when it is asked already, or nobody could answer."""
    place = place_around(actor, child)
    proposal = Proposal(
        pk=uuid4(), child_id=child, sort=sort, subject=subject, person_id=person, called=called,
        child_called=name_of(child), reason=reason, services=_services(actor, child, place), asked_by_id=actor.person,
        position_id=place.position,
    )  # fmt: skip
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError:
        raise Invalid(ASKED_ALREADY) from None
    leaders = ground.confirmers(proposal.pk)
    if not leaders:
        raise Invalid(NOBODY_TO_ASK)
    tell(leaders, Capacity.WORKER, "protection.to_confirm", address=reverse("confirm", args=[proposal.pk]))
    return proposal


def place_around(actor: Actor, child: UUID) -> Place:
    """From which of the actor's positions one acts around this child: the one with a seat, maybe not the first."""
    seats = working_seats(actor).filter(child_id=child).order_by("since", "id")
    held = (actor.place(position) for position in seats.values_list("position_id", flat=True))
    return next((place for place in held if place is not None), actor.places[0])


def name_of(person: UUID) -> str:
    """The name, as far as the actor may know it."""
    found = Name.objects.filter(person_id=person).first()
    return found.full[:200] if found else ""


def _services(actor: Actor, child: UUID, place: Place) -> Sequence[UUID]:
    """Whose leaders are asked: the asker's own service, or when nobody else leads there, all around the child."""
    if leaders_of(actor, [place.service]).exists():
        return [place.service]
    around = visible_seats(actor).filter(child_id=child, position__isnull=False)
    return sorted(set(around.values_list("position__unit__service_id", flat=True)))
