"""Who is told when a case moves: codes and addresses only, each in the capacity in which it concerns them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from laget.cases import ground
from laget.cases.access import visible_team
from laget.cases.addresses import family_home, start
from laget.cases.models import Case, Invitation, Offer
from laget.kernel.actor import Actor, Capacity
from laget.notices.actions import tell
from laget.sight.models import SeatKind
from laget.sight.rules import Addressing, Audience


def team_page(case: UUID) -> str:
    return reverse("case_team", args=[case])


def offer_page(offer: UUID) -> str:
    return reverse("offer", args=[offer])


def tell_family(actor: Actor, case: Case, event: str, address: str = "") -> None:
    """Everybody in the family who may know, apart from the one who did it."""
    people = {person for person, _kind in ground.family(case.child_id)}
    others = sorted(people - ({actor.person} if actor.is_citizen else set()))
    tell(others, Capacity.CITIZEN, event, address=address or family_home(case.child_id), child=case.child_id)


def tell_team(actor: Actor, case: Case, event: str, address: str = "") -> None:
    """Everybody with a seat for a service, apart from the one who did it."""
    tell_workers(teammates(actor, case), case, event, address)


def teammates(actor: Actor, case: Case) -> list[UUID]:
    """The workers around the child, apart from the actor."""
    seats = visible_team(actor, case.child_id).filter(kind=SeatKind.SERVICE)
    return [person for person in seats.values_list("person_id", flat=True) if person != actor.person]


def tell_workers(people: Iterable[UUID], case: Case, event: str, address: str = "") -> None:
    tell(people, Capacity.WORKER, event, address=address or team_page(case.pk), child=case.child_id)


def tell_holder(case: Case, event: str, address: str = "", but: UUID | None = None) -> None:
    """The one who holds the baton, and whoever stands in: what waits for one waits for both. `but`: one who knows."""
    tell_workers([one for one in ground.holders(case.child_id) if one != but], case, event, address)


def tell_givers(offer: Offer, event: str) -> None:
    """The one who offers the baton, and whoever stands in."""
    tell_about_offer({offer.giver.person_id, *ground.holders(offer.child_id)}, offer, event)


def tell_about_offer(people: Iterable[UUID], offer: Offer, event: str) -> None:
    """Workers who see the offer."""
    tell(people, Capacity.WORKER, event, address=offer_page(offer.pk), child=offer.child_id)


def tell_invited(invitation: Invitation, event: str) -> None:
    address = reverse("invitation", args=[invitation.pk])
    tell([invitation.position.person_id], Capacity.WORKER, event, address=address, child=invitation.child_id)


def tell_gone(people: Iterable[UUID], event: str, address: str = "") -> None:
    """Workers who no longer see the case: nothing that leads into it, and not hidden with the child."""
    tell(people, Capacity.WORKER, event, address=address or start())


def tell_named(actor: Actor, case: Case, to: Addressing, before: Addressing | None = None, address: str = "") -> None:
    """Those for whom a text is written by name; whoever was named before has been told. `address`: where it stands."""
    if to.audience not in (Audience.NAMED, Audience.CHILDS_OWN):
        return
    known = before.persons if before is not None and before.audience == to.audience else frozenset()
    chosen = to.persons - known - {actor.person}
    page = address or reverse("case_log", args=[case.pk])
    for capacity, people in _in_capacity(case, chosen):
        tell(people, capacity, "cases.written_to_you", address=page, child=case.child_id)


def _in_capacity(case: Case, people: frozenset[UUID]) -> Iterable[tuple[Capacity, list[UUID]]]:
    family = {person for person, _kind in ground.family(case.child_id)}
    yield Capacity.CITIZEN, sorted(people & family)
    yield Capacity.WORKER, sorted(people - family)
