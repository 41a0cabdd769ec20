"""A leader finds a deputy among others: naming oneself would be a way into every case. A child's words have their own page."""

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced

NOW = "clock_timestamp()"
FOREVER = "timestamptz '9999-01-01 00:00+00'"


def speaks_for(nor):
    """As 0015 made it, and what stands here: nobody writes for the child itself."""
    return f"""
        CREATE OR REPLACE FUNCTION cases_speaks_for() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $function$
            BEGIN
                IF laget_capacity() IS NULL THEN RETURN NEW; END IF;
                IF NEW.spoken_for_id IS NOT NULL AND (laget_capacity() <> 'worker' {nor}
                   OR NOT cases_family_ids(NEW.child_id) ? NEW.spoken_for_id::text) THEN
                    RAISE EXCEPTION 'a worker writes for one of the family' USING ERRCODE = 'insufficient_privilege';
                END IF;
                IF NEW.meant_id IS NOT NULL AND (laget_capacity() <> 'citizen' OR NOT EXISTS (
                    SELECT 1 FROM cases_log m WHERE m.id = NEW.meant_id AND m.child_id = NEW.child_id
                    AND m.spoken_for_id = laget_person())) THEN
                    RAISE EXCEPTION 'only the one it was written for' USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN NEW;
            END
        $function$"""


class Migration(migrations.Migration):

    dependencies = [("cases", "0016_looked_at_again")]

    operations = [
        Replaced("laget.cases.migrations.0014_somebody_stands_in", "cases_could_stand_in"),
        # As before, and a leader never answers with oneself.
        Function("cases_could_stand_in(of_position uuid)", "TABLE (place uuid, batons integer)", f"""
            SELECT p.id, (SELECT count(*) FROM cases_baton b WHERE b.position_id = of_position AND b.until = {FOREVER}
                          AND cases_able(b.child_id, p.id, false, NULL))::integer
            FROM directory_position own
            JOIN directory_unit ou ON ou.id = own.unit_id
            JOIN directory_unit pu ON pu.service_id = ou.service_id
            JOIN directory_position p ON p.unit_id = pu.id AND p.person_id <> own.person_id
            WHERE own.id = of_position AND own.id IN (SELECT cases_places(true)) AND p.person_id <> laget_person()
              AND p.since <= {NOW} AND p.until > {NOW} AND NOT p.protects
            """, to=APP),
        migrations.RunSQL(speaks_for("OR NEW.spoken_for_id = NEW.child_id "), speaks_for("")),
    ]
