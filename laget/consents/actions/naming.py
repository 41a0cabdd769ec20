"""After a care order: who in child welfare is asked, and whom the child lives with, named by the one who asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from laget.consents import ground, rules
from laget.consents.access import child_welfare_workers
from laget.consents.models import Party, Request
from laget.directory.models import Position
from laget.families.rules import NAME_LIMIT
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.notices.actions import tell
from laget.people.models import Name
from laget.people.rules import TextTooLong, clean_text
from laget.sight.actions import give_seat
from laget.sight.models import SeatKind


@dataclass(frozen=True)
class Named:
    """Those who are asked beside the family: the position that answers for child welfare, and the names of all."""

    welfare: Position | None = None
    names: tuple[tuple[UUID, str, str], ...] = ()
    """Person, name and role."""


def chosen_welfare(actor: Actor, stated: rules.Stated) -> Position | None:
    """Who answers for child welfare, as the asker chose: anybody who works there now, and never the asker."""
    if stated.welfare is None:
        return None
    return child_welfare_workers(actor).filter(pk=stated.welfare).first()


def name_others(found: rules.Parties, stated: rules.Stated, welfare: Position | None) -> tuple[rules.Parties, Named]:
    """The people who are asked, all of them named. Raises Invalid where one must be asked and is not said."""
    roles = {role for _who, role in found.people}
    if "child_welfare" in roles and welfare is None:
        raise Invalid(gettext(rules.WHO_IN_CHILD_WELFARE), "welfare")
    people, names = list(found.people), []
    if "carer" in roles:
        called, carer = _carer(stated.carer), ground.carer()
        people = [(carer if role == "carer" else who, role) for who, role in people]
        names.append((carer, called, "carer"))
    if "child_welfare" in roles and welfare is not None:
        names.insert(0, (welfare.person_id, _called(welfare.person_id), "child_welfare"))
    kept = welfare if "child_welfare" in roles else None
    return replace(found, people=tuple(people)), Named(kept, tuple(names))


def _carer(text: str) -> str:
    try:
        called = " ".join(clean_text(text, 2 * NAME_LIMIT).split())
    except TextTooLong as long:
        raise Invalid(gettext(long.reason) % {"limit": long.limit}, "carer") from None
    if not called:
        raise Invalid(gettext(rules.WHO_CARES), "carer")
    return called


def _called(person: UUID) -> str:
    return next((one.full for one in Name.objects.filter(pk=person)), "")


def ask_welfare(asked: Request, welfare: Position) -> None:
    """The one who answers is told, and has a place for this alone, until the day to answer."""
    give_seat(
        child=asked.child_id, person=welfare.person_id, kind=SeatKind.ASKING, position=welfare.pk,
        until=asked.answer_by, origin="care", origin_id=asked.pk,
    )  # fmt: skip
    party = Party.objects.values_list("pk", flat=True).get(request=asked, person_id=welfare.person_id)
    tell([welfare.person_id], Capacity.WORKER, "consents.asked_for_child_welfare",
         address=reverse("for_child_welfare", args=[party]), child=asked.child_id)  # fmt: skip
