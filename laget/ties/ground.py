"""Asks the database for what the one who acts may not see: each function is one narrow question or consequence."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection


def _rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def declare(child: UUID, position: UUID, relation: str, words: str, *, lawful: bool) -> UUID | None:
    """The new tie; kept away at once when it is lawful. None when no other leader is there to take it on."""
    made: UUID | None = _rows("SELECT ties_declare(%s, %s, %s, %s, %s)", child, position, relation, words, lawful)[0][0]
    return made


def put_forward(child: UUID, position: UUID, relation: str, words: str) -> UUID | None:
    """As `declare`, about somebody else in the team; nobody is kept away before the leader decides."""
    made: UUID | None = _rows("SELECT ties_raise(%s, %s, %s, %s)", child, position, relation, words)[0][0]
    return made


def leaders(tie: UUID) -> list[UUID]:
    """Who decides about it, or finds somebody else."""
    return [row[0] for row in _rows("SELECT ties_leaders(%s)", tie)]


def registered(tie: UUID) -> bool:
    """Whether a tie that was found in the register still stands there; for the leader who decides about it."""
    return bool(_rows("SELECT ties_registered(%s)", tie)[0][0])


def rule(tie: UUID, outcome: str, reason: str) -> tuple[UUID, UUID]:
    """The child and the worker; refused by the database for others than the leader."""
    child, worker = _rows("SELECT child, worker FROM ties_rule(%s, %s, %s)", tie, outcome, reason)[0]
    return child, worker


def to_tell(tie: UUID) -> list[tuple[UUID, UUID, str, str]]:
    """(child, person, capacity, why) of those who must know what the one who acts has just decided: why is `joined`
    where a place was given back, `answered` for the one who put it forward. Empty at any other time."""
    rows = _rows("SELECT child, person, capacity, why FROM ties_to_tell(%s) ORDER BY person, capacity, why", tie)
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def untold() -> list[tuple[UUID, UUID, UUID]]:
    """(tie, child, worker) that the register has shut out since this was asked last. Each is given out once."""
    return [(row[0], row[1], row[2]) for row in _rows("SELECT tie, child, worker FROM ties_untold()")]


def undecided(today: date, next_due: date) -> list[tuple[UUID, UUID, UUID, UUID, bool]]:
    """For the worker: (objection, tie, child, worker, gone on to another) of those past their day."""
    rows = _rows("SELECT objection, tie, child, worker, moved FROM ties_undecided(%s, %s)", today, next_due)
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]
