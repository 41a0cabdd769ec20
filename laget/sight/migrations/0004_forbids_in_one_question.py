"""Seats and forbids are asked for in one question: a function called for each seat cost a third of every statement's sight."""

from django.db import migrations

from laget.audit.ground import Function, Replaced


class Migration(migrations.Migration):

    dependencies = [("sight", "0003_had_a_place")]

    operations = [
        Replaced("laget.sight.migrations.0001_initial", "sight_held"),
        # As before; what `sight_forbidden` asks stands inside, where PostgreSQL plans both together.
        Function("sight_held()", "TABLE (child uuid, kind text, service uuid)", """
            SELECT s.child_id, s.kind, u.service_id
            FROM sight_seat s
            LEFT JOIN directory_position p ON p.id = s.position_id
            LEFT JOIN directory_unit u ON u.id = p.unit_id
            WHERE s.person_id = laget_person() AND s.since <= statement_timestamp() AND s.until > statement_timestamp()
              AND CASE laget_capacity()
                    WHEN 'citizen' THEN s.kind IN ('parent', 'child', 'guardian')
                    WHEN 'worker' THEN s.kind IN ('service', 'asking') AND p.person_id = s.person_id
                                       AND p.since <= statement_timestamp() AND p.until > statement_timestamp()
                    ELSE false END
              AND NOT EXISTS (SELECT 1 FROM sight_forbid f WHERE f.child_id = s.child_id AND f.person_id = s.person_id
                              AND f.since <= statement_timestamp() AND f.until > statement_timestamp())
            """),
    ]
