"""Every policy matters: outsiders can write and read nothing, and a policy loosened or taken away is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from django.db import connection, transaction
from psycopg import sql

from tests.locks import probes, worlds
from tests.locks.test_worlds import SIGHTS, seen_by_python, seen_in_database

pytestmark = [pytest.mark.django_db, pytest.mark.locks]
SEEDS = (3, 4, 5, 7, 8, 13, 16, 21, 26, 34, 37, 38, 46, 49, 52, 57, 61, 66, 73, 80)


@pytest.fixture
def world(db: None) -> Iterator[worlds.World]:
    yield worlds.make(Random(1))  # noqa: S311 - worlds are not secrets


def test_outsiders_insert_nothing(world: worlds.World) -> None:
    assert list(probes.strange_inserts(world)) == []


def test_outsiders_change_nothing(world: worlds.World) -> None:
    assert list(probes.strange_updates(world)) == []


def test_outsiders_read_nothing(world: worlds.World) -> None:
    assert list(probes.strange_reads(world)) == []


def _policies() -> list[tuple[str, str, str, bool, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, cmd, qual IS NOT NULL, with_check IS NOT NULL FROM pg_policies "
            "WHERE 'laget_app' = ANY (roles) ORDER BY tablename, policyname"
        )
        return cursor.fetchall()


def _noticed(table: str) -> bool:
    """Do the two locks differ on this table now, or may an outsider do more than nothing with it?"""
    compared = [model for model in SIGHTS if model._meta.db_table == table]
    for seed in SEEDS:
        with transaction.atomic():
            world = worlds.make(Random(seed))  # noqa: S311
            found = any(
                seen_by_python(one, compared) != seen_in_database(one, compared)
                for one in (world.actors() if compared else ())
            ) or any(
                True
                for probe in (probes.strange_inserts, probes.strange_updates, probes.strange_reads)
                for _ in probe(world, [table])
            )
            transaction.set_rollback(True)
        if found:
            return True
    return False


def _loosened(table: str, name: str, using: bool, check: bool) -> sql.Composable:
    parts = [sql.SQL("ALTER POLICY {} ON {}").format(sql.Identifier(name), sql.Identifier(table))]
    parts += [sql.SQL("USING (true)")] if using else []
    parts += [sql.SQL("WITH CHECK (true)")] if check else []
    return sql.SQL(" ").join(parts)


# What these open is no content of a case; taking them away shows in pages, not in the sights compared.
ONLY_PAGES_MISS_THEM = {
    ("people_person", "opaque"), ("people_name", "own_name"), ("people_name", "workers_have_names"),
    ("people_name", "children_have_names"), ("people_name", "families_have_names"), ("people_contact", "own_contact"),
    ("audit_entry", "own_deeds"), ("audit_reading", "own_readings"), ("sight_forbid", "concerns_me"),
    ("audit_change", "people_name"), ("audit_change", "directory_service"), ("audit_change", "directory_unit"),
    ("audit_change", "directory_position"), ("access_draft", "own_draft"), ("access_receipt", "own_receipt"),
    ("directory_account", "administrators_read"),
}  # fmt: skip


def test_a_loosened_or_missing_policy_is_noticed(db: None) -> None:
    missed = []
    for table, name, command, using, check in _policies():
        mutants = {"loosened": _loosened(table, name, using, check)}
        if command == "SELECT" and (table, name) not in ONLY_PAGES_MISS_THEM:
            mutants["removed"] = sql.SQL("DROP POLICY {} ON {}").format(sql.Identifier(name), sql.Identifier(table))
        for what, statement in mutants.items():
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(statement)
                if not _noticed(table):
                    missed.append(f"{table}.{name} {what}")
                transaction.set_rollback(True)
    assert not missed, "\n".join(missed)
