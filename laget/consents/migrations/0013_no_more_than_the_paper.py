"""Whoever is to see a paper learns what was asked for and nothing else of the question: not who has answered, or words."""

from django.db import migrations

from laget.audit.ground import APP, Function

COLUMNS = ("id", "child_id", "service_id", "purpose", "kinds", "reach", "until", "asked_by_id", "position_id", "asked_at",
           "answer_by", "ended_at", "opens_case", "guide")


class Migration(migrations.Migration):

    dependencies = [("consents", "0012_a_scan_of_the_paper")]

    operations = [
        migrations.RunSQL(
            'DROP POLICY "to_see" ON "consents_request"',
            """CREATE POLICY "to_see" ON "consents_request" FOR SELECT TO laget_app USING (
                id IN (SELECT p.request_id FROM consents_paper p WHERE p.checker_id = (SELECT laget_person()))
                AND child_id = ANY (ARRAY(SELECT sight_children())))""",
        ),
        Function("consents_asked_of(of_paper uuid)",
                 "TABLE (id uuid, child_id uuid, service_id uuid, purpose text, kinds text[], reach text, until date, "
                 "asked_by_id uuid, position_id uuid, asked_at timestamptz, answer_by timestamptz, ended_at timestamptz, "
                 "opens_case boolean, guide text)", f"""
            SELECT {", ".join(f"r.{one}" for one in COLUMNS)}
            FROM consents_paper p JOIN consents_request r ON r.id = p.request_id
            WHERE p.id = of_paper AND laget_capacity() = 'worker' AND laget_person() IN (p.by_id, p.checker_id)
              AND r.child_id IN (SELECT sight_children())
            """, to=APP),
    ]
