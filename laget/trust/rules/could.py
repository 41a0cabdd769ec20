"""Who could see what about a child in an interval: seats and covers intersected, forbids taken away, all of it dated.

The same rule as the two locks of `sight`, asked of the past: a worker needs a seat for a service, held by a position
that lasts, and a cover for that service; a family seat needs no cover; who asks for consent knows who the child is; a
forbid beats all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laget.kernel.period import BEGINNING, FOREVER, Period
from laget.law.kinds import Kind

ASKING, SERVICE = "asking", "service"


@dataclass(frozen=True)
class Seat:
    """A place around the child. `works`: the time its position lasts; None for the family."""

    id: UUID
    person: UUID
    kind: str
    period: Period
    origin: str
    service: UUID | None = None
    works: Period | None = None
    health_until: datetime = FOREVER
    """For a parent: until when the place lets know the child's health."""


@dataclass(frozen=True)
class Cover:
    """What a service might know, by which consent or other ground."""

    id: UUID
    service: UUID
    kind: str
    period: Period
    origin: str
    origin_id: UUID | None = None
    log_from: datetime = BEGINNING
    plan_from: datetime = BEGINNING


@dataclass(frozen=True)
class Forbid:
    """Kept away; `capacity` names the one in which it holds, empty for both."""

    person: UUID
    period: Period
    capacity: str = ""


@dataclass(frozen=True)
class Asked:
    """The interval, the kinds of information, and perhaps when it was written, in the log or the plan."""

    window: Period
    kinds: frozenset[str]
    written: datetime | None = None
    part: str = ""


@dataclass(frozen=True)
class Could:
    """This person could see this kind of information in this time, by this seat and (for a service) this cover."""

    person: UUID
    kind: str
    period: Period
    seat: Seat
    cover: Cover | None = None


def meet(one: Period, other: Period) -> Period | None:
    """What two periods have in common, or None."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Period(start, end) if start < end else None


def without(whole: Period, holes: Iterable[Period]) -> list[Period]:
    """What is left of a period when others are taken away."""
    left = [whole]
    for hole in holes:
        left = [piece for one in left for piece in _cut(one, hole)]
    return left


def _cut(one: Period, hole: Period) -> Iterator[Period]:
    if meet(one, hole) is None:
        yield one
        return
    if one.start < hole.start:
        yield Period(one.start, hole.start)
    if hole.end < one.end:
        yield Period(hole.end, one.end)


def _reaches(cover: Cover, asked: Asked) -> bool:
    """Whether the cover goes back to when it was written; without a part, either the log or the plan is enough."""
    if asked.written is None:
        return True
    back = {"log": cover.log_from, "plan": cover.plan_from}
    return back.get(asked.part, min(cover.log_from, cover.plan_from)) <= asked.written


def _known(seat: Seat, kind: str) -> Period | None:
    """When a place of the family, or by emergency, gave this kind: health as long as it lets know it."""
    return meet(seat.period, Period(BEGINNING, seat.health_until)) if kind == Kind.HEALTH else seat.period


def _by(seat: Seat, covers: Iterable[Cover], asked: Asked) -> Iterator[tuple[str, Period, Cover | None]]:
    """Each kind and time that a seat gave, before forbids."""
    if seat.kind == ASKING:
        yield from ((kind, seat.period, None) for kind in asked.kinds & {Kind.IDENTITY.value})
    elif seat.kind == SERVICE:
        for cover in covers:
            both = meet(seat.period, cover.period)
            if both and cover.service == seat.service and cover.kind in asked.kinds and _reaches(cover, asked):
                yield cover.kind, both, cover
    else:  # the family, and an emergency opening, which needs no cover
        times = ((kind, _known(seat, kind)) for kind in sorted(asked.kinds))
        yield from ((kind, time, None) for kind, time in times if time)


def could_see(seats: Iterable[Seat], covers: Iterable[Cover], forbids: Iterable[Forbid], asked: Asked) -> list[Could]:
    """Everybody who could see any of it, with the seat and the cover that gave it, by person and time."""
    covers, barred = list(covers), list(forbids)
    found = []
    for seat in seats:
        capacity = "citizen" if seat.works is None else "worker"
        holes = [one.period for one in barred if one.person == seat.person and one.capacity in ("", capacity)]
        working = Period(BEGINNING) if seat.works is None else seat.works
        for kind, given, cover in _by(seat, covers, asked):
            held = meet(given, working)
            inside = meet(held, asked.window) if held else None
            pieces = without(inside, holes) if inside else []
            found += [Could(seat.person, kind, piece, seat, cover) for piece in pieces]
    return sorted(found, key=lambda one: (one.person.int, one.period.start, one.kind, one.seat.id.int))


def unexplained(times: Iterable[tuple[UUID, datetime]], could: Iterable[Could]) -> set[tuple[UUID, datetime]]:
    """Readings by a person at a time when nothing gave that person sight: each of them is to be looked into."""
    held: dict[UUID, list[Period]] = {}
    for one in could:
        held.setdefault(one.person, []).append(one.period)
    return {(who, at) for who, at in times if not any(period.holds(at) for period in held.get(who, ()))}
