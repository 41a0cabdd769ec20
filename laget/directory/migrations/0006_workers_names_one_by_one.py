"""Whether a name is a worker's is looked up for that name, instead of reading every position there is."""

from django.db import migrations

SIGNED_IN = "(SELECT laget_person()) IS NOT NULL"
LISTED = "person_id IN (SELECT person_id FROM directory_position)"
# The same question, but as one look in an index for each row. (As a list it was a scan of all positions for each page.)
LOOKED_UP = "EXISTS (SELECT 1 FROM directory_position p WHERE p.person_id = people_name.person_id)"


def policy(which: str) -> list[str]:
    return [
        'DROP POLICY "workers_have_names" ON "people_name"',
        'CREATE POLICY "workers_have_names" ON "people_name" FOR SELECT TO laget_app '
        f"USING ({SIGNED_IN} AND {which})",
    ]


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_protects")]

    operations = [migrations.RunSQL(policy(LOOKED_UP), policy(LISTED))]
