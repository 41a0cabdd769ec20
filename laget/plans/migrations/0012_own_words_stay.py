"""What somebody wrote under a goal that is kept from them follows the goal, but is never kept from them."""

from importlib import import_module

from django.db import migrations

from laget.audit.ground import Function

TABLES = {"evaluation": "by_id", "revision": "replaced_by_id"}
# What was kept from the one who wrote it, before this: read by its author again, and by nobody else who did not.
OWN = """UPDATE plans_{table} SET
    audience = CASE WHEN array_remove(persons, {author}) = '{{}}' THEN 'team' ELSE 'not_for' END,
    persons = array_remove(persons, {author})
    WHERE audience = 'not_for' AND {author} = ANY (persons)"""


# What lets a row be read by more, when what it stands under is.
THAN = next(one for one in import_module("laget.plans.migrations.0007_no_more_readers_than_the_goal").Migration.operations
            if isinstance(one, Function) and one.signature == "plans_no_more_readers()")
SAME = "(a.audience, a.persons) = (NEW.audience, NEW.persons)"
FOLLOWS = "plans_follows(a.audience, a.persons, wrote, NEW.audience, NEW.persons)"
assert THAN.body.count(SAME) == 1
ANEW = (THAN.body.replace("author uuid :=", "wrote uuid :=").replace("true, author,", "true, wrote,").replace(SAME, FOLLOWS))


def replaced(body):
    return (f"CREATE OR REPLACE FUNCTION {THAN.signature} RETURNS {THAN.returns} {THAN.how} "
            f"SET search_path = public, pg_temp AS $function${body}$function$")


class Migration(migrations.Migration):
    dependencies = [("plans", "0011_looked_at_work")]

    operations = [
        *(
            migrations.RunSQL(
                [
                    f"ALTER TABLE plans_{table} DISABLE TRIGGER USER",
                    OWN.format(table=table, author=author),
                    f"ALTER TABLE plans_{table} ENABLE TRIGGER USER",
                ],
                migrations.RunSQL.noop,
            )
            for table, author in TABLES.items()
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE plans_{table} ADD CONSTRAINT own_{table}_is_read "
                f"CHECK (audience <> 'not_for' OR NOT {author} = ANY (persons))",
                f"ALTER TABLE plans_{table} DROP CONSTRAINT own_{table}_is_read",
            )
            for table, author in TABLES.items()
        ),
        # The readers of what a row stands under, and the one who wrote the row.
        Function("plans_follows(above text, above_persons uuid[], author uuid, becomes text, becomes_persons uuid[])",
                 "boolean", """
            SELECT (becomes, becomes_persons) = CASE
                WHEN above <> 'not_for' OR NOT author = ANY (above_persons) THEN (above, above_persons)
                WHEN array_remove(above_persons, author) = '{}' THEN ('team'::text, '{}'::uuid[])
                ELSE ('not_for'::text, array_remove(above_persons, author)) END
            """, to=""),
        migrations.RunSQL(replaced(ANEW), replaced(THAN.body)),
    ]
