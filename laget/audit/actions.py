"""The two writers of the record: `record` for what was done, `read` for what was shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from laget.audit.models import Entry, Reading
from laget.kernel.actor import Actor

_recorded: ContextVar[list[str] | None] = ContextVar("recorded", default=None)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Collect the events recorded inside, so that an action can prove that it was recorded."""
    seen: list[str] = []
    token = _recorded.set(seen)
    try:
        yield seen
    finally:
        _recorded.reset(token)
        outer = _recorded.get()
        if outer is not None:
            outer.extend(seen)


def record(  # noqa: PLR0913 - a row of the record has these columns
    actor: Actor,
    event: str,
    *,
    child: UUID | None = None,
    object_id: UUID | None = None,
    position: UUID | None = None,
    cause: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """Add one row: `event` as "room.what_happened"; `details` holds codes and ids, never names or text."""
    own = position or (actor.positions[0] if actor.positions else None)
    Entry(
        person=actor.person,
        capacity=actor.capacity,
        position=own,
        event=event,
        child=child,
        object_id=object_id,
        cause=cause,
        details=details or {},
    ).save(force_insert=True)
    seen = _recorded.get()
    if seen is not None:
        seen.append(event)


def read(
    actor: Actor,
    page: str,
    *,
    children: Iterable[UUID],
    object_id: UUID | None = None,
    kinds: Iterable[str] = (),
    ground: str = "",
) -> None:
    """Add one row for a page that is about to be shown."""
    _reading(actor, page, children, object_id, kinds, ground).save(force_insert=True)


def read_several(actor: Actor, page: str, some: Mapping[frozenset[str], Iterable[UUID]]) -> None:
    """The same for a page about several children: a row for those of whom it could show the same kinds."""
    Reading.objects.bulk_create([_reading(actor, page, children, None, kinds, "") for kinds, children in some.items()])


def _reading(  # noqa: PLR0913 - a reading has these columns
    actor: Actor, page: str, children: Iterable[UUID], object_id: UUID | None, kinds: Iterable[str], ground: str
) -> Reading:
    place = actor.places[0] if actor.places else None
    return Reading(
        person=actor.person,
        capacity=actor.capacity,
        position=place.position if place else None,
        service=place.service if place else None,
        page=page,
        children=list(dict.fromkeys(children)),
        object_id=object_id,
        kinds=sorted(set(kinds)),
        ground=ground,
    )
