"""Every migration can be taken back and made again, and leaves the same locks behind."""

import os

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.locks]

EACH = os.environ.get("LAGET_MIGRATIONS") == "each"
"""Each migration by itself takes minutes; else it is the newest of each room, and then all of them together."""

LOCKS = """
    SELECT proname || '(' || pg_get_function_identity_arguments(oid) || ')', prosrc || proacl::text FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole
    UNION ALL SELECT tablename || '.' || policyname, concat(cmd, roles, qual, with_check) FROM pg_policies
    UNION ALL SELECT relname, concat(relrowsecurity, relforcerowsecurity, relacl) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
"""


def locks():
    with connection.cursor() as cursor:
        cursor.execute(LOCKS)
        return dict(cursor.fetchall())


def rooms():
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("laget.")}
    steps = {}
    for label, name in sorted(MigrationLoader(connection).graph.nodes):
        if label in ours:
            steps.setdefault(label, []).append(name)
    return steps


def to(*where):
    call_command("migrate", *where, verbosity=0, interactive=False)


def test_every_migration_can_be_taken_back_and_made_again(db):
    before = locks()
    steps = rooms()
    assert len(before) > 100 and steps["cases"][0] == "0001_initial"
    try:
        for room, names in steps.items():
            for name in list(reversed(names[:-1]))[: None if EACH else 1]:
                to(room, name)
                to()
                assert locks() == before, (room, name)
        to("audit", "zero")
        to("people", "zero")
        assert not [name for name in locks() if name.startswith(tuple(f"{room}_" for room in steps))]
    finally:
        to()
    assert locks() == before
