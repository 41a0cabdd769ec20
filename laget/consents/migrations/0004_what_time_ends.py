"""What time ends is looked at once nobody else holds it, and only what ended by its own last day is said to be lost."""

from django.db import migrations

from laget.audit.ground import WORKER, Function, Replaced

FOREVER = "timestamptz '9999-01-01 00:00+00'"


class Migration(migrations.Migration):

    dependencies = [("consents", "0003_ones_own_answer_stands")]

    operations = [
        Replaced("laget.consents.migrations.0002_settling", "consents_lapse", "consents_expire"),
        # Requests that nobody completed in time end; the work goes on in the own service. A request that somebody
        # answers at this moment is left for the next round: what is asked of it is asked again once it is held.
        Function("consents_lapse()", "TABLE (request uuid, child uuid, asked_by uuid)", f"""
            DECLARE
                late uuid[] := ARRAY(
                    SELECT r.id FROM consents_request r
                    WHERE r.ended_at = {FOREVER} AND r.answer_by <= statement_timestamp() FOR UPDATE SKIP LOCKED);
            BEGIN
                RETURN QUERY UPDATE consents_request r SET ended_at = statement_timestamp()
                WHERE r.id = ANY (late)
                  AND NOT EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin_id = r.id)
                  AND (NOT EXISTS (SELECT 1 FROM consents_party p WHERE p.request_id = r.id)
                    OR EXISTS (SELECT 1 FROM consents_party p WHERE p.request_id = r.id AND NOT EXISTS (
                               SELECT 1 FROM consents_answer a
                               WHERE a.request_id = r.id AND a.person_id = p.person_id)))
                RETURNING r.id, r.child_id, r.asked_by_id;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=WORKER),
        # Requests whose last day is over end. The kinds are those that the service knew until then, and now knows on no
        # consent; what was withdrawn or left before was said to be lost that day.
        Function("consents_expire(today date)",
                 "TABLE (request uuid, child uuid, service uuid, asked_by uuid, kinds text[])", f"""
            WITH over AS (
                UPDATE consents_request r SET ended_at = statement_timestamp()
                WHERE r.ended_at = {FOREVER} AND r.until < today
                RETURNING r.id, r.child_id, r.service_id, r.asked_by_id, r.until)
            SELECT o.id, o.child_id, o.service_id, o.asked_by_id, coalesce((
                SELECT array_agg(DISTINCT c.kind::text) FROM sight_cover c
                WHERE c.origin_id = o.id AND c.until <= statement_timestamp()
                  AND c.until >= (o.until + 1)::timestamp AT TIME ZONE 'Europe/Oslo'
                  AND NOT EXISTS (SELECT 1 FROM sight_cover x WHERE x.child_id = o.child_id AND x.service_id = o.service_id
                                  AND x.kind = c.kind AND x.since <= statement_timestamp()
                                  AND x.until > statement_timestamp())), ARRAY[]::text[])
            FROM over o
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=WORKER),
    ]
