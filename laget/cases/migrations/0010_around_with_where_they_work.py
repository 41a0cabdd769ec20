"""Those around a child are asked for with what they are and where they work: one question less on each page."""

from django.db import migrations

from laget.audit.ground import Function, Replaced


class Migration(migrations.Migration):

    dependencies = [("cases", "0009_not_barred_at_work")]

    operations = [
        Replaced("laget.cases.migrations.0008_who_reads_a_text", "cases_around"),
        # As before, with the title and the service, which everybody signed in may know.
        Function("cases_around(of_child uuid)", """TABLE (person uuid, seat text, at_work uuid, in_service uuid,
                 title text, service text, kind text, log_from timestamptz, plan_from timestamptz)""", """
            SELECT s.person_id, s.kind, s.position_id, u.service_id, coalesce(p.title, ''), coalesce(v.name, ''),
                   c.kind, c.log_from, c.plan_from
            FROM sight_seat s
            LEFT JOIN directory_position p ON p.id = s.position_id
            LEFT JOIN directory_unit u ON u.id = p.unit_id
            LEFT JOIN directory_service v ON v.id = u.service_id
            LEFT JOIN sight_cover c ON s.kind = 'service' AND c.child_id = s.child_id AND c.service_id = u.service_id
                 AND c.since <= statement_timestamp() AND c.until > statement_timestamp()
            WHERE s.child_id = of_child AND of_child IN (SELECT sight_cases())
              AND s.since <= statement_timestamp() AND s.until > statement_timestamp()
              AND NOT sight_barred(s.child_id, s.person_id, CASE s.kind WHEN 'service' THEN 'worker' ELSE 'citizen' END)
              AND CASE s.kind WHEN 'service' THEN c.id IS NOT NULL AND p.person_id = s.person_id
                                   AND p.since <= statement_timestamp() AND p.until > statement_timestamp()
                              ELSE s.kind IN ('parent', 'guardian', 'child') END
            ORDER BY s.since, s.id
            """),
    ]
