"""Asks the database for what time does to reports: those over their day, and those that still wait for an answer."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection


def _rows(question: str, *values: date) -> list[tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[UUID, UUID]] = cursor.fetchall()
    return found


def sweep(today: date, left_before: datetime) -> list[UUID]:
    """For the worker: deletes what is over its day, and what belongs to those who have left. Answers opaque ids."""
    return [report for report, _owner in _rows("SELECT report, owner FROM exchange_sweep(%s, %s)", today, left_before)]


def unanswered(today: date) -> list[tuple[UUID, UUID]]:
    """For the worker: (report, writer) of those whose day of answer has passed, each once for each day."""
    return _rows("SELECT report, owner FROM exchange_unanswered(%s)", today)
