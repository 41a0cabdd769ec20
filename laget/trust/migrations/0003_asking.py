"""The family asks why; whoever answers, controls or inquires learns what that takes by narrow functions, and no more."""

from django.db import migrations

from laget.audit.ground import Function

NOW = "statement_timestamp()"
FOREVER = "timestamptz '9999-01-01 00:00+00'"


class Migration(migrations.Migration):
    dependencies = [
        ("trust", "0002_control"),
        ("audit", "0001_initial"),
        ("consents", "0001_initial"),
        ("sight", "0003_had_a_place"),
    ]

    operations = [
        # Who is to answer: the leaders of the unit, or the officers; never the reader, never a relative of the child.
        Function("trust_answerers(of_unit uuid, of_reader uuid, of_child uuid, officers boolean)", "SETOF uuid", f"""
            SELECT DISTINCT p.person_id FROM directory_position p
            WHERE CASE WHEN officers THEN p.protects ELSE p.leads AND p.unit_id = of_unit END
              AND p.since <= {NOW} AND p.until > {NOW} AND p.person_id <> of_reader
              AND (of_child IS NULL OR of_child NOT IN (SELECT trust_kin(p.person_id)))
            """, to="laget_worker"),
        # The unit somebody worked in when looking: by the place around the child, else by what the reading says.
        Function("trust_unit_at(of_reader uuid, of_child uuid, moment timestamptz, noted uuid)", "uuid", """
            SELECT p.unit_id FROM directory_position p WHERE p.id = coalesce(
                (SELECT s.position_id FROM sight_seat s
                 WHERE s.person_id = of_reader AND s.child_id = of_child AND s.position_id IS NOT NULL
                   AND s.since <= moment AND s.until > moment ORDER BY s.since DESC, s.id LIMIT 1), noted)
            """, to=""),
        # Only about a reading by a service that showed a child of one's own; the same reading is asked about once.
        Function("trust_ask(of_reading uuid, of_child uuid, said text, last_day date)", "uuid", f"""
            DECLARE
                r audit_reading;
                within uuid;
                fresh uuid := gen_random_uuid();
                made uuid;
            BEGIN
                SELECT * INTO r FROM audit_reading a
                WHERE a.id = of_reading AND a.capacity = 'worker' AND a.children @> ARRAY[of_child];
                IF r.id IS NULL OR laget_capacity() IS DISTINCT FROM 'citizen'
                   OR of_child NOT IN (SELECT sight_children()) THEN
                    RAISE EXCEPTION 'no such reading' USING ERRCODE = 'insufficient_privilege';
                END IF;
                within := trust_unit_at(r.person, of_child, r.at, r.position);
                INSERT INTO trust_question (id, reader_id, unit_id, reading, looked_at, page, kinds, times, asked_at, due,
                                            escalated_at, child_id, asked_by_id, words)
                VALUES (fresh, r.person, within, r.id, r.at, r.page, r.kinds, 1, {NOW}, last_day,
                        CASE WHEN EXISTS (SELECT 1 FROM trust_answerers(within, r.person, of_child, false))
                             THEN {FOREVER} ELSE {NOW} END,
                        of_child, laget_person(), said)
                ON CONFLICT (asked_by_id, reading) DO NOTHING RETURNING id INTO made;
                RETURN made;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to="laget_app"),
        Function("trust_sees(of_unit uuid, of_reader uuid, of_child uuid, passed_on boolean)", "boolean", """
            SELECT laget_capacity() IS NOT DISTINCT FROM 'worker' AND of_reader <> laget_person()
                AND of_child NOT IN (SELECT trust_own())
                AND (of_unit IN (SELECT trust_units()) OR (passed_on AND trust_protects()))
            """, to=""),
        # Whom to tell about a question: asked by the one who asked it, and by those who answer it.
        Function("trust_to_tell(of_question uuid, officers boolean)", "SETOF uuid", f"""
            SELECT a FROM trust_question q
            CROSS JOIN LATERAL trust_answerers(q.unit_id, q.reader_id, q.child_id, officers) a
            WHERE q.id = of_question
              AND (q.asked_by_id = laget_person()
                   OR trust_sees(q.unit_id, q.reader_id, q.child_id, q.escalated_at < {FOREVER}))
            """, to="laget_app"),
        # What the family told by asking: which child it is about. For those who answer.
        Function("trust_child_called(of_question uuid)", "text", f"""
            SELECT trim(n.given || ' ' || n.family) FROM trust_question q JOIN people_name n ON n.person_id = q.child_id
            WHERE q.id = of_question AND trust_sees(q.unit_id, q.reader_id, q.child_id, q.escalated_at < {FOREVER})
            """, to="laget_app"),
        # How the families' questions fare, in numbers: what is not passed on stays between family and leader.
        Function("trust_asked_since(moment timestamptz)", "TABLE (due date, answered_on date)", """
            SELECT q.due, (SELECT min((r.at AT TIME ZONE 'Europe/Oslo')::date) FROM trust_reply r
                           WHERE r.question_id = q.id AND r.outcome <> 'passed_on')
            FROM trust_question q WHERE q.asked_at >= moment AND trust_protects()
            """, to="laget_app"),
        # The child that the officer names by its national number; guesses are counted like all other look-ups.
        Function("trust_find(number bytea)", "uuid", f"""
            DECLARE
                found uuid;
            BEGIN
                IF NOT trust_protects() THEN
                    RAISE EXCEPTION 'only the officer may' USING ERRCODE = 'insufficient_privilege';
                END IF;
                INSERT INTO people_lookup (id, person, at) VALUES (gen_random_uuid(), laget_person(), {NOW});
                IF (SELECT count(*) FROM people_lookup l
                    WHERE l.person = laget_person() AND l.at > {NOW} - interval '1 hour') > 30 THEN
                    RAISE EXCEPTION 'too many look-ups in an hour' USING ERRCODE = 'program_limit_exceeded';
                END IF;
                SELECT c.person_id INTO found FROM people_nationalnumber n JOIN families_child c ON c.person_id = n.person_id
                WHERE n.index = number AND c.person_id NOT IN (SELECT trust_own());
                RETURN found;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to="laget_app"),
        # The officer's own inquiry, while it is open.
        Function("trust_open(of_inquiry uuid)", "SETOF trust_inquiry", f"""
            SELECT * FROM trust_inquiry i
            WHERE i.id = of_inquiry AND i.by_id = laget_person() AND i.until > {NOW} AND trust_protects()
              AND i.child_id NOT IN (SELECT trust_own())
            """, to=""),
        Function("trust_subject(of_inquiry uuid)", "TABLE (called text, born date)", """
            SELECT trim(n.given || ' ' || n.family), c.born FROM trust_open(of_inquiry) i
            JOIN people_name n ON n.person_id = i.child_id JOIN families_child c ON c.person_id = i.child_id
            """, to="laget_app"),
        Function("trust_seats(of_inquiry uuid)",
                 "TABLE (id uuid, person uuid, called text, kind text, since timestamptz, until timestamptz, origin text, "
                 "service uuid, organisation text, title text, works_since timestamptz, works_until timestamptz)", """
            SELECT s.id, s.person_id, trim(n.given || ' ' || n.family), s.kind, s.since, s.until, s.origin,
                   u.service_id, v.name, p.title, p.since, p.until
            FROM trust_open(of_inquiry) i
            JOIN sight_seat s ON s.child_id = i.child_id AND s.since < i.ends AND s.until > i.begins
            LEFT JOIN people_name n ON n.person_id = s.person_id
            LEFT JOIN directory_position p ON p.id = s.position_id AND p.person_id = s.person_id
            LEFT JOIN directory_unit u ON u.id = p.unit_id
            LEFT JOIN directory_service v ON v.id = u.service_id
            WHERE s.position_id IS NULL OR p.id IS NOT NULL
            ORDER BY s.since, s.id
            """, to="laget_app"),
        Function("trust_covers(of_inquiry uuid)",
                 "TABLE (id uuid, service uuid, kind text, since timestamptz, until timestamptz, origin text, origin_id uuid, "
                 "log_from timestamptz, plan_from timestamptz, asked_at timestamptz, text_version text)", """
            SELECT c.id, c.service_id, c.kind, c.since, c.until, c.origin, c.origin_id, c.log_from, c.plan_from,
                   q.asked_at, q.text_version
            FROM trust_open(of_inquiry) i
            JOIN sight_cover c ON c.child_id = i.child_id AND c.since < i.ends AND c.until > i.begins
                              AND c.kind = ANY (i.kinds)
            LEFT JOIN consents_request q ON q.id = c.origin_id
            ORDER BY c.since, c.id
            """, to="laget_app"),
        Function("trust_forbids(of_inquiry uuid)", "TABLE (person uuid, since timestamptz, until timestamptz)", """
            SELECT f.person_id, f.since, f.until FROM trust_open(of_inquiry) i
            JOIN sight_forbid f ON f.child_id = i.child_id AND f.since < i.ends AND f.until > i.begins
            """, to="laget_app"),
        # Who did: every reading in the interval, private persons' too, since an incident may be theirs.
        Function("trust_did(of_inquiry uuid)",
                 "TABLE (person uuid, called text, capacity text, organisation text, page text, kinds text[], "
                 "moments timestamptz[])", """
            SELECT r.person, max(trim(n.given || ' ' || n.family)), r.capacity, max(v.name), r.page,
                   array_agg(DISTINCT k.kind), array_agg(DISTINCT r.at ORDER BY r.at)
            FROM trust_open(of_inquiry) i
            JOIN audit_reading r ON r.children @> ARRAY[i.child_id] AND r.at >= i.begins AND r.at < i.ends
                                AND r.kinds && i.kinds::varchar[]
            CROSS JOIN LATERAL unnest(r.kinds) k (kind)
            LEFT JOIN people_name n ON n.person_id = r.person
            LEFT JOIN directory_service v ON v.id = r.service
            GROUP BY r.person, r.capacity, r.service, r.page
            ORDER BY max(r.at) DESC, r.page
            """, to="laget_app"),
    ]
