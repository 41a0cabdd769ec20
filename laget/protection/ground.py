"""Asks the database for what the one who acts may not see: each function is one narrow question."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection


def _rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def without_a_say(child: UUID) -> frozenset[UUID]:
    """Parents who are kept away and whose consent the law does not ask for; ids only."""
    return frozenset(row[0] for row in _rows("SELECT protection_without_a_say(%s)", child))


def kept_away(child: UUID) -> frozenset[UUID]:
    """Those of the family who are kept away now, for workers in the child's case; empty for everybody else."""
    return frozenset(row[0] for row in _rows("SELECT protection_kept_away(%s)", child))


def family(child: UUID) -> frozenset[UUID]:
    """Parents and guardians of a child in whose case the actor takes part; ids only."""
    return frozenset(row[0] for row in _rows("SELECT protection_family(%s)", child))


def confirmers(proposal: UUID) -> list[UUID]:
    """Who may answer what the actor has asked for: leaders who have nothing to do with the child in private."""
    return [row[0] for row in _rows("SELECT protection_confirmers(%s)", proposal)]
