"""What is hidden from the family is looked at again on a day, and does not leave with the one who hid it."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import Function, Guard, Policy

NOW = "statement_timestamp()"
WORKS = f"""EXISTS (SELECT 1 FROM directory_position p JOIN directory_unit u ON u.id = p.unit_id
    WHERE p.person_id = consents_disclosure.by_id AND u.service_id = consents_disclosure.service_id AND p.since <= {NOW} AND p.until > {NOW})"""
# The one who shared it; after that one, those of the service who take part in the child's case.
KEEPS = f"""(SELECT laget_capacity()) = 'worker' AND service_id IN (SELECT sight_services())
    AND (by_id = (SELECT laget_person()) OR (child_id = ANY (ARRAY(SELECT sight_cases())) AND NOT {WORKS}))"""
MINE = """by_id = (SELECT laget_person()) AND (SELECT laget_capacity()) = 'worker'
    AND service_id IN (SELECT sight_services())"""
READS = "(SELECT laget_capacity()) = 'worker' AND EXISTS (SELECT 1 FROM consents_disclosure d WHERE d.id = disclosure_id"


class Migration(migrations.Migration):

    dependencies = [("consents", "0017_who_decides_now"), ("sight", "0005_at_work_and_in_an_emergency")]

    operations = [
        migrations.CreateModel(
            name="Hiding",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("why", models.TextField()),
                ("review_on", models.DateField()),
                ("by_itself", models.BooleanField(default=False)),
                ("reminded_on", models.DateField(null=True)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("child", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.child")),
                ("disclosure", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="hidings", to="consents.disclosure")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["disclosure", "at"], name="consents_hi_disclos_7e3d77_idx"),
                    models.Index(fields=["review_on"], name="consents_hi_review__9cc3f1_idx"),
                ],
            },
        ),
        # What was hidden before there was a day gets one: those who keep it are reminded at once.
        migrations.RunSQL(
            """INSERT INTO consents_hiding (id, at, why, review_on, by_itself, by_id, child_id, disclosure_id)
            SELECT gen_random_uuid(), noted_at, hidden_why, (noted_at + interval '180 days')::date, false, by_id, child_id, id
            FROM consents_disclosure WHERE hidden""",
            migrations.RunSQL.noop,
        ),
        Guard("consents_hiding",
              Policy("with_it", "SELECT", using=f"{READS})"),
              Policy("decide", "INSERT", check=f"by_id = (SELECT laget_person()) AND reminded_on IS NULL AND {READS} "
                     "AND d.hidden AND d.child_id = consents_hiding.child_id)"),
              app="SELECT, INSERT"),
        migrations.RunSQL(
            [
                f'ALTER POLICY "mine" ON "consents_disclosure" USING ({KEEPS})',
                f'ALTER POLICY "show" ON "consents_disclosure" USING ({KEEPS} AND hidden) WITH CHECK ({KEEPS} AND NOT hidden)',
            ],
            [
                f'ALTER POLICY "mine" ON "consents_disclosure" USING ({MINE})',
                f'ALTER POLICY "show" ON "consents_disclosure" USING ({MINE} AND hidden) WITH CHECK ({MINE} AND NOT hidden)',
            ],
        ),
        # For the worker: the decisions that hold and whose day comes by then, and of which nobody was reminded since.
        Function("consents_hidden_due(by_day date, today date)",
                 "TABLE (hiding uuid, disclosure uuid, child uuid, review_on date, by_itself boolean)", """
            SELECT h.id, h.disclosure_id, h.child_id, h.review_on, h.by_itself FROM consents_hiding h
            JOIN consents_disclosure d ON d.id = h.disclosure_id AND d.hidden
            WHERE h.review_on <= by_day
              AND (h.reminded_on IS NULL OR (h.review_on <= today AND (h.by_itself OR h.reminded_on < h.review_on)))
              AND NOT EXISTS (SELECT 1 FROM consents_hiding later WHERE later.disclosure_id = h.disclosure_id
                              AND (later.at, later.id) > (h.at, h.id))
            ORDER BY h.review_on, h.id
            """, to="laget_worker"),
        Function("consents_hidden_reminded(of_hiding uuid, today date)", "void",
                 "UPDATE consents_hiding SET reminded_on = today WHERE id = of_hiding",
                 to="laget_worker", how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
        # Who looks at it again: the one who shared it; after that one, those of the service who take part; else who leads there.
        Function("consents_keepers(of_disclosure uuid)", "TABLE (person uuid, reads boolean)", f"""
            WITH it AS (SELECT * FROM consents_disclosure WHERE id = of_disclosure),
            now_there AS (
                SELECT p.id, p.person_id, p.leads, p.unit_id FROM directory_position p JOIN directory_unit u ON u.id = p.unit_id
                JOIN it ON it.service_id = u.service_id WHERE p.since <= {NOW} AND p.until > {NOW}),
            keeps AS (
                SELECT n.person_id FROM now_there n JOIN it ON it.by_id = n.person_id
                UNION
                SELECT s.person_id FROM it JOIN sight_seat s ON s.child_id = it.child_id AND s.kind = 'service'
                JOIN now_there n ON n.id = s.position_id
                WHERE s.since <= {NOW} AND s.until > {NOW} AND NOT sight_barred(s.child_id, s.person_id, 'worker')
                  AND NOT EXISTS (SELECT 1 FROM now_there x WHERE x.person_id = it.by_id))
            SELECT person_id, true FROM keeps
            UNION
            SELECT n.person_id, false FROM now_there n JOIN it ON true JOIN directory_position was ON was.id = it.position_id
            WHERE n.leads AND n.unit_id = was.unit_id AND NOT EXISTS (SELECT 1 FROM keeps)
              AND NOT sight_barred(it.child_id, n.person_id, 'worker')
            """, to="laget_worker"),
        # Its day has come, and whoever hid it has said that the family reads it then.
        Function("consents_show_by_itself(of_hiding uuid, today date)", "boolean", """
            DECLARE shown uuid;
            BEGIN
                UPDATE consents_disclosure d SET hidden = false FROM consents_hiding h
                WHERE h.id = of_hiding AND d.id = h.disclosure_id AND d.hidden AND h.by_itself AND h.review_on <= today
                  AND NOT EXISTS (SELECT 1 FROM consents_hiding later WHERE later.disclosure_id = h.disclosure_id
                                  AND (later.at, later.id) > (h.at, h.id))
                RETURNING d.id INTO shown;
                RETURN shown IS NOT NULL;
            END
            """, to="laget_worker", how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER"),
    ]
