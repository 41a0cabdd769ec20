"""A reading in an emergency is shown to the family from when it may know of it."""

from django.db import migrations

from laget.audit.ground import Function, Replaced

BEFORE = (
    "(SELECT laget_capacity()) = 'citizen' AND capacity = 'worker' AND children && ARRAY(SELECT sight_cases()) "
    "AND (page NOT IN ('trust.question', 'trust.inquire_asked') OR EXISTS ("
    "SELECT 1 FROM trust_question q WHERE q.id = object_id AND q.asked_by_id = (SELECT laget_person())))"
)
TOLD = "(ground NOT LIKE 'emergency.%' OR EXISTS (SELECT 1 FROM emergency_opening o WHERE o.id = object_id))"


def policy(using: str) -> str:
    return f'ALTER POLICY "family_sees_services" ON "audit_reading" USING ({using})'


class Migration(migrations.Migration):
    dependencies = [("trust", "0006_answered_once"), ("emergency", "0001_initial")]

    operations = [
        migrations.RunSQL(policy(f"{BEFORE} AND {TOLD}"), policy(BEFORE)),
        Replaced("laget.trust.migrations.0003_asking", "trust_forbids"),
        Function("trust_forbids(of_inquiry uuid)",
                 "TABLE (person uuid, since timestamptz, until timestamptz, capacity text)", """
            SELECT f.person_id, f.since, f.until, f.capacity::text FROM trust_open(of_inquiry) i
            JOIN sight_forbid f ON f.child_id = i.child_id AND f.since < i.ends AND f.until > i.begins
            """, to="laget_app"),
    ]
