"""A child that is expected is registered with what it is called until then; the one who tells of its birth names it."""

from django.db import migrations

from laget.audit.ground import Function


class Migration(migrations.Migration):

    dependencies = [("families", "0004_names_of_those_one_asks_about")]

    operations = [
        # Only by those who take part in the case and know its registered name, only before the birth date is set, and
        # only the given name. What it was called before stands in the request for consent, as it was typed there.
        Function("families_name_newborn(of_child uuid, new_given text, given_key text)", "boolean", """
            WITH named AS (
                UPDATE people_name n
                SET given = new_given, sort_key = left(split_part(n.sort_key, '|', 1) || '|' || given_key, 400)
                FROM families_child c
                WHERE n.person_id = of_child AND c.person_id = of_child AND c.born IS NULL
                  AND of_child IN (SELECT sight_cases()) AND of_child IN (SELECT sight_named())
                RETURNING 1)
            SELECT EXISTS (SELECT 1 FROM named)
            """, to="laget_app", how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
    ]
