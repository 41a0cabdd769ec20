"""Those around a child, and those who read a text, are found with whether health is the young person's own by now."""

from django.db import migrations

from laget.audit.ground import Function, Replaced

NOW = "statement_timestamp()"
TEXT = "of_child uuid, of_kind text, at timestamptz, in_plan boolean, author uuid, in_service uuid"
WAS = "was text, was_persons uuid[]"


class Migration(migrations.Migration):

    dependencies = [("cases", "0022_nobody_is_kept_from_their_own_words"), ("sight", "0009_health_until")]

    operations = [
        Replaced("laget.cases.migrations.0019_looked_through", "cases_around"),
        # As before; for the family, whether the place lets know the child's health.
        Function("cases_around(of_child uuid)", """TABLE (person uuid, seat text, at_work uuid, in_service uuid,
                 title text, service text, kind text, log_from timestamptz, plan_from timestamptz, tells boolean)""", """
            SELECT s.person_id, s.kind, s.position_id, u.service_id, coalesce(p.title, ''), coalesce(v.name, ''),
                   c.kind, CASE s.kind WHEN 'service' THEN c.log_from ELSE s.reads_from END, c.plan_from,
                   s.health_until > statement_timestamp()
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
        Replaced("laget.cases.migrations.0013_more_readers_only_by_its_author", "cases_reading"),
        # As before, and the family as far as its places let know.
        Function(f"cases_reading({TEXT}, {WAS})", "SETOF uuid", f"""
            SELECT s.person_id
            FROM sight_seat s
            LEFT JOIN directory_position p ON p.id = s.position_id
            LEFT JOIN directory_unit u ON u.id = p.unit_id
            WHERE s.child_id = of_child AND s.since <= {NOW} AND s.until > {NOW}
              AND NOT sight_barred(s.child_id, s.person_id, CASE s.kind WHEN 'service' THEN 'worker' ELSE 'citizen' END)
              AND CASE s.kind WHEN 'service' THEN p.person_id = s.person_id AND p.since <= {NOW} AND p.until > {NOW}
                  AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.child_id = of_child AND c.service_id = u.service_id
                              AND c.kind = of_kind AND c.since <= {NOW} AND c.until > {NOW}
                              AND at >= CASE WHEN in_plan THEN c.plan_from ELSE c.log_from END)
                  ELSE s.kind IN ('parent', 'guardian', 'child')
                       AND (of_kind <> 'health' OR s.health_until > {NOW}) END
              AND CASE was
                  WHEN 'team' THEN true
                  WHEN 'own_service' THEN NOT in_plan AND (s.kind <> 'service' OR u.service_id = in_service)
                  WHEN 'family' THEN s.kind <> 'service'
                  WHEN 'services' THEN s.kind = 'service' OR s.person_id = author
                  WHEN 'named' THEN s.person_id = ANY (was_persons) OR s.person_id = author
                  WHEN 'childs_own' THEN s.kind = 'child' OR s.person_id = ANY (was_persons) OR s.person_id = author
                  WHEN 'not_for' THEN was_persons <> '{{}}' AND NOT s.person_id = ANY (was_persons)
                  ELSE false END
            """, to=""),
    ]
