"""What the pages about a protected address show, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext

from laget.directory.models import Unit
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.kernel.text import N_
from laget.people.models import Name
from laget.protection import ground
from laget.protection.access import shut_by_decision, visible_gradings, visible_looks, visible_openings, visible_places
from laget.protection.rules.levels import LEVELS, SOURCES

LATEST = 100
PLACES = {
    "address": N_("Addresses"),
    "postal_code": N_("Postal codes"),
    "place": N_("Names of places"),
    "unit": N_("Schools, kindergartens and other units"),
    "phone": N_("Telephone numbers"),
}


@dataclass(frozen=True)
class Graded:
    """A protected address. `lower`: what the register says now, when that is less; empty otherwise."""

    id: UUID
    who: str
    level: str
    source: str
    paper: str
    at: datetime
    review_on: date | None
    late: bool
    ended_at: datetime | None
    lower: str


@dataclass(frozen=True)
class Door:
    """A parent, and whether the child's pages are open to that parent."""

    person: UUID
    who: str
    open: bool


def graded(actor: Actor, child: UUID, today: date) -> list[Graded]:
    """Levels around a child, those that hold first."""
    rows = list(visible_gradings(actor).filter(child_id=child).order_by("-ended_at", "-rank", "at", "id"))
    if not rows:
        return []
    names = _names({one.person_id for one in rows})
    says = ground.register_says(child)
    return [
        Graded(
            id=one.pk,
            who=names.get(one.person_id, ""),
            level=gettext(LEVELS[one.level][1]),
            source=gettext(SOURCES[one.source]),
            paper=one.paper,
            at=one.at,
            review_on=one.review_on,
            late=one.is_open and one.review_on is not None and one.review_on <= today,
            ended_at=None if one.is_open else one.ended_at,
            lower=gettext(LEVELS[says[one.pk]][1]) if one.pk in says else "",
        )
        for one in rows
    ]


def doors(actor: Actor, child: UUID) -> list[Door]:
    """For whom the pages of a protected child are open or closed; none when no address is protected."""
    if not visible_gradings(actor).filter(child_id=child, rank__gt=0, ended_at=FOREVER).exists():
        return []
    people = ground.family(child)
    opened = visible_openings(actor).filter(child_id=child, until=FOREVER).values_list("person_id", flat=True)
    names, shut = _names(people), ground.kept_away(child)
    found = [Door(one, names.get(one, ""), one in set(opened) and one not in shut) for one in people]
    return sorted(found, key=lambda door: (not door.open, door.who))


def known_places(actor: Actor, child: UUID) -> list[tuple[str, int]]:
    """How many of each sort are known."""
    rows = visible_places(actor).filter(child_id=child).order_by("sort").values_list("sort").annotate(Count("id"))
    return [(gettext(PLACES[sort]), count) for sort, count in rows]


def closed_for(actor: Actor, child: UUID) -> list[tuple[str, str]]:
    """Those of the family for whom the pages are closed and may be opened, as choices."""
    names = _names(ground.kept_away(child).difference(shut_by_decision(actor, child)))
    return sorted(((str(person), name) for person, name in names.items()), key=lambda pair: pair[1])


def household(child: UUID) -> list[tuple[str, str]]:
    """The child and its parents, as choices."""
    names = _names({child, *ground.family(child)})
    return [(str(person), names[person]) for person in sorted(names, key=lambda one: (one != child, names[one]))]


@dataclass(frozen=True)
class LookShown:
    """Somebody opened pages about a protected child; which child it was is not told."""

    who: str
    unit: str
    at: datetime
    times: int


def looks(actor: Actor) -> list[LookShown]:
    """The latest, newest first."""
    rows = list(visible_looks(actor).order_by("-at", "id")[:LATEST])
    names = _names({one.reader_id for one in rows})
    units = dict(Unit.objects.filter(pk__in={one.unit for one in rows if one.unit}).values_list("pk", "name"))
    return [
        LookShown(names.get(one.reader_id, ""), units.get(one.unit, "") if one.unit else "", one.at, one.times)
        for one in rows
    ]


def _names(people: set[UUID] | frozenset[UUID]) -> dict[UUID, str]:
    return {one.person_id: one.full for one in Name.objects.filter(person_id__in=people)}
