"""What was written before a child had a place is closed to it until somebody has looked through it for what is others' own."""

from django.db import migrations, models

from laget.audit.ground import Function, Replaced
from laget.sight.addressed import CAPACITY, ME, knows, lets

# What is the child's own needs nobody to look through it.
LOOKED = f"""((cases_log.looked_at IS NOT NULL OR cases_log.audience = 'childs_own' OR cases_log.author_id = {ME})
    AND {CAPACITY} = 'citizen' AND cases_log.child_id = {ME})"""


def seen(known: str) -> str:
    return f"""ALTER POLICY "kind_and_audience" ON "cases_log" USING (
        child_id = ANY (ARRAY(SELECT sight_cases())) AND {known} AND {lets("cases_log", "author_id", "service_id")})"""


class Migration(migrations.Migration):

    dependencies = [("cases", "0018_a_file_on_an_entry"), ("sight", "0007_reads_from")]

    operations = [
        migrations.AddField("log", "looked_at", models.DateTimeField(null=True)),
        migrations.RunSQL(
            seen(f"({knows('cases_log', 'at', 'log_from')} OR {LOOKED})"), seen(knows("cases_log", "at", "log_from"))
        ),
        migrations.RunSQL(
            "GRANT UPDATE (looked_at) ON cases_log TO laget_app", "REVOKE UPDATE (looked_at) ON cases_log FROM laget_app"
        ),
        Replaced("laget.cases.migrations.0010_around_with_where_they_work", "cases_around"),
        # As before; for the family, from when on it reads the log.
        Function("cases_around(of_child uuid)", """TABLE (person uuid, seat text, at_work uuid, in_service uuid,
                 title text, service text, kind text, log_from timestamptz, plan_from timestamptz)""", """
            SELECT s.person_id, s.kind, s.position_id, u.service_id, coalesce(p.title, ''), coalesce(v.name, ''),
                   c.kind, CASE s.kind WHEN 'service' THEN c.log_from ELSE s.reads_from END, c.plan_from
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
        # Whether something that the child would read waits to be looked through, and somebody is there who reads it: for
        # those in its case.
        Function("cases_unlooked(of_child uuid)", "boolean", """
            SELECT EXISTS (
                SELECT 1 FROM sight_seat s JOIN cases_log g ON g.child_id = s.child_id AND g.at < s.reads_from
                WHERE s.child_id = of_child AND s.person_id = of_child AND s.kind = 'child'
                  AND s.since <= statement_timestamp() AND s.until > statement_timestamp() AND g.looked_at IS NULL
                  AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.child_id = g.child_id AND c.kind = g.kind
                        AND c.since <= statement_timestamp() AND c.until > statement_timestamp() AND g.at >= c.log_from
                        AND (g.audience <> 'own_service' OR c.service_id = g.service_id))
                  AND CASE g.audience WHEN 'team' THEN true WHEN 'own_service' THEN true
                        WHEN 'named' THEN of_child = ANY (g.persons)
                        WHEN 'not_for' THEN g.persons <> '{}' AND NOT of_child = ANY (g.persons)
                        ELSE false END)
              AND of_child IN (SELECT sight_cases())
            """),
        # Those of the services who take part, for whoever has just opened the child's page; ids that no page shows.
        Function("cases_lookers(of_child uuid)", "SETOF uuid", """
            SELECT DISTINCT s.person_id FROM sight_seat s
            JOIN directory_position p ON p.id = s.position_id AND p.person_id = s.person_id
                 AND p.since <= statement_timestamp() AND p.until > statement_timestamp()
            JOIN directory_unit u ON u.id = p.unit_id
            WHERE s.child_id = of_child AND s.kind = 'service' AND s.since <= statement_timestamp()
              AND s.until > statement_timestamp() AND NOT sight_barred(s.child_id, s.person_id, 'worker')
              AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.child_id = s.child_id AND c.service_id = u.service_id
                          AND c.since <= statement_timestamp() AND c.until > statement_timestamp())
              AND EXISTS (SELECT 1 FROM cases_log g JOIN sight_seat own ON own.child_id = g.child_id
                          WHERE g.child_id = of_child AND own.person_id = of_child AND own.kind = 'child'
                          AND own.until > statement_timestamp() AND g.at < own.reads_from AND g.looked_at IS NULL)
              AND laget_capacity() = 'worker' AND of_child IN (SELECT sight_children())
            """, to="laget_app"),
    ]
