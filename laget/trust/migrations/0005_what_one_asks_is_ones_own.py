"""That a leader or the officer read a question is shown to the one who asked it: to others it would tell who asks."""

from django.db import migrations

BEFORE = (
    "(SELECT laget_capacity()) = 'citizen' AND capacity = 'worker' AND children && ARRAY(SELECT sight_cases())"
)
OWN = (
    "(page NOT IN ('trust.question', 'trust.inquire_asked') OR EXISTS ("
    "SELECT 1 FROM trust_question q WHERE q.id = object_id AND q.asked_by_id = (SELECT laget_person())))"
)


def policy(using: str) -> str:
    return f'ALTER POLICY "family_sees_services" ON "audit_reading" USING ({using})'


class Migration(migrations.Migration):
    dependencies = [("trust", "0004_log_control")]

    operations = [migrations.RunSQL(policy(f"{BEFORE} AND {OWN}"), policy(BEFORE))]
