"""Who is to be told before a birthday: asked by the worker, ids and birth dates only."""

from django.db import migrations

from laget.audit.ground import WORKER, Function

NOW = "statement_timestamp()"


class Migration(migrations.Migration):

    dependencies = [("participation", "0001_initial"), ("sight", "0005_at_work_and_in_an_emergency")]

    operations = [
        Function("participation_birthdays(births date[])", "TABLE (child uuid, born date, family uuid[])", f"""
            SELECT c.person_id, c.born, ARRAY(
                SELECT s.person_id FROM sight_seat s
                WHERE s.child_id = c.person_id AND s.kind IN ('parent', 'child', 'guardian')
                  AND s.since <= {NOW} AND s.until > {NOW} AND NOT sight_forbidden(s.child_id, s.person_id)
                  AND (EXISTS (SELECT 1 FROM people_nationalnumber n WHERE n.person_id = s.person_id)
                       OR EXISTS (SELECT 1 FROM access_pass p WHERE p.person_id = s.person_id AND p.until > {NOW}))
                ORDER BY s.person_id)
            FROM families_child c
            WHERE c.born = ANY (births) AND EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = c.person_id
                  AND s.kind IN ('service', 'parent', 'child', 'guardian') AND s.since <= {NOW} AND s.until > {NOW})
            ORDER BY c.person_id
            """, to=WORKER),
    ]
