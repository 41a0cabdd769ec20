"""A child's place says from when on it reads the plan, as it does of the log."""

from django.db import migrations

NOW = "statement_timestamp()"
PAIRS = """
    CREATE OR REPLACE FUNCTION sight_pairs() RETURNS TABLE (child uuid, kind text, log_from timestamptz, plan_from timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $function$
        SELECT c.child_id, c.kind, c.log_from, c.plan_from
        FROM sight_held() h
        JOIN sight_cover c ON c.child_id = h.child AND c.service_id = h.service
        WHERE h.kind = 'service' AND c.since <= {now} AND c.until > {now}
        UNION ALL
        SELECT h.child, k.kind, h.reads_from, {plan_from}
        FROM sight_held() h
        CROSS JOIN unnest(ARRAY['identity', 'everyday', 'learning', 'health', 'family_situation', 'economy',
                                'child_welfare']) AS k (kind)
        WHERE h.kind IN ('parent', 'child', 'guardian') AND (k.kind <> 'health' OR h.health_until > {now})
    $function$"""


class Migration(migrations.Migration):

    dependencies = [("sight", "0009_health_until")]

    operations = [
        migrations.RunSQL(
            PAIRS.format(now=NOW, plan_from="h.reads_from"),
            PAIRS.format(now=NOW, plan_from="timestamptz '1900-01-01 00:00+00'"),
        ),
    ]
