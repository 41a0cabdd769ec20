"""One choice of heir for the baton, asked both when it falls and before anybody lets it fall; and what the pages need to know."""

from django.db import migrations

from laget.audit.ground import APP, WORKER, Function, Replaced

FOREVER = "timestamptz '9999-01-01 00:00+00'"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
        ('consents', '0001_initial'),
    ]

    operations = [
        Replaced("laget.cases.migrations.0001_initial", "cases_settle", "cases_unheld", "cases_able"),
        # May this position carry the baton: it lasts, its service has a cover (or would, without one service), nothing
        # forbids, and (if asked) it is seated.
        Function("cases_able(of_child uuid, of_position uuid, seated boolean, without uuid)", "boolean", """
            SELECT EXISTS (
                SELECT 1 FROM directory_position p JOIN directory_unit u ON u.id = p.unit_id
                WHERE p.id = of_position AND p.since <= statement_timestamp() AND p.until > statement_timestamp()
                  AND u.service_id IS DISTINCT FROM without
                  AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.child_id = of_child AND c.service_id = u.service_id
                              AND c.kind = 'identity' AND c.since <= statement_timestamp()
                              AND c.until > statement_timestamp())
                  AND (NOT seated OR EXISTS (
                        SELECT 1 FROM sight_seat s WHERE s.child_id = of_child AND s.position_id = p.id
                        AND s.kind = 'service' AND s.since <= statement_timestamp() AND s.until > statement_timestamp()))
                  AND NOT sight_forbidden(of_child, p.person_id))
            """, to=""),
        # To whom the baton falls: the latest former holder who still can, else the nearest leader of the service that
        # began the case, else whoever sits there longest, else a leader of a service that is covered; else nobody.
        # `without`: as if this service had no cover. `seated`: a former holder must still have a seat.
        Function("cases_heir(of_case uuid, without uuid, seated boolean)", "uuid", f"""
            DECLARE
                c cases_case;
                heir uuid;
            BEGIN
                SELECT * INTO c FROM cases_case WHERE id = of_case;
                SELECT x.position_id INTO heir FROM cases_baton x
                WHERE x.case_id = c.id AND x.until < {FOREVER} AND cases_able(c.child_id, x.position_id, seated, without)
                ORDER BY x.until DESC, x.since DESC LIMIT 1;
                IF heir IS NULL THEN
                    SELECT p.id INTO heir FROM directory_position p JOIN directory_unit u ON u.id = p.unit_id
                    WHERE u.service_id = c.service_id AND p.leads AND cases_able(c.child_id, p.id, false, without)
                    ORDER BY (p.unit_id = (SELECT o.unit_id FROM directory_position o WHERE o.id = c.opened_by_id)) DESC,
                             p.since, p.id LIMIT 1;
                END IF;
                IF heir IS NULL THEN
                    SELECT s.position_id INTO heir FROM sight_seat s
                    WHERE s.child_id = c.child_id AND s.kind = 'service'
                      AND cases_able(c.child_id, s.position_id, true, without)
                    ORDER BY s.since, s.id LIMIT 1;
                END IF;
                IF heir IS NULL THEN
                    SELECT p.id INTO heir FROM directory_position p
                    WHERE p.leads AND cases_able(c.child_id, p.id, false, without) ORDER BY p.since, p.id LIMIT 1;
                END IF;
                RETURN heir;
            END
            """, how="LANGUAGE plpgsql STABLE SECURITY DEFINER", to=""),
        # The family's seats that hold now, for notices and for the question whether a service may lead.
        Function("cases_family_ids(of_child uuid)", "jsonb", """
            SELECT coalesce(jsonb_agg(DISTINCT s.person_id), '[]'::jsonb) FROM sight_seat s
            WHERE s.child_id = of_child AND s.kind IN ('parent', 'guardian', 'child')
              AND s.since <= statement_timestamp() AND s.until > statement_timestamp()
              AND NOT sight_forbidden(s.child_id, s.person_id)
            """, to=""),
        Function("cases_family(of_child uuid)", "TABLE (person uuid, kind text)", """
            SELECT DISTINCT s.person_id, s.kind::text FROM sight_seat s
            WHERE s.child_id = of_child AND s.kind IN ('parent', 'guardian', 'child')
              AND s.since <= statement_timestamp() AND s.until > statement_timestamp()
              AND NOT sight_forbidden(s.child_id, s.person_id)
              AND of_child IN (SELECT sight_cases())
            """, to=APP),
        # The baton has a new hand: the one who acts until it is accepted or offered on.
        Function("cases_hand_to(of_case uuid, heir uuid, at timestamptz, must_answer_by date, because text)", "uuid", f"""
            DECLARE
                now timestamptz := statement_timestamp();
                child uuid := (SELECT child_id FROM cases_case WHERE id = of_case);
                holder uuid := (SELECT person_id FROM directory_position WHERE id = heir);
                fresh uuid := gen_random_uuid();
            BEGIN
                INSERT INTO cases_baton (id, case_id, child_id, position_id, since, until, acting, answer_by, origin)
                VALUES (fresh, of_case, child, heir, at, {FOREVER}, true, must_answer_by, because);
                IF NOT cases_able(child, heir, true, NULL) THEN
                    INSERT INTO sight_seat (id, child_id, since, until, origin, origin_id, kind, person_id, position_id)
                    VALUES (gen_random_uuid(), child, now, {FOREVER}, 'acting', fresh, 'service', holder, heir);
                END IF;
                RETURN holder;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=""),
        # Offers and invitations that can no longer be answered lapse, and the seats they gave end.
        Function("cases_lapse(of_case uuid)", "jsonb", """
            DECLARE
                at timestamptz := statement_timestamp();
                child uuid := (SELECT child_id FROM cases_case WHERE id = of_case);
                gone jsonb;
            BEGIN
                WITH lapsed AS (
                    UPDATE cases_offer o SET state = 'lapsed', answered_at = at
                    WHERE o.case_id = of_case AND o.state = 'offered'
                      AND NOT (cases_able(child, o.receiver_id, true, NULL) AND cases_able(child, o.giver_id, true, NULL))
                    RETURNING o.giver_id, o.receiver_id)
                SELECT coalesce(jsonb_agg(DISTINCT p.person_id), '[]'::jsonb) INTO gone
                FROM lapsed l JOIN directory_position p ON p.id IN (l.giver_id, l.receiver_id);
                UPDATE sight_seat s SET until = greatest(at, s.since)
                WHERE s.child_id = child AND s.origin = 'offer' AND s.until > at AND EXISTS (
                    SELECT 1 FROM cases_offer o WHERE o.id = s.origin_id AND o.state = 'lapsed');
                UPDATE cases_invitation i SET state = 'lapsed', answered_at = at
                WHERE i.case_id = of_case AND i.state = 'sent' AND NOT cases_able(child, i.position_id, false, NULL);
                UPDATE sight_seat s SET until = greatest(at, s.since)
                WHERE s.child_id = child AND s.origin = 'invitation' AND s.kind = 'asking' AND s.until > at
                  AND EXISTS (SELECT 1 FROM cases_invitation i WHERE i.id = s.origin_id AND i.state = 'lapsed');
                RETURN gone;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=""),
        # The holder's position or cover has ended: the baton falls to the heir; with nobody left the case closes. Does
        # only what the facts demand, so anybody's act may cause it. Answers ids for notices, never content. The clock is
        # read after the wait for the lock, so that the legs of the relay never overlap.
        Function("cases_settle(of_case uuid, must_answer_by date, because text, closing text)", "jsonb", f"""
            DECLARE
                at timestamptz;
                c cases_case;
                b cases_baton;
                heir uuid;
                said jsonb;
            BEGIN
                SELECT * INTO c FROM cases_case WHERE id = of_case FOR UPDATE;
                at := clock_timestamp();
                IF c.id IS NULL OR c.closed_at <> {FOREVER} THEN
                    RETURN jsonb_build_object('outcome', 'none');
                END IF;
                said := jsonb_build_object('case', c.id, 'child', c.child_id, 'family', cases_family_ids(c.child_id),
                                           'lapsed', cases_lapse(c.id));
                SELECT * INTO b FROM cases_baton WHERE case_id = c.id AND until = {FOREVER};
                IF cases_able(c.child_id, b.position_id, true, NULL) THEN
                    RETURN said || jsonb_build_object('outcome', 'kept');
                END IF;
                heir := cases_heir(c.id, NULL, true);
                said := said || jsonb_build_object('old', (SELECT person_id FROM directory_position WHERE id = b.position_id));
                UPDATE cases_baton SET until = greatest(at, since) WHERE id = b.id;
                IF heir IS NULL THEN
                    UPDATE cases_case SET closed_at = greatest(at, opened_at) WHERE id = c.id;
                    INSERT INTO cases_turn (id, case_id, child_id, sort, reason, note, at)
                    VALUES (gen_random_uuid(), c.id, c.child_id, 'closed', closing, '', at);
                    PERFORM cases_clear(c.id);
                    RETURN said || jsonb_build_object('outcome', 'closed');
                END IF;
                RETURN said || jsonb_build_object('outcome', 'acting',
                    'new', cases_hand_to(c.id, heir, at, must_answer_by, because));
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER"),
        # A closed case is left by the services: seats, covers, offers and invitations end. A request about the same
        # child that has nothing to do with the case keeps its asking seat.
        Function("cases_clear(of_case uuid)", "void", """
            DECLARE
                at timestamptz := statement_timestamp();
                child uuid := (SELECT child_id FROM cases_case WHERE id = of_case);
            BEGIN
                UPDATE cases_offer SET state = 'lapsed', answered_at = at WHERE case_id = of_case AND state = 'offered';
                UPDATE cases_invitation SET state = 'lapsed', answered_at = at WHERE case_id = of_case AND state = 'sent';
                UPDATE sight_seat SET until = greatest(at, since)
                WHERE child_id = child AND (kind = 'service' OR (kind = 'asking' AND origin = 'invitation')) AND until > at;
                UPDATE sight_cover SET until = greatest(at, since) WHERE child_id = child AND until > at;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=""),
        # The one who has just closed the case leaves it last, together with everybody else.
        Function("cases_vacate(of_case uuid)", "void", f"""
            BEGIN
                IF EXISTS (SELECT 1 FROM cases_case c WHERE c.id = of_case AND c.closed_at <> {FOREVER}
                           AND c.child_id IN (SELECT sight_cases())) THEN
                    PERFORM cases_clear(of_case);
                END IF;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
        # The family takes its closed case up again when somebody in a covered service can carry it: the latest holder
        # first. Answers that person, or nothing when nobody can.
        Function("cases_wake(of_case uuid, must_answer_by date)", "uuid", f"""
            DECLARE
                c cases_case;
                heir uuid;
            BEGIN
                SELECT * INTO c FROM cases_case WHERE id = of_case FOR UPDATE;
                IF c.id IS NULL OR c.closed_at = {FOREVER} OR c.child_id NOT IN (SELECT sight_cases()) THEN
                    RETURN NULL;
                END IF;
                heir := cases_heir(c.id, NULL, false);
                IF heir IS NULL THEN RETURN NULL; END IF;
                UPDATE cases_case SET closed_at = {FOREVER} WHERE id = c.id;
                RETURN cases_hand_to(c.id, heir, clock_timestamp(), must_answer_by, 'reopened');
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
        # Who would carry a closed case if it were taken up again; nothing when no service may know the child.
        Function("cases_could_wake(of_case uuid)", "uuid", """
            SELECT cases_heir(c.id, NULL, false) FROM cases_case c
            WHERE c.id = of_case AND c.child_id IN (SELECT sight_cases())
            """, to=APP),
        # Before a withdrawal: who is the contact today, and who would be after it. No heir means that the case closes.
        Function("cases_consequence(of_child uuid, without uuid)", "TABLE (held uuid, heir uuid)", f"""
            SELECT b.position_id,
                   CASE WHEN cases_able(c.child_id, b.position_id, true, without) THEN b.position_id
                        ELSE cases_heir(c.id, without, true) END
            FROM cases_case c JOIN cases_baton b ON b.case_id = c.id AND b.until = {FOREVER}
            WHERE c.child_id = of_child AND c.closed_at = {FOREVER} AND of_child IN (SELECT sight_cases())
            """, to=APP),
        # Positions that could carry the baton, or be invited: their service has a cover, and nothing forbids.
        Function("cases_candidates(of_child uuid)", "SETOF uuid", """
            SELECT p.id FROM directory_position p JOIN directory_unit u ON u.id = p.unit_id
            WHERE u.service_id IN (SELECT c.service_id FROM sight_cover c WHERE c.child_id = of_child)
              AND cases_able(of_child, p.id, false, NULL) AND of_child IN (SELECT sight_cases())
            """, to=APP),
        # What a request for consent has led to, for the one who asked: is the service covered, do all who answered let
        # it join, and is there a case already (told only when they do).
        Function("cases_openable(of_request uuid)", "TABLE (covered boolean, joins boolean, is_open boolean)", f"""
            SELECT EXISTS (SELECT 1 FROM sight_cover v WHERE v.child_id = r.child_id AND v.service_id = r.service_id
                           AND v.kind = 'identity' AND v.since <= statement_timestamp()
                           AND v.until > statement_timestamp()),
                   coalesce((SELECT bool_and(s.joins) FROM consents_standing(r.id) s), false),
                   EXISTS (SELECT 1 FROM cases_case c WHERE c.child_id = r.child_id AND c.closed_at = {FOREVER})
            FROM consents_request r
            WHERE r.id = of_request AND r.asked_by_id = laget_person() AND r.child_id IN (SELECT sight_children())
            """, to=APP),
        # Open cases whose holder can no longer hold, for a sweep.
        Function("cases_unheld()", "SETOF uuid", f"""
            SELECT c.id FROM cases_case c JOIN cases_baton b ON b.case_id = c.id
            WHERE c.closed_at = {FOREVER} AND b.until = {FOREVER}
              AND NOT cases_able(c.child_id, b.position_id, true, NULL)
            """),
        # Open cases that an ended position held, was offered, or was invited to. Counts what another hand has not yet
        # committed as it stood before: to settle them waits for that hand, so that no baton ends up in an empty place.
        Function("cases_of_position(gone uuid)", "SETOF uuid", f"""
            SELECT c.id FROM cases_case c
            WHERE c.closed_at = {FOREVER}
              AND EXISTS (SELECT 1 FROM directory_position p WHERE p.id = gone AND p.until <= statement_timestamp())
              AND (EXISTS (SELECT 1 FROM cases_baton b WHERE b.case_id = c.id AND b.until = {FOREVER} AND b.position_id = gone)
                OR EXISTS (SELECT 1 FROM cases_offer o WHERE o.case_id = c.id AND o.state = 'offered'
                           AND gone IN (o.giver_id, o.receiver_id))
                OR EXISTS (SELECT 1 FROM cases_invitation i WHERE i.case_id = c.id AND i.state = 'sent'
                           AND i.position_id = gone))
            """),
        # For the worker's reminders: ids only.
        Function("cases_acting_past(day date)", "TABLE (of_case uuid, child uuid, person uuid, since timestamptz)", f"""
            SELECT b.case_id, b.child_id, q.person_id, b.since
            FROM cases_baton b
            JOIN directory_position p ON p.id = b.position_id
            JOIN directory_position q ON q.id = p.id OR (q.unit_id = p.unit_id AND q.leads)
            WHERE b.until = {FOREVER} AND b.acting AND b.answer_by < day
              AND q.since <= statement_timestamp() AND q.until > statement_timestamp()
              AND cases_able(b.child_id, q.id, true, NULL)
            """, to=WORKER),
        Function("cases_unanswered()", "TABLE (offer uuid, child uuid, receiver uuid, made_at timestamptz)", """
            SELECT o.id, o.child_id, p.person_id, o.made_at
            FROM cases_offer o JOIN directory_position p ON p.id = o.receiver_id
            WHERE o.state = 'offered'
            """, to=WORKER),
    ]
