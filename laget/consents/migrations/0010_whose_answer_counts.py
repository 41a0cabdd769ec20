"""Who has parental responsibility changes: one more is asked, another's answer counts no more, and what stood on it ends."""

import datetime

from django.db import migrations, models

from laget.audit.ground import APP, WORKER, Function, Replaced

FOREVER = "timestamptz '9999-01-01 00:00+00'"
NOW = "statement_timestamp()"
OPEN = "TABLE (request uuid, service uuid, asked_by uuid, until date, born date, act text, receiver text, asked uuid[])"
SHOWN = """
    SELECT r.id, r.service_id, r.asked_by_id, r.until, k.born, sender.act::text, receiver.act::text,
           ARRAY(SELECT p.person_id FROM consents_party p WHERE p.request_id = r.id AND p.ended_at > statement_timestamp())
    FROM consents_request r
    JOIN families_child k ON k.person_id = r.child_id
    JOIN directory_service receiver ON receiver.id = r.service_id
    JOIN directory_position d ON d.id = r.position_id
    JOIN directory_unit u ON u.id = d.unit_id
    JOIN directory_service sender ON sender.id = u.service_id
"""
DEFINER = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"


class Migration(migrations.Migration):

    dependencies = [("consents", "0009_how_strongly_it_was_given"), ("families", "0010_a_parent_added")]

    operations = [
        migrations.AddField(
            "party", "ended_at",
            models.DateTimeField(default=datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)),
        ),
        migrations.AlterField(
            "renewal", "cause",
            models.CharField(
                max_length=30,
                choices=[("period_ended", "Period Ended"), ("birthday", "Birthday"),
                         ("holder_changes_service", "Holder Changes Service"), ("new_level", "New Level"),
                         ("responsibility", "Responsibility")],
            ),
        ),
    ]

    # Whoever has lost parental responsibility is not among those whose answers are asked for.
    operations += [
        Replaced("laget.consents.migrations.0006_what_a_consent_says", "consents_standing", "consents_excluded"),
        Function("consents_standing(of_request uuid)",
                 "TABLE (person uuid, role text, answered boolean, kinds text[], reach text, until date, joins boolean, "
                 "one_of boolean, withdraws boolean)", """
            SELECT p.person_id, p.role, a.id IS NOT NULL, coalesce(a.kinds::text[], ARRAY[]::text[]), a.reach, a.until,
                   coalesce(a.joins, false), p.one_of, coalesce(a.withdraws, false)
            FROM consents_party p
            JOIN consents_request r ON r.id = p.request_id
            LEFT JOIN LATERAL (
                SELECT * FROM consents_answer x WHERE x.request_id = r.id AND x.person_id = p.person_id
                ORDER BY x.at DESC, x.id LIMIT 1) a ON true
            WHERE r.id = of_request AND p.ended_at > statement_timestamp() AND r.child_id IN (SELECT sight_children())
            ORDER BY p.person_id
            """),
        Function("consents_excluded(of_request uuid)", "SETOF text", """
            SELECT a.excluded FROM consents_party p
            JOIN consents_request r ON r.id = p.request_id
            JOIN LATERAL (
                SELECT * FROM consents_answer x WHERE x.request_id = r.id AND x.person_id = p.person_id
                ORDER BY x.at DESC, x.id LIMIT 1) a ON true
            WHERE r.id = of_request AND p.ended_at > statement_timestamp() AND r.asked_by_id = laget_person() AND laget_capacity() = 'worker'
              AND a.excluded <> '' AND cardinality(a.kinds) > 0 AND r.child_id IN (SELECT sight_children())
            ORDER BY a.excluded
            """, to=APP),
        Replaced("laget.consents.migrations.0002_settling", "consents_remind"),
        Function("consents_remind(asked_before timestamptz)", "TABLE (request uuid, child uuid, person uuid)", f"""
            WITH due AS (
                UPDATE consents_request r SET reminded_at = statement_timestamp()
                WHERE r.reminded_at IS NULL AND r.ended_at = {FOREVER} AND r.asked_at <= asked_before
                  AND r.answer_by > statement_timestamp()
                  AND EXISTS (SELECT 1 FROM consents_party p WHERE p.request_id = r.id AND p.ended_at > statement_timestamp() AND NOT EXISTS (
                              SELECT 1 FROM consents_answer a WHERE a.request_id = r.id AND a.person_id = p.person_id))
                RETURNING r.id, r.child_id)
            SELECT d.id, d.child_id, p.person_id
            FROM due d JOIN consents_party p ON p.request_id = d.id
            WHERE p.ended_at > statement_timestamp()
              AND NOT EXISTS (SELECT 1 FROM consents_answer a WHERE a.request_id = d.id AND a.person_id = p.person_id)
              AND EXISTS (SELECT 1 FROM people_nationalnumber n WHERE n.person_id = p.person_id)
              AND EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = d.child_id AND s.person_id = p.person_id
                          AND s.kind IN ('parent', 'child', 'guardian') AND s.since <= statement_timestamp()
                          AND s.until > statement_timestamp())
              AND NOT sight_forbidden(d.child_id, p.person_id)
            ORDER BY d.id, p.person_id
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=WORKER),
        Replaced("laget.consents.migrations.0004_what_time_ends", "consents_lapse", "consents_expire"),
        Function("consents_lapse()", "TABLE (request uuid, child uuid, asked_by uuid)", f"""
            DECLARE
                late uuid[] := ARRAY(
                    SELECT r.id FROM consents_request r
                    WHERE r.ended_at = {FOREVER} AND r.answer_by <= statement_timestamp() FOR UPDATE SKIP LOCKED);
            BEGIN
                RETURN QUERY UPDATE consents_request r SET ended_at = statement_timestamp()
                WHERE r.id = ANY (late)
                  AND NOT EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin_id = r.id)
                  AND (NOT EXISTS (SELECT 1 FROM consents_party p WHERE p.request_id = r.id AND p.ended_at > statement_timestamp())
                    OR EXISTS (SELECT 1 FROM consents_party p WHERE p.request_id = r.id
                               AND p.ended_at > statement_timestamp() AND NOT EXISTS (
                               SELECT 1 FROM consents_answer a
                               WHERE a.request_id = r.id AND a.person_id = p.person_id)))
                RETURNING r.id, r.child_id, r.asked_by_id;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=WORKER),
        # Requests whose last day is over end, and those that a new holder was asked about and has not answered in time.
        # The kinds are those that the service knew until then, and now knows on no consent.
        Function("consents_expire(today date)",
                 "TABLE (request uuid, child uuid, service uuid, asked_by uuid, kinds text[])", f"""
            WITH over AS (
                UPDATE consents_request r SET ended_at = {NOW}
                WHERE r.ended_at = {FOREVER} AND (r.until < today OR (
                    r.answer_by <= {NOW}
                    AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin_id = r.id AND c.until = r.answer_by)
                    AND NOT EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin_id = r.id AND c.until > {NOW})))
                RETURNING r.id, r.child_id, r.service_id, r.asked_by_id, CASE WHEN r.until < today
                          THEN (r.until + 1)::timestamp AT TIME ZONE 'Europe/Oslo' ELSE r.answer_by END AS over_at)
            SELECT o.id, o.child_id, o.service_id, o.asked_by_id, coalesce((
                SELECT array_agg(DISTINCT c.kind::text) FROM sight_cover c
                WHERE c.origin_id = o.id AND c.until <= {NOW} AND c.until >= o.over_at
                  AND NOT EXISTS (SELECT 1 FROM sight_cover x WHERE x.child_id = o.child_id AND x.service_id = o.service_id
                                  AND x.kind = c.kind AND x.since <= {NOW} AND x.until > {NOW})), ARRAY[]::text[])
            FROM over o
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=WORKER),
        # What is asked or agreed about a child, for those in the case: ids and acts, never what anybody answered.
        Function("consents_open(of_child uuid)", OPEN, f"""
            {SHOWN} WHERE r.child_id = of_child AND r.ended_at = {FOREVER}
              AND laget_capacity() = 'worker' AND of_child IN (SELECT sight_cases())
            ORDER BY r.asked_at, r.id
            """, to=APP),
        # One who has parental responsibility, proven, is asked what the others were asked. What is shared lasts to the
        # answer, no longer; where one yes is enough it lasts as it did.
        Function("consents_ask_too(of_request uuid, of_person uuid, one_yes boolean, by_then timestamptz)", "void", f"""
            DECLARE
                of_child uuid;
            BEGIN
                SELECT r.child_id INTO of_child FROM consents_request r
                JOIN families_parent p ON p.child_id = r.child_id AND p.person_id = of_person AND p.responsibility
                     AND p.source <> 'declared' AND p.since <= {NOW} AND p.until > {NOW}
                WHERE r.id = of_request AND r.ended_at = {FOREVER} AND laget_capacity() = 'worker'
                  AND r.child_id IN (SELECT sight_cases());
                IF of_child IS NULL THEN
                    RAISE EXCEPTION 'only a holder of responsibility is asked too' USING ERRCODE = 'insufficient_privilege';
                END IF;
                INSERT INTO consents_party (id, request_id, child_id, person_id, role, one_of, told_at, ended_at)
                VALUES (gen_random_uuid(), of_request, of_child, of_person, 'parent', one_yes, {NOW}, {FOREVER})
                ON CONFLICT (request_id, person_id) DO UPDATE SET ended_at = {FOREVER}, one_of = EXCLUDED.one_of;
                IF NOT one_yes AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin_id = of_request AND c.until > by_then)
                   AND EXISTS (SELECT 1 FROM consents_standing(of_request) s WHERE s.person = of_person AND cardinality(s.kinds) = 0)
                THEN
                    UPDATE sight_cover SET until = by_then WHERE origin_id = of_request AND since <= {NOW} AND until > by_then;
                    UPDATE consents_request SET answer_by = by_then WHERE id = of_request;
                END IF;
            END
            """, how=DEFINER, to=APP),
        # One who has no parental responsibility any more is not among those asked. The rows that were open.
        Function("consents_count_no_more(of_child uuid, of_person uuid)", OPEN, f"""
            DECLARE
                gone uuid[];
            BEGIN
                IF laget_capacity() IS DISTINCT FROM 'worker' OR of_child NOT IN (SELECT sight_cases()) OR EXISTS (
                    SELECT 1 FROM families_parent p WHERE p.child_id = of_child AND p.person_id = of_person
                    AND p.responsibility AND p.source <> 'declared' AND p.since <= {NOW} AND p.until > {NOW}) THEN
                    RAISE EXCEPTION 'a holder of responsibility counts' USING ERRCODE = 'insufficient_privilege';
                END IF;
                WITH ended AS (
                    UPDATE consents_party p SET ended_at = {NOW} FROM consents_request q
                    WHERE q.id = p.request_id AND q.ended_at = {FOREVER} AND p.child_id = of_child
                      AND p.person_id = of_person AND p.role = 'parent' AND p.ended_at > {NOW}
                    RETURNING p.request_id)
                SELECT array_agg(e.request_id) INTO gone FROM ended e;
                RETURN QUERY {SHOWN} WHERE r.id = ANY (gone) ORDER BY r.asked_at, r.id;
            END
            """, how=DEFINER, to=APP),
        # A question of which somebody counts no more ends; the kinds are those that the service knows on no consent then.
        Function("consents_end(of_request uuid)", "SETOF text", f"""
            DECLARE
                mine uuid[];
            BEGIN
                UPDATE consents_request r SET ended_at = {NOW}
                WHERE r.id = of_request AND r.ended_at = {FOREVER} AND laget_capacity() = 'worker'
                  AND r.child_id IN (SELECT sight_cases())
                  AND EXISTS (SELECT 1 FROM consents_party p WHERE p.request_id = r.id AND p.ended_at <= {NOW});
                IF NOT FOUND THEN
                    RETURN;
                END IF;
                WITH over AS (
                    UPDATE sight_cover c SET until = greatest(c.since, {NOW})
                    WHERE c.origin_id = of_request AND c.origin = 'consent' AND c.until > {NOW} RETURNING c.id)
                SELECT array_agg(o.id) INTO mine FROM over o;
                RETURN QUERY SELECT DISTINCT c.kind::text FROM sight_cover c
                WHERE c.id = ANY (mine) AND c.since < c.until AND NOT EXISTS (
                    SELECT 1 FROM sight_cover x WHERE x.child_id = c.child_id AND x.service_id = c.service_id
                    AND x.kind = c.kind AND x.since <= {NOW} AND x.until > {NOW});
            END
            """, how=DEFINER, to=APP),
        Function("consents_ask_holders_again(of_request uuid, by_day date)", "TABLE (renewal uuid)", f"""
            INSERT INTO consents_renewal (id, request_id, child_id, service_id, kinds, reach, cause, due, at)
            SELECT gen_random_uuid(), r.id, r.child_id, r.service_id, r.kinds, r.reach, 'responsibility', by_day, {NOW}
            FROM consents_request r
            WHERE r.id = of_request AND laget_capacity() = 'worker' AND r.child_id IN (SELECT sight_cases())
              AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin = 'consent' AND c.origin_id = r.id
                          AND c.since <= {NOW} AND c.until > {NOW})
            ON CONFLICT (request_id) WHERE done_at IS NULL DO UPDATE
                SET cause = EXCLUDED.cause, due = least(consents_renewal.due, EXCLUDED.due)
            RETURNING id
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=APP),
        # Everybody who must has answered: the task to ask because of changed responsibility is done.
        Function("consents_needless(of_request uuid)", "void", f"""
            UPDATE consents_renewal w SET done_at = {NOW}
            WHERE w.request_id = of_request AND w.cause = 'responsibility' AND w.done_at IS NULL
              AND w.child_id IN (SELECT sight_children())
              AND NOT EXISTS (SELECT 1 FROM consents_standing(of_request) s WHERE NOT s.answered)
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=APP),
    ]
