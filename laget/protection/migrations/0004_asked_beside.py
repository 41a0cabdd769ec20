"""Whether a reader's pages tell no places is asked in the statement that says who acts, so no page pays for it."""

from django.db import migrations

from laget.audit.ground import Function

NOW = "statement_timestamp()"


class Migration(migrations.Migration):

    dependencies = [("protection", "0003_what_leaves")]

    operations = [
        # The actor of this transaction is not known yet when it is asked: the person is named. For one's own family.
        Function("protection_hides_from(of_person uuid)", "boolean", f"""
            SELECT EXISTS (SELECT 1 FROM sight_seat s
                           WHERE s.person_id = of_person AND s.kind IN ('parent', 'child', 'guardian')
                             AND s.since <= {NOW} AND s.until > {NOW} AND protection_protected(s.child_id))
            """),
    ]
