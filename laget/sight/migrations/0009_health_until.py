"""A parent's place says until when it knows the child's health: from an age it is the young person's to share."""

import datetime

from django.db import migrations, models

from laget.audit.ground import Function, Replaced

NOW = "statement_timestamp()"
FOREVER = datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)
PAIRS = """
    CREATE OR REPLACE FUNCTION sight_pairs() RETURNS TABLE (child uuid, kind text, log_from timestamptz, plan_from timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $function$
        SELECT c.child_id, c.kind, c.log_from, c.plan_from
        FROM sight_held() h
        JOIN sight_cover c ON c.child_id = h.child AND c.service_id = h.service
        WHERE h.kind = 'service' AND c.since <= statement_timestamp() AND c.until > statement_timestamp()
        UNION ALL
        SELECT h.child, k.kind, h.reads_from, timestamptz '1900-01-01 00:00+00'
        FROM sight_held() h
        CROSS JOIN unnest(ARRAY['identity', 'everyday', 'learning', 'health', 'family_situation', 'economy',
                                'child_welfare']) AS k (kind)
        WHERE h.kind IN ('parent', 'child', 'guardian'){health}
    $function$"""


class Migration(migrations.Migration):

    dependencies = [("sight", "0008_given_without_being_read_back")]

    operations = [
        # The default stays in PostgreSQL, where functions of the database write places too.
        migrations.AddField("seat", "health_until", models.DateTimeField(default=FOREVER, db_default=FOREVER)),
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.AlterField("seat", "health_until", models.DateTimeField(default=FOREVER)),
        ]),
        # Going back, the pairs stop asking for it before it goes.
        migrations.RunSQL(migrations.RunSQL.noop, PAIRS.format(health="")),
        Replaced("laget.sight.migrations.0007_reads_from", "sight_held"),
        # As before, with until when the family knows the child's health.
        Function("sight_held()", "TABLE (child uuid, kind text, service uuid, reads_from timestamptz, "
                 "health_until timestamptz)", f"""
            SELECT s.child_id, s.kind, u.service_id, s.reads_from, s.health_until
            FROM sight_seat s
            LEFT JOIN directory_position p ON p.id = s.position_id
            LEFT JOIN directory_unit u ON u.id = p.unit_id
            WHERE s.person_id = laget_person() AND s.since <= {NOW} AND s.until > {NOW}
              AND CASE laget_capacity()
                    WHEN 'citizen' THEN s.kind IN ('parent', 'child', 'guardian')
                    WHEN 'worker' THEN s.kind IN ('service', 'asking') AND p.person_id = s.person_id
                                       AND p.since <= {NOW} AND p.until > {NOW}
                    ELSE false END
              AND NOT EXISTS (SELECT 1 FROM sight_forbid f WHERE f.child_id = s.child_id AND f.person_id = s.person_id
                              AND f.capacity IN ('', laget_capacity()) AND f.since <= {NOW} AND f.until > {NOW})
            """),
        migrations.RunSQL(
            PAIRS.format(health=f"\n          AND (k.kind <> 'health' OR h.health_until > {NOW})"),
            migrations.RunSQL.noop,
        ),
    ]
