"""Asks the database for what the one who acts may not do alone: a way in begins and ends with what hangs on it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection


def _one(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]


def set_up(
    child: UUID, position: UUID, name: bytes, letter: bytes, letter_until: datetime, said: dict[str, Any]
) -> UUID:
    """The id of the new set-up. `said`: id, person, checked, words, maturity, agreed, handed, trusted (a position)."""
    made: UUID = _one(
        "SELECT participation_set_up(%s, %s, %s, %s, %s, %s::jsonb)",
        child, position, name, letter, letter_until, json.dumps(said),
    )  # fmt: skip
    return made


def end(setup: UUID) -> bool:
    """The way in ends, with every session that stands on it; False when it had ended already."""
    return bool(_one("SELECT participation_end(%s)", setup))


def unanswered(subject: UUID, person: UUID) -> bool:
    """Whether this person has said that it does not want to answer this now. For jobs, which see no rows."""
    return bool(_one("SELECT participation_not_now(%s, %s)", subject, person))
