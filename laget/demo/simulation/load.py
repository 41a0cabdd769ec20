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
from typing import Any, LiteralString

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


MADE_UP = "every case here is made up"
"""Stands on the table of a simulated database: only there may a measurement answer in parents' names."""


def load(connection: Connection, cases: int, entries: int, seed: int, today: date) -> Loaded:
    """Fill the database; the caller commits. Raises NotEmpty. The same seed and day give the same municipality.

    (Only how numbers are sealed is never the same twice.) Memory grows by the staff, 70 bytes a case.
    """
    _refuse_anything(connection)
    random = Random(seed)
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
    connection.execute(sql.SQL("COMMENT ON TABLE cases_case IS {}").format(sql.Literal(MADE_UP)))
    connection.execute(sql.SQL("ANALYZE {}").format(sql.SQL(", ").join(map(sql.Identifier, COLUMNS))))
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
    found = {name: connection.execute(query, [tables]).fetchall() for name, query in _CATALOGUE.items()}
    drop = [
        *(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"' for table, name, _made in reversed(found["constraints"])),
        *(f'DROP INDEX "{name}"' for name, _made in found["indexes"]),
        *(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY' for (table,) in found["forced"]),
        *(f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in tables),
    ]
    make = [
        "SET LOCAL maintenance_work_mem = '512MB'",
        *(made for _name, made in found["indexes"]),
        *(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {made}' for table, name, made in found["constraints"]),
        *(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY' for (table,) in found["forced"]),
        *(f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in tables),
    ]
    _run(connection, drop)
    yield
    _run(connection, make)


def _run(connection: Connection, statements: list[LiteralString]) -> None:
    """The names and definitions come from the catalogue, not from people."""
    for statement in statements:
        connection.execute(sql.SQL(statement))


# Keys come before what refers to them. Checks stay: they cost little and COPY keeps them. An index that stands for a
# constraint goes and comes with it.
_CATALOGUE: dict[str, LiteralString] = {
    "constraints": """
        SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid)
        FROM pg_constraint c, (SELECT %s::text[] AS named) t
        WHERE c.contype IN ('p', 'u', 'f') AND c.connamespace = 'public'::regnamespace
          AND (c.conrelid::regclass::text = ANY (t.named) OR c.confrelid::regclass::text = ANY (t.named))
        ORDER BY c.contype = 'f', c.conrelid::regclass::text, c.conname
    """,
    "indexes": """
        SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
        FROM pg_index i
        WHERE i.indrelid::regclass::text = ANY (%s)
          AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
        ORDER BY 1
    """,
    "forced": "SELECT relname::text FROM pg_class WHERE relforcerowsecurity AND relname = ANY (%s)",
}


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
