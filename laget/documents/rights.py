"""What files belong to is known by higher rooms: each registers its sort at start; an unknown sort shows nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from laget.kernel.actor import Actor
from laget.kernel.verdict import Verdict, refuse

Sight = Callable[[Actor], QuerySet[Any]]
MayAdd = Callable[[Actor, UUID], Verdict]
Hold = Callable[[Actor, UUID], None]
_sorts: dict[str, tuple[Sight, MayAdd, Hold]] = {}


def register(sort: str, sight: Sight, may_add: MayAdd, hold: Hold) -> None:
    """sight(actor): the things of this sort that the actor sees. may_add(actor, id): may a file be added to this?

    hold(actor, id): wait until nobody else moves what decides that, to the end of the transaction.
    """
    _sorts[sort] = (sight, may_add, hold)


def sights() -> dict[str, Sight]:
    return {sort: sight for sort, (sight, _may, _hold) in _sorts.items()}


def may_add(actor: Actor, sort: str, of: UUID) -> Verdict:
    """As the room says that knows what the file will belong to."""
    return _sorts[sort][1](actor, of) if sort in _sorts else refuse("")


def hold(actor: Actor, sort: str, of: UUID) -> None:
    """As the room holds it that knows what the file will belong to."""
    _sorts[sort][2](actor, of)
