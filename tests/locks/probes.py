"""Ways to find a lock that does not hold: what outsiders can read, insert and change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from psycopg import errors, sql

from laget.directory.access import places_of
from laget.directory.models import Position
from laget.kernel.actor import Actor, Capacity
from laget.people.models import Person
from tests.locks.worlds import World
from tests.support.cast import acting_as

# Anybody signed in may tell somebody something; nobody may when not signed in.
ANYBODY_MAY_INSERT = {"notices_notice", "notices_dispatch"}


def outsiders(world: World) -> list[Actor]:
    """A worker and a citizen who have nothing to do with anybody in this world."""
    worker, citizen = Person.objects.create(), Person.objects.create()
    Position.objects.create(person=worker, unit=world.positions[0].unit, title="T", since=timezone.now())
    return [Actor(worker.pk, Capacity.WORKER, places_of(worker.pk)), Actor(citizen.pk, Capacity.CITIZEN)]


def guarded_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity AND relkind = 'r' ORDER BY relname")
        return [name for (name,) in cursor.fetchall()]


def _row(table: str) -> dict[str, object] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT * FROM {} LIMIT 1").format(sql.Identifier(table)))
        found = cursor.fetchone()
        return dict(zip([column.name for column in cursor.description], found, strict=True)) if found else None


def _refused(statement: sql.Composable, values: list[object], actor: Actor | None) -> bool:
    """True when the database refuses for want of a right, or touches nothing."""
    try:
        with transaction.atomic(), acting_as(actor), connection.cursor() as cursor:
            cursor.execute(statement, values)
            touched = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError as fault:
        return isinstance(fault.__cause__, errors.InsufficientPrivilege)
    return touched == 0


def strange_inserts(world: World, tables: Sequence[str] = ()) -> Iterator[str]:
    """Tables into which an outsider, or nobody, may put a copy of somebody else's row."""
    actors: list[Actor | None] = [*outsiders(world), None]
    for table in tables or guarded_tables():
        row = _row(table)
        if row is None:
            continue
        if isinstance(row.get("id"), UUID):
            row["id"] = uuid4()
        if isinstance(row.get("details"), dict):
            row["details"] = "{}"
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join([sql.Placeholder()] * len(row)),
        )  # fmt: skip
        values = ["{}" if isinstance(value, dict) else value for value in row.values()]
        for actor in actors:
            if actor is not None and table in ANYBODY_MAY_INSERT:
                continue
            if not _refused(statement, values, actor):
                yield f"{table}: {actor.capacity if actor else 'nobody'} may insert"


def _granted(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
            "AND has_column_privilege('laget_app', attrelid, attnum, 'UPDATE')",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def strange_updates(world: World, tables: Sequence[str] = ()) -> Iterator[str]:
    """Tables in which an outsider, or nobody, may change or delete a row."""
    for table in tables or guarded_tables():
        name = sql.Identifier(table)
        row, granted = _row(table), _granted(table)[:1]
        # No column is read, so that only the policy for UPDATE stands in the way.
        statements: list[tuple[sql.Composable, list[object]]] = [
            (sql.SQL("UPDATE {} SET {} = %s").format(name, sql.Identifier(column)), [row[column]])
            for column in granted
            if row is not None
        ]
        statements.append((sql.SQL("DELETE FROM {}").format(name), []))
        for actor in (*outsiders(world), None):
            if not all(_refused(statement, values, actor) for statement, values in statements):
                yield f"{table}: {actor.capacity if actor else 'nobody'} may change rows"


def strange_reads(world: World, tables: Sequence[str] = ()) -> Iterator[str]:
    """Guarded tables of which an outsider, or nobody, reads any row (opaque ids aside)."""
    for table in tables or guarded_tables():
        for actor in (*outsiders(world), None):
            if table == "people_person" and actor is not None:
                continue
            statement = sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))
            if table == "people_name":  # workers' names are known to everybody signed in
                statement += sql.SQL(" WHERE person_id NOT IN (SELECT person_id FROM directory_position)")
            if not _refused(statement, [], actor):
                yield f"{table}: {actor.capacity if actor else 'nobody'} reads"
