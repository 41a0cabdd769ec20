"""The one whom the register keeps away is told, and may say that it is wrong; who can go on gets the place back."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import APP, WORKER, Function, Guard, Permit, Policy, Replaced

NOW = "statement_timestamp()"
FOREVER = "timestamptz '9999-01-01 00:00+00'"
ME = "(SELECT laget_person())"
WORKS = "(SELECT laget_capacity()) = 'worker'"


class Migration(migrations.Migration):

    dependencies = [("ties", "0004_a_refusal_counts"), ("people", "0002_a_contact_ends")]

    operations = [
        migrations.AddField("tie", "known_by", models.UUIDField(null=True)),
        # Whoever acts when the database finds it: nobody else has to remember to say so.
        migrations.RunSQL(
            'ALTER TABLE "ties_tie" ALTER COLUMN "known_by" SET DEFAULT laget_person()',
            'ALTER TABLE "ties_tie" ALTER COLUMN "known_by" DROP DEFAULT',
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due", models.DateField()),
                ("reminded_on", models.DateField(null=True)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("tie", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="objection", to="ties.tie")),
            ],
        ),
        # From a child around whom one had no place one is kept away in silence, as before.
        Permit("ties_tie",
               Policy("keeps_me_away", "SELECT", using=f"worker_id = {ME} AND {WORKS} AND seated AND found = 'register'")),
        Guard("ties_objection",
              Policy("of_a_tie", "SELECT", using="EXISTS (SELECT 1 FROM ties_tie t WHERE t.id = tie_id)"),
              Policy("object", "INSERT", check=f"by_id = {ME} AND {WORKS} AND EXISTS (SELECT 1 FROM ties_tie t "
                     f"WHERE t.id = tie_id AND t.worker_id = {ME} AND t.seated AND t.found = 'register') "
                     "AND NOT EXISTS (SELECT 1 FROM ties_ruling r WHERE r.tie_id = ties_objection.tie_id)"),
              app="SELECT, INSERT"),
        Function("ties_undecided(today date)", "TABLE (objection uuid, tie uuid, child uuid, worker uuid)", """
            UPDATE ties_objection o SET reminded_on = today FROM ties_tie t
            WHERE laget_capacity() = 'system' AND t.id = o.tie_id AND o.due < today AND o.reminded_on IS NULL
              AND NOT EXISTS (SELECT 1 FROM ties_ruling r WHERE r.tie_id = o.tie_id)
            RETURNING o.id, t.id, t.child_id, t.worker_id
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=f"{APP}, {WORKER}"),
        Replaced("laget.ties.migrations.0003_not_against_the_register", "ties_rule"),
        # As before. Whoever can go on gets back the places at work that this tie ended, where the position holds still.
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
                            AND s.origin <> 'deputy') b
                    WHERE NOT EXISTS (SELECT 1 FROM sight_seat x WHERE x.child_id = t.child_id AND x.kind = 'service'
                                      AND x.position_id = b.position_id AND x.until > {NOW});
                    UPDATE sight_forbid f SET until = greatest({NOW}, f.since)
                    WHERE f.origin = 'tie' AND f.origin_id = t.id AND f.until > {NOW};
                END IF;
                RETURN QUERY SELECT t.child_id, t.worker_id;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
    ]
