"""However often it is decided that the family waits, it is told half a year after the opening at the latest."""

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced

NOW = "statement_timestamp()"


class Migration(migrations.Migration):

    dependencies = [("emergency", "0001_initial")]

    operations = [
        Replaced("laget.emergency.migrations.0001_initial", "emergency_wait"),
        # As before, and never past the last day counted from the opening itself.
        Function("emergency_wait(of_opening uuid, wait_until timestamptz, because text)", "void", f"""
            BEGIN
                IF NOT emergency_controls(of_opening) OR wait_until > {NOW} + interval '90 days'
                   OR wait_until > (SELECT o.opened_at + interval '180 days' FROM emergency_opening o WHERE o.id = of_opening) THEN
                    RAISE EXCEPTION 'only who controls it' USING ERRCODE = 'insufficient_privilege';
                END IF;
                INSERT INTO emergency_hold (id, opening_id, until, reason, by_id, at)
                VALUES (gen_random_uuid(), of_opening, wait_until, because, laget_person(), clock_timestamp());
                UPDATE emergency_opening SET told_from = greatest(wait_until, {NOW}) WHERE id = of_opening;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
    ]
