"""Asks the database for what the one who acts may not see: each function is one narrow question or consequence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

_TOO_MANY = "54000"


class TooManyLookups(Exception):
    """This worker has asked for too many children in an hour."""


def _rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def ask(number: bytes, position: UUID, reason: str, words: str, review_by: date) -> UUID | None:
    """The new opening, not opened yet; None when there is nothing that can be opened. Raises TooManyLookups."""
    try:
        with transaction.atomic():
            found = _rows("SELECT emergency_ask(%s, %s, %s, %s, %s)", number, position, reason, words, review_by)
            made: UUID | None = found[0][0]
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", "") == _TOO_MANY:
            raise TooManyLookups from None
        raise
    return made


def behind(opening: UUID) -> list[str]:
    """The sorts of services that know something, for the one who asked."""
    return [row[0] for row in _rows("SELECT emergency_behind(%s)", opening)]


def open_up(opening: UUID, wait_because: str) -> datetime:
    """Gives the seat; until when. Refused by the database when it was not just asked for."""
    until: datetime = _rows("SELECT emergency_open(%s, %s)", opening, wait_because)[0][0]
    return until


def end(opening: UUID) -> bool:
    return bool(_rows("SELECT emergency_end(%s)", opening)[0][0])


def to_tell(opening: UUID) -> dict[str, list[UUID]]:
    """Who is told, by part: leader, control, family."""
    found: dict[str, list[UUID]] = {"leader": [], "control": [], "family": []}
    for person, part in _rows("SELECT person, part FROM emergency_to_tell(%s) ORDER BY person", opening):
        found[part].append(person)
    return found


def told(opening: UUID) -> bool:
    """Whether the family may know now and has not been told before: then it counts as told."""
    return bool(_rows("SELECT emergency_told(%s)", opening)[0][0])


def wait(opening: UUID, until: datetime, reason: str) -> None:
    _rows("SELECT emergency_wait(%s, %s, %s)", opening, until, reason)


def review(opening: UUID, outcome: str, words: str) -> None:
    _rows("SELECT emergency_review(%s, %s, %s)", opening, outcome, words)


def readings(opening: UUID) -> list[tuple[datetime, str]]:
    """(time, page) of what was read under it, for whoever controls it."""
    return [(row[0], row[1]) for row in _rows("SELECT at, page FROM emergency_readings(%s)", opening)]


def child(opening: UUID) -> tuple[str, date | None]:
    found = _rows("SELECT called, born FROM emergency_child(%s)", opening)
    return (found[0][0], found[0][1]) if found else ("", None)


def people(opening: UUID) -> list[tuple[Any, ...]]:
    """(name, title, service, telephone, holds the baton)."""
    return _rows("SELECT called, title, service, phone, holds FROM emergency_people(%s)", opening)


def parents(opening: UUID) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in _rows("SELECT called, relation FROM emergency_parents(%s)", opening)]


def entries(opening: UUID) -> list[tuple[Any, ...]]:
    """(id, time, kind, words, author, service), newest first."""
    return _rows("SELECT id, at, kind, words, author, service FROM emergency_entries(%s)", opening)
