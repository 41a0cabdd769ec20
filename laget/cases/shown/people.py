"""Names, positions and kinds of information as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from laget.cases.access import visible_cases
from laget.cases.models import Case
from laget.directory.models import Position
from laget.kernel.actor import Actor
from laget.law.kinds import LABELS, Kind
from laget.people.models import Name
from laget.sight.access import visible_covers


@dataclass(frozen=True, slots=True)
class Someone:
    """A worker as others see him or her."""

    position: UUID
    person: UUID
    name: str
    title: str
    service: UUID
    service_name: str
    phone: str


def names(people: Iterable[UUID]) -> dict[UUID, str]:
    """The names that the actor may know; who may not be known is left out."""
    found = Name.objects.filter(person_id__in=set(people))
    return {one.person_id: one.full for one in found}


def someone(position: Position, known: dict[UUID, str]) -> Someone:
    return Someone(
        position.pk, position.person_id, known.get(position.person_id, _("Somebody")), position.title,
        position.unit.service_id, position.unit.service.name, position.phone,
    )  # fmt: skip


def positions_shown(ids: Iterable[UUID]) -> dict[UUID, Someone]:
    """Workers by their position."""
    found = list(Position.objects.select_related("unit__service").filter(pk__in=set(ids)))
    known = names(one.person_id for one in found)
    return {one.pk: someone(one, known) for one in found}


def kind_label(kind: str) -> str:
    return _(LABELS[Kind(kind)])


def kinds_of_services(actor: Actor, child: UUID) -> dict[UUID, tuple[str, set[str]]]:
    """Which services may know which kinds about a child now: id to name and kinds."""
    covers = visible_covers(actor).filter(child_id=child, since__lte=Now(), until__gt=Now())
    found: dict[UUID, tuple[str, set[str]]] = {}
    rows = covers.order_by("service__name").values_list("service_id", "service__name", "kind").distinct()
    for service, name, kind in rows:
        found.setdefault(service, (name, set()))[1].add(kind)
    return found


def labels(kinds: Iterable[str]) -> list[str]:
    """Kinds in the order of the list, in words; who the child is goes without saying."""
    known = set(kinds)
    return [kind_label(kind) for kind in Kind if kind in known and kind is not Kind.IDENTITY]


def ordered(kinds: Iterable[str]) -> list[str]:
    """Kinds in the order of the list."""
    known = set(kinds)
    return [kind.value for kind in Kind if kind in known]


def in_case(actor: Actor, case: UUID) -> bool:
    """Whether the actor takes part in the case now."""
    return visible_cases(actor).filter(pk=case).exists()


def child_name(case: Case) -> str:
    """What the child is called, for those who see the case."""
    return names([case.child_id]).get(case.child_id, "")
