"""Whether a young person reads about itself alone is asked in the statement that says who acts: its pages say du."""

from django.db import migrations

from laget.audit.ground import Function

NOW = "statement_timestamp()"


class Migration(migrations.Migration):

    dependencies = [("families", "0020_a_say_ends_by_two")]

    operations = [
        # The actor of this transaction is not known yet when it is asked: the person is named. It says nothing of others.
        Function("families_alone(of_person uuid)", "boolean", f"""
            SELECT EXISTS (SELECT 1 FROM families_child c WHERE c.person_id = of_person)
               AND NOT EXISTS (SELECT 1 FROM families_parent p WHERE p.person_id = of_person)
               AND NOT EXISTS (SELECT 1 FROM sight_seat s
                               WHERE s.person_id = of_person AND s.child_id <> of_person
                                 AND s.kind IN ('parent', 'guardian') AND s.since <= {NOW} AND s.until > {NOW})
            """),
    ]
