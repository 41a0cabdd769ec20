"""Asks the database for a consequence in the plan that the one who acts may not see all of."""

from __future__ import annotations

from uuid import UUID

from django.db import connection


def finish_under(goal: UUID) -> None:
    """All that is done towards a goal that has just ended ends with it, whoever reads it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans_finish_under(%s)", [goal])
