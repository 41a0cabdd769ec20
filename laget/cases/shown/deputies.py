"""Who stands in for whom: for the two of them and their leader without children, and around a child with its days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.cases import deputies
from laget.cases.access import places_answered_for, visible_absences, visible_batons, visible_deputies
from laget.cases.deputies import Load
from laget.cases.models import Absence, Baton, Case, Deputy
from laget.cases.shown.people import Someone, names, positions_shown
from laget.directory.models import Position
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.people.rules import within_a_sentence
from laget.sight.access import visible_seats
from laget.sight.models import SeatKind

if TYPE_CHECKING:
    from laget.cases.shown.gathered import Gathered

FEW = 2
"""Of so few batons no figure is told: it would say around which child a colleague is too close."""


@dataclass(frozen=True)
class Standing:
    """Somebody stands in for somebody, from a day to a day that is the last."""

    holder: str
    deputy: Someone
    since: datetime
    last: datetime
    now: bool
    absence: UUID | None = None


@dataclass(frozen=True)
class PlaceShown:
    """A position that holds batons: whose, how many, and how many of them somebody stands in for now."""

    position: UUID
    who: str
    title: str
    mine: bool
    load: Load


def _standing(holder: str, deputy: Someone, row: Absence | Deputy, absence: UUID | None = None) -> Standing:
    """It ends as the next day begins; people are told its last day."""
    now = timezone.now()
    return Standing(holder, deputy, row.since, row.until - timedelta(seconds=1), row.since <= now < row.until, absence)


def absences(actor: Actor) -> list[Standing]:
    """Those that stand or are to come, the first first."""
    rows = list(visible_absences(actor).filter(until__gt=timezone.now()).order_by("since", "id"))
    people = positions_shown([one for row in rows for one in (row.holder_id, row.deputy_id)])
    return [_standing(people[row.holder_id].name, people[row.deputy_id], row, row.pk) for row in rows]


def places(actor: Actor) -> list[PlaceShown]:
    """The positions that the actor answers for and that hold something, one's own first."""
    load = deputies.workload()
    held = [one for one in places_answered_for(actor) if one.pk in load]
    known = names(one.person_id for one in held)
    found = [
        PlaceShown(one.pk, known.get(one.person_id, _("Somebody")), one.title, one.pk in actor.positions, load[one.pk])
        for one in held
    ]
    return sorted(found, key=lambda one: (not one.mine, one.who))


def held_batons(actor: Actor, request: HttpRequest) -> list[Baton]:
    """For the gate: the batons that the actor holds in the position of the address; none that somebody else holds."""
    match = request.resolver_match
    place = match.kwargs.get("position") if match else None
    if place not in actor.positions:
        return []
    held = visible_batons(actor).filter(position_id=place, until=FOREVER, case__closed_at=FOREVER)
    return list(held.order_by("since", "id"))


def children_of(batons: Iterable[Baton]) -> list[tuple[str, str]]:
    """The cases as choices, by the child's name."""
    rows = list(batons)
    known = names(one.child_id for one in rows)
    return sorted(((str(one.case_id), known.get(one.child_id, "")) for one in rows), key=lambda one: one[1])


def colleagues(place: Position) -> list[tuple[str, str]]:
    """Who could stand in, those first who can for most, with for how many of the batons."""
    able = deputies.colleagues(place.pk)
    people = positions_shown(able)
    total = deputies.workload().get(place.pk, Load()).held
    ordered = sorted(people.values(), key=lambda one: (-able[one.position], one.name))
    return [(str(one.position), _able(one, able[one.position], total)) for one in ordered if able[one.position]]


def _able(one: Someone, able: int, total: int) -> str:
    who = f"{one.name}, {within_a_sentence(one.title)}"
    if able >= total or total <= FEW:
        return who
    return _("%(who)s – can stand in for %(able)s of %(total)s") % {"who": who, "able": able, "total": total}


def around(some: Gathered) -> list[Standing]:
    """Who stands in for the holder of this case now or later, the first first."""
    now = timezone.now()
    rows = [(one, some.deputy(one)) for one in some.deputies]
    return [
        _standing(some.known.get(UUID(one["holder"]), _("Somebody")), some.someone(one), row)
        for one, row in rows
        if row.until > now
    ]


def own_place(actor: Actor) -> Exists:
    """Of a deputy: whether the one who stands in had a place of the own around the child when that began."""
    place = visible_seats(actor).filter(
        child_id=OuterRef("child_id"), position_id=OuterRef("position_id"), kind=SeatKind.SERVICE,
        since__lte=OuterRef("since"), until__gt=OuterRef("since"),
    )  # fmt: skip
    return Exists(place.exclude(origin="deputy"))


class Marks:
    """For whom somebody acted: who stood in for the holder at a moment, and had no place of the own there.

    rows: (who stood in, for whom, since, until).
    """

    def __init__(self, rows: Iterable[tuple[UUID, UUID, datetime, datetime]]) -> None:
        self._rows = list(rows)
        self.holders = {row[1] for row in self._rows}
        """For whom somebody stood in: `acted_for` wants to know what they are called."""

    @classmethod
    def of(cls, actor: Actor, case: Case) -> Marks:
        found = visible_deputies(actor).filter(~own_place(actor), case=case)
        return cls(
            (row.position.person_id, row.baton.position.person_id, row.since, row.until)
            for row in found.select_related("position", "baton__position")
        )

    def acted_for(self, person: UUID | None, at: datetime, called: Mapping[UUID, str]) -> str:
        """The name of the one for whom this person stood in then; empty for everybody else."""
        for who, holder, since, until in self._rows:
            if who == person and since <= at < until:
                return called.get(holder, "")
        return ""
