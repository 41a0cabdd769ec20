"""Whoever administers does not come in as somebody else; and what a position protected is kept."""

from django.db import migrations

from laget.audit.ground import Function, Kept

BEFORE = ("person_id", "unit_id", "title", "phone", "leads", "administers")


def kept(*columns: str) -> list[str]:
    """The trigger is made anew; who may read what was stays as it is."""
    made, _sight = Kept("directory_position", *columns).up()
    return ['DROP TRIGGER "what_was_is_kept" ON "directory_position"', made]


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_workers_names_one_by_one"), ("people", "0002_a_contact_ends")]

    operations = [
        # Whether this account, or this national number, is or was that of somebody who administers now, other than the
        # one it is to be given to. An answer of yes or no, for whoever administers.
        Function("directory_administers_with(its_mark bytea, its_index bytea, other_than uuid)", "boolean", """
            SELECT directory_administers() AND EXISTS (
                SELECT 1 FROM directory_position p
                WHERE p.administers AND p.person_id <> other_than
                  AND p.since <= statement_timestamp() AND p.until > statement_timestamp()
                  AND (EXISTS (SELECT 1 FROM directory_account a WHERE a.person_id = p.person_id AND a.mark = its_mark)
                       OR EXISTS (SELECT 1 FROM people_nationalnumber n
                                  WHERE n.person_id = p.person_id AND n.index = its_index)))
            """, to="laget_app"),
        migrations.RunSQL(kept(*BEFORE, "protects"), kept(*BEFORE)),
    ]
