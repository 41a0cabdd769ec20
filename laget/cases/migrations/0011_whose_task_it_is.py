"""What is to be done around a child is a task for the one who holds the baton, also when time alone brings it about."""

from django.db import migrations

from laget.audit.ground import Function


class Migration(migrations.Migration):

    dependencies = [("cases", "0010_around_with_where_they_work"), ("consents", "0008_asked_again"), ("sight", "0003_had_a_place")]

    operations = [
        # The person only; the house itself asks too, when a day has come.
        Function("cases_holder(of_child uuid)", "uuid", """
            SELECT p.person_id
            FROM cases_case k
            JOIN cases_baton b ON b.case_id = k.id AND b.until = timestamptz '9999-01-01 00:00+00'
            JOIN directory_position p ON p.id = b.position_id
            WHERE k.child_id = of_child AND k.closed_at = timestamptz '9999-01-01 00:00+00'
              AND (laget_capacity() = 'system' OR of_child IN (SELECT sight_cases()))
            """),
    ]
