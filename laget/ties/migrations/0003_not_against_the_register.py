"""What the register shows is by law, and no leader decides otherwise: the register is corrected first."""

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced

NOW = "statement_timestamp()"


class Migration(migrations.Migration):

    dependencies = [("ties", "0002_told_by_the_one_who_did_it")]

    operations = [
        Replaced("laget.ties.migrations.0001_initial", "ties_rule"),
        # Whether a tie that was found in the register still stands there. For the leader who decides about it.
        Function("ties_registered(of_tie uuid)", "boolean", """
            SELECT EXISTS (
                SELECT 1 FROM ties_tie t CROSS JOIN LATERAL ties_kin(t.child_id) k
                WHERE t.id = of_tie AND t.found = 'register' AND t.unit_id IN (SELECT ties_units())
                  AND t.worker_id IN (SELECT directory_selves(k.person)))
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
