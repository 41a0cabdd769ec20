"""The family sees who in the services has looked at the child's record; readings by private persons are never shown."""

from django.db import migrations

from laget.audit.ground import Permit, Policy


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("sight", "0001_initial")]

    operations = [
        Permit(
            "audit_reading",
            Policy(
                "family_sees_services", "SELECT",
                using="(SELECT laget_capacity()) = 'citizen' AND capacity = 'worker' "
                      "AND children && ARRAY(SELECT sight_cases())",
            ),
        ),
        migrations.RunSQL(
            "CREATE INDEX trust_readings_by_child ON audit_reading USING gin (children)",
            "DROP INDEX trust_readings_by_child",
        ),
    ]
