"""Asks the database about deputies: who could stand in, for how many batons, and what follows; never which child."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection


@dataclass(frozen=True)
class StoodIn:
    """One baton for whose holder somebody stands in, or no longer does: ids for the record and for notices."""

    deputy: UUID
    case: UUID
    child: UUID
    family: tuple[UUID, ...]
    holder: UUID | None = None


@dataclass(frozen=True)
class Load:
    """How many batons lie in a position, and how many of them somebody stands in for now."""

    held: int = 0
    covered: int = 0


def _rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _people(said: Any) -> tuple[UUID, ...]:
    return tuple(UUID(one) for one in (json.loads(said) if isinstance(said, str) else said))


def workload() -> dict[UUID, Load]:
    """By position, for those that the actor answers for."""
    rows = _rows("SELECT place, held, covered FROM cases_workload()")
    return {place: Load(held, covered) for place, held, covered in rows}


def colleagues(position: UUID) -> dict[UUID, int]:
    """Positions in the same service, with how many of the batons each could carry; none for those outside."""
    return dict(_rows("SELECT place, batons FROM cases_could_stand_in(%s)", position))


def stand_in(
    holder: UUID, by: UUID, since: datetime, until: datetime, cases: list[UUID] | None
) -> tuple[UUID | None, list[StoodIn]]:
    """The absence, and what the colleague stands in for; nothing where the colleague can carry none of them."""
    rows = _rows(
        "SELECT absence, deputy, of_case, child, family FROM cases_stand_in(%s, %s, %s, %s, %s)",
        holder, by, since, until, cases,
    )  # fmt: skip
    found = [StoodIn(row[1], row[2], row[3], _people(row[4])) for row in rows]
    return (rows[0][0] if rows else None), found


def end(absence: UUID) -> list[StoodIn]:
    """Those for whom it has ended now."""
    rows = _rows("SELECT deputy, of_case, child, family FROM cases_absence_ends(%s)", absence)
    return [StoodIn(row[0], row[1], row[2], _people(row[3])) for row in rows]


def stood_in(case: UUID) -> list[UUID]:
    """Who stood in for the holder of a baton that ends in this transaction, until now or from later on."""
    return [row[0] for row in _rows("SELECT cases_stood_in(%s)", case)]


def lapsed(case: UUID | None) -> list[StoodIn]:
    """Those who can stand in no longer, in one case or in all: it has ended now."""
    rows = _rows("SELECT deputy, of_case, child, family, holder FROM cases_deputies_lapse(%s)", case)
    return [StoodIn(row[0], row[1], row[2], _people(row[3]), row[4]) for row in rows]
