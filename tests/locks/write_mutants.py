"""Faults put into what may be written: each condition of each policy for INSERT and UPDATE is left out in turn.

A fault is noticed when somebody in some world may then write a row that could not be written before, or the other way
round. The rows that are tried are copies of rows that are there: as they are, made the one's own who writes, all but
one column of it, and with each other column that a condition speaks of set to something strange. What is not noticed so
is tried again with two columns at a time, about every child there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Any

from django.db import DatabaseError, connection, transaction
from psycopg import sql

from laget.kernel.actor import Actor
from tests.locks.ground_mutants import without_one
from tests.support.cast import acting_as

STRANGE = {
    "uuid": ("gen_random_uuid()",),
    "bool": ("NOT {0}", "NULL"),
    "timestamptz": ("now() - interval '400 days'", "now() + interval '400 days'", "now()", "'infinity'"),
    "date": ("current_date - 400", "current_date + 400", "current_date"),
    "_uuid": ("'{{}}'", "ARRAY[gen_random_uuid()]", "ARRAY[{1}]"),
    "_varchar": ("ARRAY['identity']", "'{{}}'"),
    "text": ("'strange'", "''"),
    "varchar": ("'strange'", "''"),
    "int2": ("99", "0"),
    "int4": ("99", "0"),
    "jsonb": ("'{{}}'",),
}
MOST = 60
"""So many rows of a table are copied; worlds lie side by side in it."""
FEW, HARD_ACTORS, HARD_TRIES = 4, 80, 120
"""When two columns are tried at a time: so many rows, by so many of those who write, and so many pairs."""
PLACE = "(SELECT p.id FROM directory_position p WHERE p.person_id = '{}' AND p.{} LIMIT 1)"
LITERAL = re.compile(r"'(\w+)'::(?:text|character varying)")


@dataclass(frozen=True)
class Mutant:
    """One fault: which policy, the condition as it stands, and as it would be."""

    what: str
    table: str
    whole: str
    faulty: str

    def __str__(self) -> str:
        return self.what


def mutants() -> list[Mutant]:
    """Every fault in every policy by which the application writes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies WHERE 'laget_app' = ANY (roles) "
            "AND cmd <> 'SELECT' ORDER BY tablename, policyname"
        )
        rows = cursor.fetchall()
    found = []
    for table, name, command, using, check in rows:
        for part, text in (("USING", using if command != "ALL" else None), ("CHECK", check)):
            for what, faulty in without_one(text or "true"):
                found.append(Mutant(f"{table}.{name} {command} {part}: {what}", table, text, faulty))
    return found


class Writers:
    """Everybody who could write, and the rows that they try."""

    def __init__(self, actors: list[Actor]) -> None:
        self.actors = [one for one in actors if one.capacity != "system"]
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMP TABLE folk ON COMMIT DROP AS SELECT id, 'person' AS sort FROM people_person "
                "UNION ALL SELECT id, 'position' FROM directory_position "
                "UNION ALL SELECT id, 'service' FROM directory_service UNION ALL SELECT id, 'unit' FROM directory_unit"
            )
            cursor.execute(
                "CREATE TEMP TABLE kids ON COMMIT DROP AS "
                "SELECT DISTINCT person_id AS who, child_id AS kid FROM sight_seat"
            )
            cursor.execute("GRANT SELECT ON folk, kids TO laget_app")

    def unnoticed(self, table: str, some: list[Mutant]) -> list[Mutant]:
        """Those of these faults, all in one table, that change nothing for anybody."""
        columns = _tried(table)
        left = list(some)
        for hard in (False, True):
            for actor in self.actors[::2][:HARD_ACTORS] if hard else self.actors:
                if left:
                    told = _told(table, columns, actor, left, hard)
                    left = [one for one, noticed in zip(left, told, strict=True) if not noticed]
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE tried")
        return left


def _tried(table: str) -> dict[str, str]:
    """Copies of the table's rows, to be tried; its columns and their types."""
    with connection.cursor() as cursor:
        copied = sql.SQL("CREATE TEMP TABLE tried ON COMMIT DROP AS SELECT * FROM {} ORDER BY random() LIMIT %s")
        cursor.execute(copied.format(sql.Identifier(table)), [MOST])
        cursor.execute("GRANT SELECT ON tried TO laget_app")
        cursor.execute(
            "SELECT attname, typname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
            "WHERE attrelid = 'pg_temp.tried'::regclass AND attnum > 0"
        )
        return dict(cursor.fetchall())


def _told(table: str, columns: dict[str, str], actor: Actor, some: list[Mutant], hard: bool) -> list[bool]:
    words = " ".join(one.whole for one in some)
    spoken = [name for name in columns if re.search(rf"\b{name}\b", words)]
    own = {name: _own(name, actor) for name, sort in columns.items() if sort == "uuid"}
    tries = _pairs if hard else _singles
    odd = {name: _odd(name, columns[name], words, actor, hard) for name in spoken}
    rows = " UNION ALL ".join(_select(columns, values, actor if hard else None) for values in tries(odd, own))
    asks = ", ".join(f"bool_or(({one.whole}) IS DISTINCT FROM ({one.faulty}))" for one in some)
    statement = f'SELECT {asks} FROM ({rows}) AS "{table}"'  # noqa: S608 - made of the catalogue's own words
    try:
        with transaction.atomic(), acting_as(actor), connection.cursor() as cursor:
            cursor.execute(statement)
            return [bool(one) for one in cursor.fetchone()]
    except DatabaseError:
        if len(some) == 1:  # PostgreSQL itself does not take it
            return [True]
        return [_told(table, columns, actor, [one], hard)[0] for one in some]


def _odd(name: str, sort: str, words: str, actor: Actor, hard: bool) -> list[str]:
    """What else could stand in the column: something strange, words that conditions speak of, somebody's ids."""
    plain = f'"{name}"'
    values = [one.format(plain, f"'{actor.person}'::uuid") for one in STRANGE.get(sort, ()) if sort != "uuid"]
    if sort in ("text", "varchar"):
        values += [f"'{one}'" for one in sorted(set(LITERAL.findall(words)))]
    if sort == "uuid":
        values += [plain] if name in ("id", "child_id") else [plain, *STRANGE["uuid"]]
        if hard and name not in ("id", "child_id"):
            mine = [str(one) for place in actor.places[:1] for one in (place.position, place.service)]
            values += [f"'{one}'" for one in (str(actor.person), *mine)] + ["kid", "NULL"]
            values.append("(SELECT id FROM folk WHERE sort = 'position' ORDER BY random() LIMIT 1)")
            values += [PLACE.format(actor.person, when) for when in ("until <= now()", "since > now()")]
    typed = sort.replace("_uuid", "uuid[]").replace("_varchar", "varchar[]")
    return [f"({one})::{typed}" for one in values]


def _singles(odd: dict[str, list[str]], own: dict[str, str]) -> Iterator[dict[str, str]]:
    yield {}
    yield own
    for name, values in odd.items():
        for value in values:
            yield own | {name: value}
            yield {name: value}


def _pairs(odd: dict[str, list[str]], own: dict[str, str]) -> Iterator[dict[str, str]]:
    every = [
        own | {name: value, other: second}
        for name, other in combinations(odd, 2)
        for value in odd[name]
        for second in odd[other]
    ]
    yield own
    yield from Random(1).sample(every, min(len(every), HARD_TRIES))  # noqa: S311 - no secret


def _select(columns: dict[str, str], values: dict[str, str], hard: Actor | None) -> str:
    each = {name: values.get(name, f'"{name}"') for name in columns}
    source = "tried"
    if hard is not None:  # also about every child that one has or had a place around
        source = f"(SELECT * FROM tried LIMIT {FEW}) tried JOIN kids ON who = '{hard.person}'"  # noqa: S608
        each |= {"child_id": "kid"} if "child_id" in columns else {}
    return "SELECT " + ", ".join(f'{value} AS "{name}"' for name, value in each.items()) + f" FROM {source}"


def _own(name: str, actor: Actor) -> str:
    """The column as it would be if the one who writes had made the row."""
    place = actor.places[0] if actor.places else None
    ids: dict[str, Any] = {"person": actor.person}
    if place is not None:
        ids |= {"position": place.position, "service": place.service, "unit": place.unit}
    cases = " ".join(f"WHEN '{sort}' THEN '{one}'::uuid" for sort, one in ids.items())
    sort = f'(SELECT f.sort FROM folk f WHERE f.id = "{name}" LIMIT 1)'  # noqa: S608
    # A child is nobody's to be: what a row is about stays.
    return f'"{name}"' if name in ("id", "child_id") else f'CASE {sort} {cases} ELSE "{name}" END'
