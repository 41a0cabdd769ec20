"""What settling a request and the sweeps need to know or do beyond what the one who acts may see."""

from django.db import migrations

from laget.audit.ground import APP, WORKER, Function

FOREVER = "timestamptz '9999-01-01 00:00+00'"


class Migration(migrations.Migration):

    dependencies = [("consents", "0001_initial"), ("families", "0002_typed_and_reachable")]

    operations = [
        # One hand at a time moves what a child's consents give: a stale intersection can never be left behind.
        Function("consents_wait(of_child uuid)", "void", """
            SELECT pg_advisory_xact_lock(hashtextextended('consents:' || of_child::text, 0))
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
        # What the service of a request may know now, and whether by this request.
        Function("consents_in_force(of_request uuid)",
                 "TABLE (kind text, until timestamptz, log_from timestamptz, plan_from timestamptz, mine boolean)", """
            SELECT c.kind::text, c.until, c.log_from, c.plan_from, c.origin_id IS NOT DISTINCT FROM r.id
            FROM consents_request r
            JOIN sight_cover c ON c.child_id = r.child_id AND c.service_id = r.service_id
            WHERE r.id = of_request AND c.since <= statement_timestamp() AND c.until > statement_timestamp()
              AND r.child_id IN (SELECT sight_children())
            ORDER BY c.kind, c.id
            """, to=APP),
        # The one neutral reminder: to those asked who have not answered, can sign in, and are not forbidden to know.
        Function("consents_remind(asked_before timestamptz)", "TABLE (request uuid, child uuid, person uuid)", f"""
            WITH due AS (
                UPDATE consents_request r SET reminded_at = statement_timestamp()
                WHERE r.reminded_at IS NULL AND r.ended_at = {FOREVER} AND r.asked_at <= asked_before
                  AND r.answer_by > statement_timestamp()
                  AND EXISTS (SELECT 1 FROM consents_party p WHERE p.request_id = r.id AND NOT EXISTS (
                              SELECT 1 FROM consents_answer a WHERE a.request_id = r.id AND a.person_id = p.person_id))
                RETURNING r.id, r.child_id)
            SELECT d.id, d.child_id, p.person_id
            FROM due d JOIN consents_party p ON p.request_id = d.id
            WHERE NOT EXISTS (SELECT 1 FROM consents_answer a WHERE a.request_id = d.id AND a.person_id = p.person_id)
              AND EXISTS (SELECT 1 FROM people_nationalnumber n WHERE n.person_id = p.person_id)
              AND EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = d.child_id AND s.person_id = p.person_id
                          AND s.kind IN ('parent', 'child', 'guardian') AND s.since <= statement_timestamp()
                          AND s.until > statement_timestamp())
              AND NOT sight_forbidden(d.child_id, p.person_id)
            ORDER BY d.id, p.person_id
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=WORKER),
        # Requests that nobody completed in time end; the work goes on in the own service.
        Function("consents_lapse()", "TABLE (request uuid, child uuid, asked_by uuid)", f"""
            UPDATE consents_request r SET ended_at = statement_timestamp()
            WHERE r.ended_at = {FOREVER} AND r.answer_by <= statement_timestamp()
              AND NOT EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin_id = r.id)
              AND (NOT EXISTS (SELECT 1 FROM consents_party p WHERE p.request_id = r.id)
                OR EXISTS (SELECT 1 FROM consents_party p WHERE p.request_id = r.id AND NOT EXISTS (
                           SELECT 1 FROM consents_answer a WHERE a.request_id = r.id AND a.person_id = p.person_id)))
            RETURNING r.id, r.child_id, r.asked_by_id
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=WORKER),
        # Requests whose last day is over end; the kinds are those that the service then knows on no consent any more.
        Function("consents_expire(today date)",
                 "TABLE (request uuid, child uuid, service uuid, asked_by uuid, kinds text[])", f"""
            WITH over AS (
                UPDATE consents_request r SET ended_at = statement_timestamp()
                WHERE r.ended_at = {FOREVER} AND r.until < today
                RETURNING r.id, r.child_id, r.service_id, r.asked_by_id)
            SELECT o.id, o.child_id, o.service_id, o.asked_by_id, coalesce((
                SELECT array_agg(DISTINCT c.kind::text) FROM sight_cover c
                WHERE c.origin_id = o.id AND c.until <= statement_timestamp()
                  AND NOT EXISTS (SELECT 1 FROM sight_cover x WHERE x.child_id = o.child_id AND x.service_id = o.service_id
                                  AND x.kind = c.kind AND x.since <= statement_timestamp()
                                  AND x.until > statement_timestamp())), ARRAY[]::text[])
            FROM over o
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=WORKER),
    ]
