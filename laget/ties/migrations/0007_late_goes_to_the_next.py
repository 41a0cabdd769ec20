"""An objection that no leader decides in time goes to the next leader, and again until somebody decides."""

import django.contrib.postgres.fields
from django.db import migrations, models

from laget.audit.ground import APP, WORKER, Function, Replaced

NOW = "statement_timestamp()"
CURRENT = f"p.since <= {NOW} AND p.until > {NOW}"


class Migration(migrations.Migration):

    dependencies = [("ties", "0006_found_again")]

    operations = [
        migrations.AddField("objection", "units", django.contrib.postgres.fields.ArrayField(
            base_field=models.UUIDField(), db_default=[], default=list, size=None)),
        # Whoever objects does not choose who decides: no unit is passed by beforehand.
        migrations.RunSQL(
            """CREATE POLICY "passes_nobody_by" ON "ties_objection" AS RESTRICTIVE FOR INSERT TO laget_app
               WITH CHECK (units = '{}' AND reminded_on IS NULL)""",
            'DROP POLICY "passes_nobody_by" ON "ties_objection"',
        ),
        Replaced("laget.ties.migrations.0005_the_one_kept_away_may_say_it_is_wrong", "ties_undecided"),
        # The next one to decide: a leader of the same service, else any; nobody who leads where it has been, never the
        # worker, never one who is kept away too.
        Function("ties_next_unit(of_tie uuid, passed uuid[])", "uuid", f"""
            SELECT p.unit_id FROM ties_tie t
            JOIN directory_position own ON own.id = t.position_id
            JOIN directory_unit ou ON ou.id = own.unit_id
            JOIN directory_position p ON p.leads AND {CURRENT} AND p.person_id <> t.worker_id AND p.unit_id <> ALL (passed)
            JOIN directory_unit pu ON pu.id = p.unit_id
            WHERE t.id = of_tie AND NOT sight_barred(t.child_id, p.person_id, 'worker')
              AND NOT EXISTS (SELECT 1 FROM directory_position q WHERE q.unit_id = ANY (passed) AND q.person_id = p.person_id
                              AND q.leads AND q.since <= {NOW} AND q.until > {NOW})
            ORDER BY (pu.service_id = ou.service_id) DESC, p.since, p.id LIMIT 1
            """, to=""),
        # Each that is past its day goes on to the next, who gets a day as long; where nobody is left it stays, and counts anew.
        Function("ties_undecided(today date, next_due date)", "TABLE (objection uuid, tie uuid, child uuid, worker uuid, moved boolean)", """
            DECLARE
                o record;
                next_unit uuid;
            BEGIN
                FOR o IN
                    SELECT b.id, b.tie_id, t.child_id, t.worker_id, b.units || t.unit_id AS passed
                    FROM ties_objection b JOIN ties_tie t ON t.id = b.tie_id
                    WHERE laget_capacity() = 'system' AND b.due < today
                      AND NOT EXISTS (SELECT 1 FROM ties_ruling r WHERE r.tie_id = b.tie_id)
                    ORDER BY b.id FOR UPDATE OF b, t
                LOOP
                    next_unit := ties_next_unit(o.tie_id, o.passed);
                    UPDATE ties_objection b SET reminded_on = today, due = next_due,
                        units = CASE WHEN next_unit IS NULL THEN b.units ELSE o.passed END WHERE b.id = o.id;
                    UPDATE ties_tie t SET unit_id = next_unit WHERE t.id = o.tie_id AND next_unit IS NOT NULL;
                    RETURN QUERY SELECT o.id, o.tie_id, o.child_id, o.worker_id, next_unit IS NOT NULL;
                END LOOP;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=f"{APP}, {WORKER}"),
    ]
