"""What may be corrected keeps what it was: one table, one trigger function, installed on a table by `Kept`."""

import uuid

import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import Function, Guard


class Migration(migrations.Migration):

    dependencies = [("audit", "0002_seals")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("person", models.UUIDField(null=True)),
                ("capacity", models.CharField(blank=True, max_length=10)),
                ("source", models.CharField(max_length=63)),
                ("row", models.UUIDField()),
                ("old", models.JSONField()),
            ],
            options={
                "indexes": [models.Index(fields=["source", "row", "at"], name="audit_change_of_row")],
            },
        ),
        # Nobody writes here but the trigger; who may read is said for each table that is kept (laget.audit.ground.Kept).
        Guard("audit_change", app="SELECT"),
        Function("audit_keep()", "trigger", """
            DECLARE
                before jsonb := to_jsonb(OLD);
                after jsonb := to_jsonb(NEW);
                was jsonb;
            BEGIN
                SELECT jsonb_object_agg(name, before -> name) INTO was
                FROM unnest(TG_ARGV[1:]) AS name WHERE before -> name IS DISTINCT FROM after -> name;
                IF was IS NOT NULL THEN
                    INSERT INTO audit_change (id, at, person, capacity, source, row, old)
                    VALUES (gen_random_uuid(), statement_timestamp(), laget_person(), coalesce(laget_capacity(), ''),
                            TG_TABLE_NAME, (before ->> TG_ARGV[0])::uuid, was);
                END IF;
                RETURN NULL;
            END
            """, to="", how="LANGUAGE plpgsql SECURITY DEFINER"),
    ]
