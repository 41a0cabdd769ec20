"""What the register shows is by law, and no leader decides otherwise: the register is corrected first."""

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced

NOW = "statement_timestamp()"


class Migration(migrations.Migration):

    dependencies = [("ties", "0002_told_by_the_one_who_did_it")]

    operations = [
        Replaced("laget.ties.migrations.0001_initial", "ties_rule"),
        # Whether a tie that was found in the register still stands there, by what is proven: what somebody has only
        # declared of a parent may be a slip or worse, and the leader says so. For the leader who decides about it.
        Function("ties_registered(of_tie uuid)", "boolean", f"""
            WITH RECURSIVE
            proven AS (SELECT p.child_id, p.person_id FROM families_parent p WHERE p.source <> 'declared' AND p.until > {NOW}),
            t AS (SELECT * FROM ties_tie t WHERE t.id = of_tie AND t.found = 'register' AND t.unit_id IN (SELECT ties_units())),
            party AS (
                SELECT t.child_id AS person FROM t
                UNION SELECT p.person_id FROM proven p JOIN t ON t.child_id = p.child_id),
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
                UNION SELECT s.person_id FROM sight_seat s JOIN t ON t.child_id = s.child_id
                      WHERE s.kind = 'guardian' AND s.until > {NOW})
            SELECT EXISTS (SELECT 1 FROM kin k JOIN t ON t.worker_id IN (SELECT directory_selves(k.person)))
            """, to=APP),
        # As before, and never against the register.
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
                    UPDATE sight_forbid f SET until = greatest({NOW}, f.since)
                    WHERE f.origin = 'tie' AND f.origin_id = t.id AND f.until > {NOW};
                END IF;
                RETURN QUERY SELECT t.child_id, t.worker_id;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
    ]
