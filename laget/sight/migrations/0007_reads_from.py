"""A child's place says from when on it reads the log: what was written before is looked through by somebody first."""

import datetime

from django.db import migrations, models

from laget.audit.ground import Function, Replaced

NOW = "statement_timestamp()"
PAIRS = """
    CREATE OR REPLACE FUNCTION sight_pairs() RETURNS TABLE (child uuid, kind text, log_from timestamptz, plan_from timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $function$
        SELECT c.child_id, c.kind, c.log_from, c.plan_from
        FROM sight_held() h
        JOIN sight_cover c ON c.child_id = h.child AND c.service_id = h.service
        WHERE h.kind = 'service' AND c.since <= statement_timestamp() AND c.until > statement_timestamp()
        UNION ALL
        SELECT h.child, k.kind, {reads_from}, timestamptz '1900-01-01 00:00+00'
        FROM sight_held() h
        CROSS JOIN unnest(ARRAY['identity', 'everyday', 'learning', 'health', 'family_situation', 'economy',
                                'child_welfare']) AS k (kind)
        WHERE h.kind IN ('parent', 'child', 'guardian')
    $function$"""


class Migration(migrations.Migration):

    dependencies = [("sight", "0006_a_forbid_waits_for_what_is_sent")]

    operations = [
        migrations.AddField("seat", "reads_from", models.DateTimeField(
            default=datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), db_default=datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
        # Going back, the pairs stop asking for it before it goes.
        migrations.RunSQL(migrations.RunSQL.noop, PAIRS.format(reads_from="timestamptz '1900-01-01 00:00+00'")),
        Replaced("laget.sight.migrations.0005_at_work_and_in_an_emergency", "sight_held"),
        # As before, with how far back the log is read by the family; services read as far as their covers reach.
        Function("sight_held()", "TABLE (child uuid, kind text, service uuid, reads_from timestamptz)", f"""
            SELECT s.child_id, s.kind, u.service_id, s.reads_from
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
        migrations.RunSQL(PAIRS.format(reads_from="h.reads_from"), migrations.RunSQL.noop),
    ]
