"""Two who review, or decide when the family is told, take their turn: the second is asked whether the first was read."""

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced

NOW = "statement_timestamp()"
VOLATILE = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"


class Migration(migrations.Migration):

    dependencies = [("emergency", "0002_told_at_the_latest")]

    operations = [
        Replaced("laget.emergency.migrations.0002_told_at_the_latest", "emergency_wait"),
        # As before, and one at a time.
        Function("emergency_wait(of_opening uuid, wait_until timestamptz, because text)", "void", f"""
            BEGIN
                PERFORM 1 FROM emergency_opening o WHERE o.id = of_opening FOR UPDATE;
                IF NOT emergency_controls(of_opening) OR wait_until > {NOW} + interval '90 days'
                   OR wait_until > (SELECT o.opened_at + interval '180 days' FROM emergency_opening o WHERE o.id = of_opening) THEN
                    RAISE EXCEPTION 'only who controls it' USING ERRCODE = 'insufficient_privilege';
                END IF;
                INSERT INTO emergency_hold (id, opening_id, until, reason, by_id, at)
                VALUES (gen_random_uuid(), of_opening, wait_until, because, laget_person(), clock_timestamp());
                UPDATE emergency_opening SET told_from = greatest(wait_until, {NOW}) WHERE id = of_opening;
            END
            """, how=VOLATILE, to=APP),
        Replaced("laget.emergency.migrations.0001_initial", "emergency_review"),
        # As before, and one at a time.
        Function("emergency_review(of_opening uuid, what text, why text)", "void", """
            BEGIN
                PERFORM 1 FROM emergency_opening o WHERE o.id = of_opening FOR UPDATE;
                IF NOT emergency_controls(of_opening) OR what NOT IN ('ok', 'not_ok', 'follow_up') THEN
                    RAISE EXCEPTION 'only who controls it' USING ERRCODE = 'insufficient_privilege';
                END IF;
                INSERT INTO emergency_review (id, opening_id, outcome, words, by_id, at)
                VALUES (gen_random_uuid(), of_opening, what, why, laget_person(), clock_timestamp());
            END
            """, how=VOLATILE, to=APP),
    ]
