"""Asks the database for what the one who acts may not see: each function is one narrow question or consequence."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

_TOO_MANY = "54000"


class TooManyLookups(Exception):
    """This person has asked for too many children in an hour."""


_REGISTERING = (0x1A6E7, 2)


def _rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def register(position: UUID, typed: dict[str, Any], asking_until: datetime, family_until: datetime) -> UUID:
    """The child's id, whether it was known or not. Raises TooManyLookups."""
    found: UUID = _looked_up(
        "SELECT families_take(%s, %s::jsonb, %s, %s)", position, json.dumps(typed), asking_until, family_until
    )
    return found


def add_parent(child: UUID, typed: dict[str, Any]) -> UUID | None:
    """The tie of a parent who was not known as one; None when there is such a tie already. Raises TooManyLookups."""
    found: UUID | None = _looked_up("SELECT families_add_parent(%s, %s::jsonb)", child, json.dumps(typed))
    return found


def _looked_up(question: str, *values: Any) -> Any:
    try:
        with transaction.atomic():
            # One registration at a time: the next one's own statement then sees the person that this one made.
            _rows("SELECT pg_advisory_xact_lock(%s, %s)", *_REGISTERING)
            return _rows(question, *values)[0][0]
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", "") == _TOO_MANY:
            raise TooManyLookups from None
        raise


def typed_parents(child: UUID, typed: dict[str, Any]) -> list[UUID | None]:
    """Who each typed parent became, in the order typed."""
    rows = _rows("SELECT place, person FROM families_typed(%s, %s::jsonb)", child, json.dumps(typed))
    return [row[1] for row in rows]


def claim_confirmers(claim: UUID) -> tuple[list[UUID], list[UUID]]:
    """Who may answer what the actor has claimed: others who take part in the case, and leaders."""
    rows = _rows("SELECT person, around FROM families_claim_confirmers(%s)", claim)
    beside = [person for person, around in rows if around]
    return beside, [person for person, around in rows if not around]


def register_claimed(claim: UUID, family_until: datetime) -> UUID | None:
    """The tie as two people say that it is, with the seat; None when it can't be registered any more."""
    found: UUID | None = _rows("SELECT families_register_claimed(%s, %s)", claim, family_until)[0][0]
    return found


def claims_fallen() -> list[tuple[UUID, UUID, UUID]]:
    """For the worker: (claim, child, the one who asked) of those that nobody confirmed and registered in time."""
    return [(row[0], row[1], row[2]) for row in _rows("SELECT claim, child, asked_by FROM families_claims_fall()")]


_without_a_say: list[Callable[[UUID], frozenset[UUID]]] = []


def without_a_say_come_from(source: Callable[[UUID], frozenset[UUID]]) -> None:
    """A higher room says which parents are not asked, since the law leaves the other to decide (called once)."""
    _without_a_say[:] = [source]


def responsible(child: UUID) -> list[tuple[UUID, bool]]:
    """The child's parents: person, and whether parental responsibility is proven. Without those who have no say.

    Who has lost it by the word of one still has a say, and nothing new is shared without it: see `lost`.
    """
    return [(person, proven or lost) for person, proven, lost in _with_a_say(child)]


def lost(child: UUID) -> frozenset[UUID]:
    """Parents who have parental responsibility no more, as one has registered and no second person has confirmed."""
    return frozenset(person for person, _proven, lost in _with_a_say(child) if lost)


def _with_a_say(child: UUID) -> list[tuple[UUID, bool, bool]]:
    rows = _rows("SELECT person, proven, lost FROM families_responsible(%s) ORDER BY person", child)
    silent = frozenset().union(*(source(child) for source in _without_a_say))
    return [(row[0], row[1], row[2]) for row in rows if row[0] not in silent]


def in_care(child: UUID) -> bool:
    """Whether child welfare has the care by an order that is registered. Never shown to one who only asks."""
    return bool(_rows("SELECT families_in_care(%s)", child)[0][0])


def reachable(child: UUID) -> frozenset[UUID]:
    """Those of the family to whom a notice may go."""
    return frozenset(row[0] for row in _rows("SELECT families_reachable(%s)", child))


def closed_to(request: UUID) -> bool:
    """Whether nothing may be told to the one who asks in this request. Never says why."""
    return bool(_rows("SELECT families_closed_to(%s)", request)[0][0])


def name_newborn(child: UUID, given: str, given_key: str) -> bool:
    """Give an expected child its given name; only while it has no birth date. The family name stays."""
    return bool(_rows("SELECT families_name_newborn(%s, %s, %s)", child, given, given_key)[0][0])
