"""Asks the database for what the one who acts may not see: each function is one narrow question or consequence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

_TOO_MANY = "54000"


class TooManyLookups(Exception):
    """This officer has named too many children in an hour."""


def _rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def ask(reading: UUID, child: UUID, words: str, last_day: date) -> UUID | None:
    """The new question's id; None when this reading was asked about before. Refused by the database out of sight."""
    found: UUID | None = _rows("SELECT trust_ask(%s, %s, %s, %s)", reading, child, words, last_day)[0][0]
    return found


def to_tell(question: UUID, *, officers: bool) -> list[UUID]:
    """Who answers a question that one asked or answers: the leaders, or the officers."""
    return [row[0] for row in _rows("SELECT trust_to_tell(%s, %s)", question, officers)]


def officers_for(finding: UUID) -> list[UUID]:
    """Which officers can answer a finding that one sees."""
    return [row[0] for row in _rows("SELECT trust_officers_for(%s)", finding)]


def one_at_a_time(asked: UUID) -> None:
    """Whoever else answers this waits until the transaction ends. (An officer may lock no row of a leader's.)"""
    _rows("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", f"trust {asked}")


def new_day(asked: UUID, last_day: date) -> bool:
    """What one has just passed on is to be answered by this day, and whoever is late with it is reminded anew."""
    return bool(_rows("SELECT trust_new_day(%s, %s)", asked, last_day)[0][0])


def child_called(question: UUID) -> str:
    """Which child the family asked about, for those who answer; empty for others."""
    found = _rows("SELECT trust_child_called(%s)", question)[0][0]
    return found or ""


def asked_since(moment: datetime) -> list[tuple[date, date | None]]:
    """For the officer: (last day, answered on) of every family's question since then."""
    return [(row[0], row[1]) for row in _rows("SELECT due, answered_on FROM trust_asked_since(%s)", moment)]


def find(number: bytes) -> UUID | None:
    """The child with this indexed national number, for the officer. Raises TooManyLookups."""
    try:
        with transaction.atomic():
            found: UUID | None = _rows("SELECT trust_find(%s)", number)[0][0]
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", "") == _TOO_MANY:
            raise TooManyLookups from None
        raise
    return found


def subject(inquiry: UUID) -> tuple[str, date | None, list[tuple[UUID, datetime, datetime, str]]]:
    """Whom the officer's open inquiry is about: name, birth date, and who was kept away (person, from, to, as what)."""
    found = _rows(
        "SELECT s.called, s.born, f.person, f.since, f.until, f.capacity "
        "FROM trust_subject(%s) s LEFT JOIN trust_forbids(%s) f ON true",
        inquiry, inquiry,
    )  # fmt: skip
    if not found:
        return "", None, []
    return found[0][0], found[0][1], [(row[2], row[3], row[4], row[5]) for row in found if row[2] is not None]


def seats(inquiry: UUID) -> list[tuple[Any, ...]]:
    return _rows(
        "SELECT id, person, called, kind, since, until, origin, service, organisation, title, works_since, "
        "works_until, health_until FROM trust_seats(%s)",
        inquiry,
    )


def covers(inquiry: UUID) -> list[tuple[Any, ...]]:
    return _rows(
        "SELECT id, service, kind, since, until, origin, origin_id, log_from, plan_from, asked_at, text_version "
        "FROM trust_covers(%s)",
        inquiry,
    )


def texts(inquiry: UUID) -> list[tuple[Any, ...]]:
    """Texts of the inquiry's kinds that have or had readers of their own; never their words."""
    rows = _rows(
        "SELECT id, sort, kind, at, author, called, service, audience, persons, chosen FROM trust_texts(%s)", inquiry
    )
    return [(*row[:-1], json.loads(row[-1]) if isinstance(row[-1], str) else row[-1]) for row in rows]


@dataclass(frozen=True)
class Did:
    """One person's readings of one page in the interval."""

    person: UUID
    called: str
    capacity: str
    organisation: str
    page: str
    kinds: tuple[str, ...]
    moments: tuple[datetime, ...]


def did(inquiry: UUID) -> list[Did]:
    rows = _rows("SELECT person, called, capacity, organisation, page, kinds, moments FROM trust_did(%s)", inquiry)
    return [Did(a, b or "", c, d or "", e, tuple(f), tuple(g)) for a, b, c, d, e, f, g in rows]


@dataclass(frozen=True)
class Walk:
    """A walk through the whole record: when, whether all held, how much was walked, and what did not hold."""

    at: datetime
    holds: bool
    seals: int
    rows: int
    sort: str
    words: str


def seals() -> tuple[int, str, int, Walk | None]:
    """For the officer: number of the last seal (0: none), when it was made, how many are not outside, the last walk."""
    last, made, inside, *walk = _rows(
        "SELECT s.last, s.made, s.inside, v.at, v.holds, v.seals, v.rows, v.sort, v.words FROM trust_seals() s "
        "LEFT JOIN LATERAL (SELECT * FROM trust_verification ORDER BY at DESC, id LIMIT 1) v ON true"
    )[0]
    return last or 0, made or "", inside, Walk(*walk) if walk[0] else None


# For the worker.


def answerers(unit: UUID | None, reader: UUID, child: UUID | None, *, officers: bool) -> list[UUID]:
    return [row[0] for row in _rows("SELECT trust_answerers(%s, %s, %s, %s)", unit, reader, child, officers)]


def visits(begins: datetime, ends: datetime) -> list[tuple[Any, ...]]:
    return _rows(
        "SELECT reader, child, reading, looked_at, page, kinds, unit, moments, searches, shares_name, related, traces, "
        "left_at, same_home FROM trust_visits(%s, %s)",
        begins, ends,
    )  # fmt: skip


def busy(begins: datetime, ends: datetime) -> list[tuple[Any, ...]]:
    return _rows(
        "SELECT reader, reading, looked_at, unit, children, empty_searches FROM trust_busy(%s, %s)", begins, ends
    )
