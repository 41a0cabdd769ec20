"""Whether the record is whole: what the last walk of it found, and where the seals stand, for the officer."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import WORKER, Function, Guard, Policy


class Migration(migrations.Migration):
    dependencies = [("trust", "0007_in_an_emergency"), ("audit", "0003_changes")]

    operations = [
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("holds", models.BooleanField()),
                ("seals", models.BigIntegerField(default=0)),
                ("rows", models.BigIntegerField(default=0)),
                ("sort", models.CharField(blank=True, max_length=20)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("told_at", models.DateTimeField(null=True)),
            ],
            options={"indexes": [models.Index(fields=["at"], name="trust_verification_at")]},
        ),
        # Written by whoever walks the record, who owns the database; no login of ours says that it is whole.
        Guard("trust_verification",
              Policy("controls", "SELECT", using="(SELECT trust_protects())"),
              Policy("jobs_find", "SELECT", using="true", to=WORKER),
              Policy("jobs_told", "UPDATE", using="true", to=WORKER),
              app="SELECT", worker="SELECT, UPDATE (told_at)"),
        # The last seal, when it was made, and how many of the seals are not outside yet. Counts and times, no content.
        Function("trust_seals()", "TABLE (last bigint, made text, inside bigint)", """
            SELECT max(s.number), (SELECT t.line::jsonb->'seal'->>'at' FROM audit_seal t ORDER BY t.number DESC LIMIT 1),
                   count(*) FILTER (WHERE s.outside_at IS NULL)
            FROM audit_seal s WHERE trust_protects()
            """, to="laget_app"),
    ]
