"""Asks the database for what the one who acts may not do alone: a way in begins and ends with what hangs on it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection


def _one(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]


def set_up(  # noqa: PLR0913 - as the function of the database
    child: UUID, position: UUID, name: bytes | None, letter: bytes | None, letter_until: datetime, said: dict[str, Any]
) -> UUID:
    """The id of the new set-up; without a name and a letter only the child's own page opens.

    `said`: id, person, checked, words, maturity, agreed, handed, trusted (a position).
    """
    made: UUID = _one(
        "SELECT participation_set_up(%s, %s, %s, %s, %s, %s::jsonb)",
        child, position, name, letter, letter_until, json.dumps(said),
    )  # fmt: skip
    return made


def end(setup: UUID) -> bool:
    """The way in ends, with every session that stands on it; False when it had ended already."""
    return bool(_one("SELECT participation_end(%s)", setup))


def share_health(child: UUID, person: UUID, until: datetime, why: str, position: UUID | None = None) -> bool:
    """A parent knows the health of a young person until then; False when it stands as asked already.

    False too when it would be opened to a parent whose responsibility is not proven.
    """
    return bool(_one("SELECT participation_share_health(%s, %s, %s, %s, %s)", child, person, until, why, position))


@dataclass(frozen=True)
class Ending:
    """What lets a parent know a young person's health: when it ends, who decided it, and who may decide it now."""

    child: UUID
    ends: datetime
    decider: UUID | None
    carers: tuple[UUID, ...]


def health_ends(after: datetime, before: datetime) -> list[Ending]:
    """For the worker: what ends after the one moment, and no later than the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT child, ends, decider, carers FROM participation_health_ends(%s, %s)", [after, before])
        return [Ending(child, ends, decider, tuple(carers)) for child, ends, decider, carers in cursor.fetchall()]


def unanswered(subject: UUID, person: UUID) -> bool:
    """Whether this person has said that it does not want to answer this now. For jobs, which see no rows."""
    return bool(_one("SELECT participation_not_now(%s, %s)", subject, person))


@dataclass(frozen=True)
class Near:
    """A child whose birthday is near, and those of its family who can sign in and are not kept away."""

    child: UUID
    born: date
    family: tuple[UUID, ...]


def birthdays(births: Collection[date]) -> list[Near]:
    """For the worker: children born on these days around whom somebody has a place now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT child, born, family FROM participation_birthdays(%s)", [sorted(births)])
        return [Near(child, born, tuple(family)) for child, born, family in cursor.fetchall()]
