"""Asks the database for what the one who acts, or the clock, may not see all of in the plan."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection


def choices_due(day: date) -> list[tuple[str, UUID, UUID, UUID, datetime]]:
    """For the worker: (goal, measure or matter; its id; child; who looks; since) of what is to be looked at by then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sort, id, child, person, since FROM plans_choices_due(%s)", [day])
        return [tuple(row) for row in cursor.fetchall()]


def unlooked(child: UUID) -> bool:
    """Whether something in the plan from before the child had a place waits to be looked through."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans_unlooked(%s)", [child])
        return bool(cursor.fetchone()[0])


def lookers(child: UUID) -> list[UUID]:
    """Those of the services who take part around a child with a plan; for whoever has just opened its page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans_lookers(%s)", [child])
        return [person for (person,) in cursor.fetchall()]


def finish_under(goal: UUID) -> None:
    """All that is done towards a goal that has just ended ends with it, whoever reads it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans_finish_under(%s)", [goal])
