"""The only writers of seats and covers. The rooms above own the stories and call these in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import F
from django.db.models.functions import Greatest, Now

from laget.kernel.period import BEGINNING, FOREVER
from laget.sight.models import Cover, Seat, SeatKind


def give_seat(  # noqa: PLR0913 - a fact has these columns
    *,
    child: UUID,
    person: UUID,
    kind: SeatKind,
    position: UUID | None = None,
    until: datetime = FOREVER,
    origin: str,
    origin_id: UUID | None = None,
) -> UUID:
    """A person takes a place around a child, from now. Answers the seat's id."""
    seat = Seat(
        pk=uuid4(), child_id=child, person_id=person, kind=kind, position_id=position, since=Now(), until=until,
        origin=origin, origin_id=origin_id,
    )  # fmt: skip
    seat.save(force_insert=True)
    return seat.pk


def end_seats(
    *,
    child: UUID,
    kinds: Iterable[SeatKind],
    person: UUID | None = None,
    origin_id: UUID | None = None,
    seat: UUID | None = None,
) -> int:
    """End the seats of these kinds around a child now (of one person, of one origin, or one seat). Answers how many."""
    seats = Seat.objects.filter(child_id=child, kind__in=list(kinds), until__gt=Now())
    if person is not None:
        seats = seats.filter(person_id=person)
    if origin_id is not None:
        seats = seats.filter(origin_id=origin_id)
    if seat is not None:
        seats = seats.filter(pk=seat)
    return seats.update(until=Greatest(F("since"), Now()))


def begin_cover(  # noqa: PLR0913 - a fact has these columns
    *,
    child: UUID,
    service: UUID,
    kind: str,
    purpose: str,
    until: datetime = FOREVER,
    log_from: datetime | None = BEGINNING,
    plan_from: datetime | None = BEGINNING,
    origin: str,
    origin_id: UUID,
) -> None:
    """A service may know a kind of information about a child, from now. A `from` of None means from now."""
    Cover(
        pk=uuid4(), child_id=child, service_id=service, kind=kind, purpose=purpose, since=Now(), until=until,
        log_from=Now() if log_from is None else log_from, plan_from=Now() if plan_from is None else plan_from,
        origin=origin, origin_id=origin_id,
    ).save(force_insert=True)  # fmt: skip


def end_covers(
    *, child: UUID, service: UUID | None = None, kinds: Iterable[str] | None = None, origin_id: UUID | None = None
) -> int:
    """End covers for a child now: of one service, some kinds, one origin, or all. Answers how many."""
    covers = Cover.objects.filter(child_id=child, until__gt=Now())
    if service is not None:
        covers = covers.filter(service_id=service)
    if kinds is not None:
        covers = covers.filter(kind__in=list(kinds))
    if origin_id is not None:
        covers = covers.filter(origin_id=origin_id)
    return covers.update(until=Greatest(F("since"), Now()))
