"""What stands in the plan says itself who reads it, as an entry in the log does."""

import django.contrib.postgres.fields
from django.db import migrations, models

from laget.audit.ground import Permit, Policy, Trigger
from laget.sight.addressed import knows, lets

AUDIENCES = [(one, one) for one in ("team", "own_service", "family", "services", "named", "childs_own", "not_for")]
# Table, when it was written, by whom, and whether its rows can be changed otherwise too.
TABLES = (
    ("goal", "agreed_at", "agreed_by_id", True),
    ("measure", "agreed_at", "agreed_by_id", True),
    ("revision", "agreed_at", "replaced_by_id", False),
    ("evaluation", "at", "by_id", False),
    ("matter", "at", "by_id", False),
)


def kinds(table):
    return f"EXISTS (SELECT 1 FROM sight_pairs() p WHERE p.child = child_id AND p.kind = {table}.kind)"


def seen(table, using):
    return [
        f'DROP POLICY "kind_and_reach" ON "{table}"',
        f'CREATE POLICY "kind_and_reach" ON "{table}" FOR SELECT TO laget_app USING ({using})',
    ]


def changed(table, using):
    return [
        f'DROP POLICY "change" ON "{table}"',
        f'CREATE POLICY "change" ON "{table}" FOR UPDATE TO laget_app USING ({using}) WITH CHECK ({kinds(table)})',
    ]


def locks(name, when, author, changes):
    table = f"plans_{name}"
    before = f"child_id = ANY (ARRAY(SELECT sight_cases())) AND {knows(table, when, 'plan_from')}"
    readers = lets(table, author)
    yield migrations.RunSQL(seen(table, f"{before} AND {readers}"), seen(table, before))
    # Nobody changes, or says who reads, what is not for them; the actions say who may.
    if changes:
        yield migrations.RunSQL(changed(table, f"{kinds(table)} AND {readers}"), changed(table, kinds(table)))
    else:
        yield Permit(table, Policy("readdress", "UPDATE", using=f"{kinds(table)} AND {readers}", check=kinds(table)))
    yield migrations.RunSQL(
        f"GRANT UPDATE (audience, persons) ON {table} TO laget_app",
        f"REVOKE UPDATE (audience, persons) ON {table} FROM laget_app",
    )
    yield Trigger("choice_is_kept", table, "AFTER UPDATE OF audience, persons", "cases_choice_is_kept", deferred=True)


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0005_the_parents_view'),
        ('cases', '0008_who_reads_a_text'),
    ]

    operations = [
        *(
            operation
            for name, *_ in TABLES
            for operation in (
                migrations.AddField(
                    model_name=name,
                    name='audience',
                    field=models.CharField(choices=AUDIENCES, default='team', max_length=12),
                ),
                migrations.AddField(
                    model_name=name,
                    name='persons',
                    field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
            )
        ),
        *(operation for table in TABLES for operation in locks(*table)),
    ]
