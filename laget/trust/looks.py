"""Puts readings together by day and person, so that a family sees who looked at what, why and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Aggregate, Count, Max, QuerySet, UUIDField
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from laget.audit.models import Reading
from laget.directory.access import visible_services
from laget.directory.models import Service
from laget.kernel.actor import Actor
from laget.law.kinds import LABELS, Kind
from laget.people.models import Name
from laget.sight.models import Seat
from laget.trust.access import readings_of, service_seats
from laget.trust.models import Question
from laget.trust.words import HIDDEN_SORTS, UNKNOWN, ground, ground_of_page, ground_of_reading, shown

OSLO = ZoneInfo("Europe/Oslo")
ROWS = 40


class Latest(Aggregate):
    """The id of the latest of the readings that are counted together."""

    template = '(array_agg(%(expressions)s ORDER BY "audit_reading"."at" DESC))[1]'


@dataclass(frozen=True)
class Look:
    """One page read by one person on one day."""

    what: str
    codes: frozenset[str]
    times: int
    last: datetime


@dataclass
class Visitor:
    """One person on one day: name or role, organisation, ground, and what was read."""

    name: str
    role: str
    service: str
    ground: str
    reading: UUID
    looks: list[Look] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        """The kinds of information that were shown, in the order of the law's list."""
        codes = frozenset[str]().union(*(look.codes for look in self.looks))
        return [_(LABELS[kind]) for kind in Kind if kind in codes]


@dataclass(frozen=True)
class Day:
    day: date
    visitors: list[Visitor]


@dataclass(frozen=True)
class Known:
    """What is needed to put names, services and grounds to readings."""

    names: dict[UUID, str]
    services: dict[UUID, Service]
    seats: dict[UUID, list[Seat]]


def looks(
    actor: Actor, child: UUID, page: str | None, asked: list[Question]
) -> tuple[list[Day], list[Visitor], Page[Any]]:
    """One page of who has looked, newest first, and who it was in what was asked. Five statements at most."""
    found = _together(readings_of(actor, child)).order_by("-last", "page")
    shown_now = Paginator(found, ROWS).get_page(page)
    rows: list[Any] = list(shown_now.object_list)
    about = [_row(one) for one in asked]
    known = _known(actor, child, [*rows, *about])
    by_day = groupby(rows, key=lambda row: row["day"])
    days = [Day(day, _visitors(known, list(some))) for day, some in by_day]
    return days, [_visitor(known, row) for row in about], shown_now


def _row(asked: Question) -> dict[str, Any]:
    """A question's reading, as it was when it was asked about."""
    service = asked.unit.service_id if asked.unit else None
    return {
        "person": asked.reader_id, "service": service, "page": asked.page, "last": asked.looked_at, "reading": asked.pk,
    }  # fmt: skip


def visit(actor: Actor, child: UUID, reading: UUID) -> Visitor | None:
    """One reading by a service of this child's pages, as far as the family may know of it."""
    rows = list(_together(readings_of(actor, child).filter(pk=reading)))
    return next(iter(_visitors(_known(actor, child, rows), rows))) if rows else None


def _together(readings: QuerySet[Reading]) -> QuerySet[Any, Any]:
    """Those of one person, page and day as one row."""
    by_day = readings.annotate(day=TruncDate("at", tzinfo=OSLO)).values(
        "day", "person", "service", "page", "kinds", "ground"
    )
    return by_day.annotate(times=Count("pk"), last=Max("at"), reading=Latest("pk", output_field=UUIDField()))


def _known(actor: Actor, child: UUID, rows: list[dict[str, Any]]) -> Known:
    people = {row["person"] for row in rows}
    seats: dict[UUID, list[Seat]] = {}
    for seat in service_seats(actor, child, people):
        seats.setdefault(seat.person_id, []).append(seat)
    names = {name.person_id: name.full for name in Name.objects.filter(person_id__in=people)}
    services = {row["service"] for row in rows if row["service"]}
    held = visible_services(actor).filter(pk__in=services)
    return Known(names, {one.pk: one for one in held}, seats)


def _visitors(known: Known, rows: Iterable[dict[str, Any]]) -> list[Visitor]:
    """The day's people, latest first; one person for one service and one ground is one visitor."""
    found: dict[tuple[str, ...], Visitor] = {}
    for row in rows:
        visitor = _visitor(known, row)
        key = (str(row["person"]), visitor.service, visitor.ground)
        found.setdefault(key, visitor).looks.append(_look(row))
    for visitor in found.values():
        visitor.looks = _alike(visitor.looks)
    return list(found.values())


def _alike(looks: Iterable[Look]) -> list[Look]:
    """Pages that are called the same are told of once, as often and as late as they were read; the latest first."""
    found: dict[str, list[Look]] = {}
    for look in looks:
        found.setdefault(look.what, []).append(look)
    return [
        Look(
            what, frozenset[str]().union(*(one.codes for one in some)), sum(one.times for one in some),
            max(one.last for one in some),
        )
        for what, some in found.items()
    ]  # fmt: skip


def _visitor(known: Known, row: dict[str, Any]) -> Visitor:
    """The seat held at that moment says for which service somebody looked; without one, the record does."""
    held = known.seats.get(row["person"], [])
    seat = next((one for one in held if one.since <= row["last"] < one.until), None)
    said = ground_of_reading(row.get("ground", "")) or ground_of_page(row["page"])
    why = said or (ground(seat.kind, seat.origin) if seat else _(UNKNOWN))
    position = seat.position if seat else next((one.position for one in held if one.position), None)
    service = position.unit.service if seat and position else known.services.get(row["service"])
    if service and service.sort in HIDDEN_SORTS:
        return Visitor(_("One who works there"), "", _("A service that helps and protects"), why, row["reading"])
    name, role = _called(known.names.get(row["person"], ""), position.title if position else "")
    return Visitor(name, role, service.name if service else "", why, row["reading"])


def _called(name: str, title: str) -> tuple[str, str]:
    """Name and role, or the role alone: the municipality decides which (moves to its guide)."""
    if settings.LAGET_READERS_BY_ROLE or not name:
        return title or _("One who works there"), ""
    return name, title


def _look(row: dict[str, Any]) -> Look:
    return Look(shown(row["page"]), frozenset(row["kinds"]), row["times"], row["last"])
