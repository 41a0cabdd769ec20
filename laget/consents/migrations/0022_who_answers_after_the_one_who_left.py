"""What child welfare says is held by somebody who works there now: it falls to another when that one leaves, or is handed on."""

from django.db import migrations, models

from laget.audit.ground import APP, WORKER, Function
from laget.kernel.period import FOREVER as NO_END

FOREVER = "timestamptz '9999-01-01 00:00+00'"
NOW = "statement_timestamp()"
VOLATILE = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"
BY_IT = "laget_capacity() = 'worker' AND p.role = 'child_welfare' AND p.person_id = laget_person()"
COUNTS = "(p.role <> 'child_welfare' OR (p.unheld_at IS NULL AND x.at >= p.told_at))"
"""Whether an answer `x` is what the party `p` says: child welfare's own, since that one was asked, while somebody holds it."""
STANDS = f"""EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin = 'consent' AND c.origin_id = r.id
                                   AND c.since <= {NOW} AND c.until > {NOW})"""

STANDING = """
            SELECT p.person_id, p.role, a.id IS NOT NULL, coalesce(a.kinds::text[], ARRAY[]::text[]), a.reach, a.until,
                   coalesce(a.joins, false), p.one_of, coalesce(a.withdraws, false)
            FROM consents_party p
            JOIN consents_request r ON r.id = p.request_id
            LEFT JOIN LATERAL (
                SELECT * FROM consents_answer x WHERE x.request_id = r.id AND x.person_id = p.person_id{counts}
                ORDER BY x.at DESC, x.id LIMIT 1) a ON true
            WHERE r.id = of_request AND p.ended_at > statement_timestamp() AND r.child_id IN (SELECT sight_children())
            ORDER BY p.person_id
            """
EXCLUDED = """
            SELECT a.excluded FROM consents_party p
            JOIN consents_request r ON r.id = p.request_id
            JOIN LATERAL (
                SELECT * FROM consents_answer x WHERE x.request_id = r.id AND x.person_id = p.person_id{counts}
                ORDER BY x.at DESC, x.id LIMIT 1) a ON true
            WHERE r.id = of_request AND p.ended_at > statement_timestamp() AND r.asked_by_id = laget_person() AND laget_capacity() = 'worker'
              AND a.excluded <> '' AND cardinality(a.kinds) > 0 AND r.child_id IN (SELECT sight_children())
            ORDER BY a.excluded
            """
DECIDES_NO_MORE = """
            SELECT EXISTS (
                SELECT 1 FROM consents_party p WHERE p.request_id = of_request AND p.person_id = of_person
                AND p.ended_at <= statement_timestamp() AND p.child_id IN (SELECT sight_children())){still}
            """
STILL = """ AND NOT EXISTS (
                SELECT 1 FROM consents_party p WHERE p.request_id = of_request AND p.person_id = of_person
                AND p.ended_at > statement_timestamp())"""
ASK_TOO = f"""
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
                ON CONFLICT (request_id, person_id){{where}} DO UPDATE SET ended_at = {FOREVER}, one_of = EXCLUDED.one_of;
                IF NOT one_yes AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin_id = of_request AND c.until > by_then)
                   AND EXISTS (SELECT 1 FROM consents_standing(of_request) s WHERE s.person = of_person AND cardinality(s.kinds) = 0)
                THEN
                    UPDATE sight_cover SET until = by_then WHERE origin_id = of_request AND since <= {NOW} AND until > by_then;
                    UPDATE consents_request SET answer_by = by_then WHERE id = of_request;
                END IF;
            END
            """
TABLE = ("TABLE (person uuid, role text, answered boolean, kinds text[], reach text, until date, joins boolean, "
         "one_of boolean, withdraws boolean)")


def close(child: str, person: str) -> str:
    """Whether a worker has to do with a child in private, or is kept away from it."""
    return (f"EXISTS (SELECT 1 FROM directory_selves({person}) me WHERE sight_barred({child}, me, 'worker') "
            f"OR EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = {child} AND s.person_id = me "
            "AND s.kind IN ('parent', 'child', 'guardian')))")


def written(now: bool) -> list[str]:
    """In place of those before, on which policies and other functions lean."""
    counts, still = (f" AND {COUNTS}", STILL) if now else ("", "")
    where = " WHERE role <> 'child_welfare'" if now else ""
    made = [
        Function("consents_standing(of_request uuid)", TABLE, STANDING.format(counts=counts)),
        Function("consents_excluded(of_request uuid)", "SETOF text", EXCLUDED.format(counts=counts), to=APP),
        Function("consents_decides_no_more(of_request uuid, of_person uuid)", "boolean",
                 DECIDES_NO_MORE.format(still=still), to=APP),
        Function("consents_ask_too(of_request uuid, of_person uuid, one_yes boolean, by_then timestamptz)", "void",
                 ASK_TOO.format(where=where), how=VOLATILE, to=APP),
    ]
    return [one.up()[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION") for one in made]


class Migration(migrations.Migration):

    dependencies = [
        ("consents", "0021_why_it_is_hidden_stands_with_the_decision"), ("directory", "0008_which_human"),
        ("sight", "0012_what_has_ended_has_ended"),
    ]

    operations = [
        migrations.AddField("party", "unheld_at", models.DateTimeField(null=True)),
        migrations.RemoveConstraint("party", "asked_once_per_request"),
        migrations.AddConstraint("party", models.UniqueConstraint(
            condition=models.Q(("role", "child_welfare"), _negated=True), fields=("request", "person"),
            name="asked_once_per_request",
        )),
        migrations.AddConstraint("party", models.UniqueConstraint(
            condition=models.Q(("ended_at", NO_END), ("role", "child_welfare")), fields=("request",),
            name="one_answers_for_child_welfare",
        )),
        migrations.RunSQL(written(True), written(False)),
        # Whether somebody may answer for child welfare after the one who did: works in the same service now, has nothing
        # to do with the child in private, is not kept away, and is neither the one who asks nor asked as somebody else.
        Function("consents_may_take(of_party uuid, of_position uuid)", "boolean", f"""
            SELECT EXISTS (
                SELECT 1 FROM consents_party p JOIN consents_request r ON r.id = p.request_id
                JOIN directory_position was ON was.id = p.position_id JOIN directory_unit there ON there.id = was.unit_id
                JOIN directory_position d ON d.id = of_position
                JOIN directory_unit u ON u.id = d.unit_id AND u.service_id = there.service_id
                WHERE p.id = of_party AND d.since <= {NOW} AND d.until > {NOW}
                  AND NOT EXISTS (SELECT 1 FROM directory_selves(d.person_id) me WHERE me = r.asked_by_id)
                  AND NOT {close("p.child_id", "d.person_id")}
                  AND NOT EXISTS (SELECT 1 FROM consents_party x WHERE x.request_id = p.request_id
                                  AND x.person_id = d.person_id AND x.role <> 'child_welfare'))
            """, to=""),
        # Another answers for child welfare from now, or nobody does. The earlier answer counts no more, but what is shared
        # lasts to a day, and no longer than it did; then it ends by itself, unless the new one has said yes.
        Function("consents_say_moves(of_party uuid, to_position uuid, by_then timestamptz)",
                 "TABLE (party uuid, person uuid, renewal uuid)", f"""
            DECLARE
                old consents_party%ROWTYPE;
                asked consents_request%ROWTYPE;
                last timestamptz;
            BEGIN
                SELECT * INTO STRICT old FROM consents_party p WHERE p.id = of_party;
                SELECT * INTO STRICT asked FROM consents_request r WHERE r.id = old.request_id FOR UPDATE;
                SELECT least(min(c.until), by_then) INTO last FROM sight_cover c
                WHERE c.origin = 'consent' AND c.origin_id = asked.id AND c.since <= {NOW} AND c.until > {NOW}
                HAVING count(*) > 0;
                IF to_position IS NULL THEN
                    UPDATE consents_party p SET unheld_at = {NOW} WHERE p.id = old.id;
                ELSE
                    UPDATE consents_party p SET ended_at = {NOW} WHERE p.id = old.id;
                    UPDATE sight_seat s SET until = greatest({NOW}, s.since)
                    WHERE s.child_id = old.child_id AND s.person_id = old.person_id AND s.kind = 'asking' AND s.origin = 'care'
                      AND s.origin_id = asked.id AND s.until > {NOW};
                    SELECT gen_random_uuid(), d.person_id INTO party, person FROM directory_position d WHERE d.id = to_position;
                    INSERT INTO consents_party (id, request_id, child_id, person_id, role, position_id, one_of, told_at, ended_at)
                    VALUES (party, asked.id, old.child_id, person, 'child_welfare', to_position, old.one_of, {NOW}, {FOREVER});
                    INSERT INTO sight_seat (id, child_id, person_id, kind, position_id, since, until, origin, origin_id)
                    VALUES (gen_random_uuid(), old.child_id, person, 'asking', to_position, {NOW},
                            coalesce(last, asked.answer_by), 'care', asked.id);
                END IF;
                IF last IS NOT NULL THEN
                    UPDATE sight_cover c SET until = last
                    WHERE c.origin = 'consent' AND c.origin_id = asked.id AND c.since <= {NOW} AND c.until > last;
                    UPDATE consents_request r SET answer_by = last WHERE r.id = asked.id;
                    IF NOT EXISTS (SELECT 1 FROM consents_renewal w WHERE w.request_id = asked.id AND w.done_at IS NULL
                                   AND w.cause = 'responsibility') THEN
                        INSERT INTO consents_renewal (id, request_id, child_id, service_id, kinds, reach, cause, due, at)
                        VALUES (gen_random_uuid(), asked.id, asked.child_id, asked.service_id, asked.kinds, asked.reach,
                                'responsibility', ((last - interval '1 second') AT TIME ZONE 'Europe/Oslo')::date, {NOW})
                        ON CONFLICT (request_id) WHERE done_at IS NULL DO UPDATE
                            SET cause = EXCLUDED.cause, due = least(consents_renewal.due, EXCLUDED.due)
                        RETURNING consents_renewal.id INTO renewal;
                    END IF;
                END IF;
                RETURN NEXT;
            END
            """, how=VOLATILE, to=""),
        # For the worker: who answers for child welfare works there no more, or has become too close to the family. It falls
        # to the same human in another position there, to whoever leads, or to one of the service who is in the child's case.
        # A no stands as it is.
        Function("consents_unheld(by_then timestamptz)",
                 "TABLE (request uuid, child uuid, asked_by uuid, was uuid, party uuid, person uuid, renewal uuid)", f"""
            DECLARE
                one record;
                heir uuid;
            BEGIN
                FOR one IN
                    SELECT p.*, r.asked_by_id AS asker, held.unit_id AS at_unit FROM consents_party p
                    JOIN consents_request r ON r.id = p.request_id
                    JOIN directory_position held ON held.id = p.position_id
                    WHERE p.role = 'child_welfare' AND p.ended_at > {NOW} AND r.ended_at = {FOREVER}
                      AND (held.since > {NOW} OR held.until <= {NOW} OR held.person_id <> p.person_id
                           OR {close("p.child_id", "p.person_id")})
                      AND ({STANDS}
                           OR (r.answer_by > {NOW} AND 0 < ALL (
                               SELECT cardinality(x.kinds) FROM consents_answer x
                               WHERE x.request_id = r.id AND x.person_id = p.person_id AND {COUNTS}
                               ORDER BY x.at DESC, x.id LIMIT 1)))
                    ORDER BY r.asked_at, p.id
                LOOP
                    CONTINUE WHEN NOT pg_try_advisory_xact_lock(hashtextextended('consents:' || one.child_id::text, 0));
                    heir := (
                        SELECT d.id FROM directory_position d JOIN directory_unit u ON u.id = d.unit_id
                        WHERE consents_may_take(one.id, d.id) AND (
                            d.leads OR d.person_id = one.person_id OR EXISTS (
                                SELECT 1 FROM sight_seat s WHERE s.child_id = one.child_id AND s.position_id = d.id
                                AND s.kind = 'service' AND s.since <= {NOW} AND s.until > {NOW}))
                        ORDER BY d.person_id = one.person_id DESC, d.leads DESC, d.unit_id = one.at_unit DESC, d.since, d.id
                        LIMIT 1);
                    CONTINUE WHEN heir IS NULL AND one.unheld_at IS NOT NULL;
                    SELECT m.party, m.person, m.renewal INTO party, person, renewal
                    FROM consents_say_moves(one.id, heir, by_then) m;
                    request := one.request_id; child := one.child_id; asked_by := one.asker; was := one.id;
                    RETURN NEXT;
                END LOOP;
            END
            """, how=VOLATILE, to=WORKER),
        # Whoever answers for child welfare lets a colleague do it from now.
        Function("consents_hand_on(of_party uuid, to_position uuid, by_then timestamptz)",
                 "TABLE (party uuid, person uuid, renewal uuid)", f"""
            BEGIN
                IF NOT consents_may_take(of_party, to_position) OR NOT EXISTS (
                    SELECT 1 FROM consents_party p JOIN consents_request r ON r.id = p.request_id
                    JOIN directory_position d ON d.id = p.position_id
                    WHERE p.id = of_party AND {BY_IT} AND p.ended_at > {NOW} AND r.ended_at = {FOREVER}
                      AND d.person_id = p.person_id AND d.since <= {NOW} AND d.until > {NOW}
                      AND p.child_id IN (SELECT sight_children())
                      AND (r.answer_by > {NOW} OR {STANDS})
                      AND NOT EXISTS (SELECT 1 FROM directory_position n WHERE n.id = to_position AND n.person_id = p.person_id))
                THEN
                    RAISE EXCEPTION 'a colleague who may answers for child welfare' USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN QUERY SELECT m.party, m.person, m.renewal FROM consents_say_moves(of_party, to_position, by_then) m;
            END
            """, how=VOLATILE, to=APP),
    ]
