"""A leader's word does not outlast the proof: what is proven later keeps away anew; and no place is given back that lapsed."""

from django.db import migrations, models

from laget.audit.ground import APP, Function, Replaced

NOW = "statement_timestamp()"
FOREVER = "timestamptz '9999-01-01 00:00+00'"
VOLATILE = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"


class Migration(migrations.Migration):

    dependencies = [("ties", "0005_the_one_kept_away_may_say_it_is_wrong"), ("directory", "0008_which_human")]

    operations = [
        migrations.AddField("tie", "again", models.PositiveSmallIntegerField(default=0, db_default=0)),
        migrations.RemoveConstraint("tie", "found_once_in_the_register"),
        migrations.AddConstraint("tie", models.UniqueConstraint(
            fields=["child", "worker", "again"], condition=models.Q(found="register"), name="found_once_in_the_register",
        )),
        # Whether a worker is close to a child by what is proven: what somebody has only declared of a parent may be a slip.
        Function("ties_proven(of_child uuid, of_worker uuid)", "boolean", f"""
            WITH RECURSIVE
            proven AS (SELECT p.child_id, p.person_id FROM families_parent p WHERE p.source <> 'declared' AND p.until > {NOW}),
            party AS (
                SELECT of_child AS person
                UNION SELECT p.person_id FROM proven p WHERE p.child_id = of_child),
            up AS (
                SELECT person FROM party
                UNION SELECT p.person_id FROM up JOIN proven p ON p.child_id = up.person),
            down AS (
                SELECT person FROM party
                UNION SELECT p.child_id FROM down JOIN proven p ON p.person_id = down.person),
            kin AS (
                SELECT person FROM up UNION SELECT person FROM down
                UNION SELECT b.child_id FROM party JOIN proven a ON a.child_id = party.person
                      JOIN proven b ON b.person_id = a.person_id
                UNION SELECT s.sibling_id FROM families_sibling s JOIN party ON party.person = s.child_id
                UNION SELECT s.child_id FROM families_sibling s JOIN party ON party.person = s.sibling_id
                UNION SELECT s.person_id FROM sight_seat s
                      WHERE s.child_id = of_child AND s.kind = 'guardian' AND s.until > {NOW})
            SELECT EXISTS (SELECT 1 FROM kin k WHERE of_worker IN (SELECT directory_selves(k.person)))
            """, to=""),
        Replaced("laget.ties.migrations.0003_not_against_the_register", "ties_registered"),
        # As before: whether a tie that was found in the register still stands there. For the leader who decides about it.
        Function("ties_registered(of_tie uuid)", "boolean", """
            SELECT EXISTS (SELECT 1 FROM ties_tie t WHERE t.id = of_tie AND t.found = 'register'
                           AND t.unit_id IN (SELECT ties_units()) AND ties_proven(t.child_id, t.worker_id))
            """, to=APP),
        Replaced("laget.ties.migrations.0001_initial", "ties_find"),
        # As before. Whom a leader has let go on is found anew when what was only said has been proven.
        Function("ties_find(of_child uuid)", "void", f"""
            DECLARE
                one record;
                place uuid;
                made uuid;
            BEGIN
                FOR one IN
                    SELECT DISTINCT ON (w) w AS worker, k.relation FROM ties_kin(of_child) k
                    CROSS JOIN LATERAL directory_selves(k.person) w
                    WHERE EXISTS (SELECT 1 FROM directory_position p WHERE p.person_id = w)
                      AND NOT EXISTS (SELECT 1 FROM ties_tie t WHERE t.child_id = of_child AND t.worker_id = w
                                      AND t.found = 'register' AND (NOT ties_proven(of_child, w) OR EXISTS (
                                          SELECT 1 FROM sight_forbid f WHERE f.origin = 'tie' AND f.origin_id = t.id AND f.until > {NOW})))
                    ORDER BY w, k.relation = 'self' DESC
                LOOP
                    place := NULL;
                    SELECT s.position_id INTO place FROM sight_seat s
                    WHERE s.child_id = of_child AND s.person_id = one.worker AND s.kind IN ('service', 'asking')
                      AND s.until > {NOW} ORDER BY s.kind DESC, s.since, s.id LIMIT 1;
                    made := gen_random_uuid();
                    INSERT INTO ties_tie (id, child_id, worker_id, position_id, unit_id, relation, found, words, made_at,
                                          seated, told_at, again)
                    VALUES (made, of_child, one.worker, place,
                            CASE WHEN place IS NOT NULL THEN ties_unit_for(place, one.worker, of_child) END,
                            one.relation, 'register', '', {NOW}, place IS NOT NULL,
                            CASE WHEN place IS NULL THEN {NOW} END,
                            (SELECT count(*) FROM ties_tie t WHERE t.child_id = of_child AND t.worker_id = one.worker
                             AND t.found = 'register'));
                    PERFORM ties_shut(made);
                END LOOP;
            END
            """, how=VOLATILE, to=""),
        Replaced("laget.ties.migrations.0005_the_one_kept_away_may_say_it_is_wrong", "ties_rule"),
        # As before, and no place that came with an offer of the baton which nobody has accepted: it went with the offer.
        Function("ties_rule(of_tie uuid, what text, why text)", "TABLE (child uuid, worker uuid)", f"""
            DECLARE
                t ties_tie;
            BEGIN
                SELECT * INTO t FROM ties_tie WHERE id = of_tie FOR UPDATE;
                IF t.unit_id IS NULL OR t.unit_id NOT IN (SELECT ties_units()) OR t.worker_id = laget_person()
                   OR t.child_id IN (SELECT ties_barred()) OR what NOT IN ('unable', 'able')
                   OR (what = 'able' AND ties_registered(t.id)) THEN
                    RAISE EXCEPTION 'only the leader, and not against the register' USING ERRCODE = 'insufficient_privilege';
                END IF;
                INSERT INTO ties_ruling (id, tie_id, outcome, reason, by_id, at)
                VALUES (gen_random_uuid(), t.id, what, why, laget_person(), clock_timestamp());
                IF what = 'unable' THEN
                    PERFORM ties_shut(t.id);
                ELSE
                    INSERT INTO sight_seat (id, child_id, since, until, origin, origin_id, kind, person_id, position_id)
                    SELECT gen_random_uuid(), t.child_id, {NOW}, {FOREVER}, 'tie', t.id, 'service', t.worker_id, b.position_id
                    FROM (SELECT DISTINCT s.position_id FROM sight_seat s
                          JOIN sight_forbid f ON f.origin = 'tie' AND f.origin_id = t.id AND f.until > {NOW} AND f.since = s.until
                          JOIN directory_position p ON p.id = s.position_id AND p.since <= {NOW} AND p.until > {NOW}
                          WHERE s.child_id = t.child_id AND s.person_id = t.worker_id AND s.kind = 'service'
                            AND s.origin <> 'deputy' AND (s.origin <> 'offer' OR EXISTS (
                                SELECT 1 FROM cases_offer o WHERE o.id = s.origin_id AND o.state = 'accepted'))) b
                    WHERE NOT EXISTS (SELECT 1 FROM sight_seat x WHERE x.child_id = t.child_id AND x.kind = 'service'
                                      AND x.position_id = b.position_id AND x.until > {NOW});
                    UPDATE sight_forbid f SET until = greatest({NOW}, f.since)
                    WHERE f.origin = 'tie' AND f.origin_id = t.id AND f.until > {NOW};
                END IF;
                RETURN QUERY SELECT t.child_id, t.worker_id;
            END
            """, how=VOLATILE, to=APP),
    ]
