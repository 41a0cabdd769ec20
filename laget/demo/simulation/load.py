"""Carries the made-up municipality into an empty database, in one transaction: all of it is there, or nothing.

Constraints and indexes are taken away first and made again at the end, which is many times faster than keeping them
row by row and checks the same: PostgreSQL looks through everything when a constraint is added.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, LiteralString, cast

import psycopg
from psycopg import sql

from laget.demo.simulation.calendar import Calendar
from laget.demo.simulation.cases import Cases
from laget.demo.simulation.homes import Homes
from laget.demo.simulation.people import People
from laget.demo.simulation.rows import COLUMNS, Rows
from laget.demo.simulation.town import Town
from laget.guide.national import current

AT_ONCE = 2000
"""Cases made between two rounds of writing."""
WONDERED = 0.03
"""Children that somebody has asked about, for each case."""

Connection = psycopg.Connection[Any]


class NotEmpty(Exception):
    """There is something in the database already; the message names the first table that holds a row."""


@dataclass(frozen=True)
class Loaded:
    """What was made: rows by table, and the first worker, who has thirty cases, with one of them."""

    rows: dict[str, int]
    worker: str
    case: str


def load(connection: Connection, cases: int, entries: int, seed: int, today: date) -> Loaded:
    """Fill the database; the caller commits. Raises NotEmpty. The same seed and day give the same municipality.

    (Only how numbers are sealed is never the same twice.) Memory grows by the staff, 70 bytes a case.
    """
    _refuse_anything(connection)
    random = Random(seed)  # noqa: S311 - invented people
    rows, calendar = Rows(random), Calendar(today)
    people = People(rows, random, calendar)
    town = Town(rows, random, calendar, people, cases)
    homes = Homes(rows, random, calendar, people)
    maker = Cases(rows, random, calendar, town, homes, current(today), entries)
    counts = dict.fromkeys(COLUMNS, 0)
    with _bare(connection):
        for number in range(cases):
            maker.make(number)
            if random.random() < WONDERED:
                maker.wonder()
            if number % AT_ONCE == AT_ONCE - 1:
                _write(connection, rows, counts)
        _write(connection, rows, counts)
    _nobody_is_dropped(connection)
    connection.execute("ANALYZE")
    return Loaded(counts, town.first.person, maker.first)


def _refuse_anything(connection: Connection) -> None:
    for table in COLUMNS:
        query = sql.SQL("LOCK TABLE {0}; SELECT EXISTS (SELECT FROM {0})").format(sql.Identifier(table))
        found = connection.execute(query)
        found.nextset()
        if (found.fetchone() or (True,))[0]:
            raise NotEmpty(table)


def _write(connection: Connection, rows: Rows, counts: dict[str, int]) -> None:
    for table, lines in rows.taken().items():
        counts[table] += len(lines)
        columns = sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table]))
        copying = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
        lines.append("")
        with connection.cursor() as cursor, cursor.copy(copying) as copy:
            copy.write("\n".join(lines))


@contextmanager
def _bare(connection: Connection) -> Iterator[None]:
    """Tables without constraints, indexes and triggers, and without the lock that COPY does not know, until the end."""
    tables = list(COLUMNS)
    constraints = connection.execute(_CONSTRAINTS, [tables, tables]).fetchall()
    for table, name, _definition, _last in reversed(constraints):
        _run(connection, f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    indexes = connection.execute(_INDEXES, [tables]).fetchall()
    for name, _definition in indexes:
        _run(connection, f'DROP INDEX "{name}"')
    for table in tables:
        _run(connection, f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY, DISABLE TRIGGER USER')
    forced = {row[0] for row in connection.execute(_FORCED, [tables]).fetchall()}
    yield
    _run(connection, "SET LOCAL maintenance_work_mem = '512MB'")
    for _name, definition in indexes:
        _run(connection, definition)
    for table, name, definition, _last in constraints:
        _run(connection, f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
    for table in tables:
        force = "FORCE ROW LEVEL SECURITY, " if table in forced else ""
        _run(connection, f'ALTER TABLE "{table}" {force}ENABLE TRIGGER USER')


def _run(connection: Connection, statement: str) -> None:
    """The names and definitions come from the catalogue, not from people."""
    connection.execute(cast(LiteralString, statement))


# Keys come before what refers to them. Checks stay: they cost little and COPY keeps them.
_CONSTRAINTS = """
    SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid), c.contype = 'f'
    FROM pg_constraint c
    WHERE c.contype IN ('p', 'u', 'f') AND c.connamespace = 'public'::regnamespace
      AND (c.conrelid::regclass::text = ANY (%s) OR c.confrelid::regclass::text = ANY (%s))
    ORDER BY c.contype = 'f', c.conrelid::regclass::text, c.conname
"""
_INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i WHERE i.indrelid::regclass::text = ANY (%s) ORDER BY 1
"""
_FORCED = "SELECT relname FROM pg_class WHERE relrowsecurity AND relname = ANY (%s)"


def _nobody_is_dropped(connection: Connection) -> None:
    """What the trigger asks of each case at commit, asked of all at once."""
    wrong = connection.execute("""
        SELECT count(*) FROM cases_case c
        LEFT JOIN (SELECT case_id, count(*) AS held FROM cases_baton WHERE until = timestamptz '9999-01-01 00:00+00'
                   GROUP BY case_id) b ON b.case_id = c.id
        WHERE coalesce(b.held, 0) <> CASE WHEN c.closed_at = timestamptz '9999-01-01 00:00+00' THEN 1 ELSE 0 END
    """).fetchone()
    if wrong != (0,):
        raise AssertionError(f"{wrong} cases do not have exactly one holder")
