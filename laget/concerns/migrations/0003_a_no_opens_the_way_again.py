"""A question to the parents that ends without a yes opens the way on for the worry behind it."""

from django.db import migrations, models

from laget.audit.ground import APP, WORKER, Function


class Migration(migrations.Migration):

    dependencies = [
        ('concerns', '0002_discussions'),
    ]

    operations = [
        migrations.AddField(
            model_name='worry',
            name='unshared',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.RunSQL(
            "GRANT UPDATE (unshared) ON concerns_worry TO laget_app",
            "REVOKE UPDATE (unshared) ON concerns_worry FROM laget_app",
        ),
        # As concerns_passed_on: the key can be made by the house only, and the answer is whether there was one.
        Function("concerns_unshared(of_key bytea, how text)", "boolean", """
            WITH come_back AS (
                UPDATE concerns_worry w SET unshared = how
                WHERE w.request_key = of_key AND w.ended_at = timestamptz '9999-01-01 00:00+00' RETURNING 1)
            SELECT EXISTS (SELECT 1 FROM come_back)
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=f"{APP}, {WORKER}"),
    ]
