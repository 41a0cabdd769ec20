"""Whoever stood in for a holder is told when the baton falls, also by one who does not see the case."""

from django.db import migrations

from laget.audit.ground import Function


class Migration(migrations.Migration):

    dependencies = [("cases", "0024_looked_follows")]

    operations = [
        # Only in the transaction in which the baton ends, for the notice that says so: persons, and nothing of the case.
        Function("cases_stood_in(of_case uuid)", "SETOF uuid", """
            SELECT DISTINCT p.person_id
            FROM cases_baton b
            JOIN cases_deputy d ON d.baton_id = b.id
            JOIN directory_position p ON p.id = d.position_id
            WHERE b.case_id = of_case AND b.until >= transaction_timestamp() AND b.until <= statement_timestamp()
              AND d.until >= transaction_timestamp() AND d.until <= greatest(statement_timestamp(), d.since)
            """),
    ]
