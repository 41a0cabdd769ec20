"""What a question is about, where it changes who is asked."""

from django.db import migrations, models

from laget.audit.ground import APP, Function, Replaced

FOREVER = "timestamptz '9999-01-01 00:00+00'"
OPEN = "TABLE (request uuid, service uuid, asked_by uuid, until date, born date, act text, receiver text, asked uuid[])"
SHOWN = """
    SELECT r.id, r.service_id, r.asked_by_id, r.until, k.born, sender.act::text, receiver.act::text,
           ARRAY(SELECT p.person_id FROM consents_party p WHERE p.request_id = r.id AND p.ended_at > statement_timestamp())
    FROM consents_request r
    JOIN families_child k ON k.person_id = r.child_id
    JOIN directory_service receiver ON receiver.id = r.service_id
    JOIN directory_position d ON d.id = r.position_id
    JOIN directory_unit u ON u.id = d.unit_id
    JOIN directory_service sender ON sender.id = u.service_id
"""


class Migration(migrations.Migration):

    dependencies = [("consents", "0014_a_no_of_the_same_day")]

    operations = [
        migrations.AddField("request", "matter", models.CharField(
            choices=[("sharing", "Sharing"), ("education", "Education"), ("daily_care", "Daily Care")],
            db_default="sharing", default="sharing", max_length=10,
        )),
        Replaced("laget.consents.migrations.0010_whose_answer_counts", "consents_open"),
        # As before, but for questions that are not for the parents together: a new holder is not asked these.
        Function("consents_open(of_child uuid)", OPEN, f"""
            {SHOWN} WHERE r.child_id = of_child AND r.ended_at = {FOREVER} AND r.matter = 'sharing'
              AND laget_capacity() = 'worker' AND of_child IN (SELECT sight_cases())
            ORDER BY r.asked_at, r.id
            """, to=APP),
    ]
