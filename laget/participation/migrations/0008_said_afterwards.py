"""What was said at a set-up is put right or added to by new rows, read by those who read the set-up."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import Guard, Policy

OF_A_SETUP = "EXISTS (SELECT 1 FROM participation_setup s WHERE s.id = participation_remark.setup_id)"
BY_WHO_HELPS = """(SELECT laget_capacity()) = 'worker' AND by_id = (SELECT laget_person())
    AND child_id = ANY (ARRAY(SELECT sight_cases()))
    AND EXISTS (SELECT 1 FROM participation_setup s
                WHERE s.id = participation_remark.setup_id AND s.child_id = participation_remark.child_id)"""


class Migration(migrations.Migration):

    dependencies = [
        ("families", "0014_health_passes"),
        ("participation", "0007_what_a_letter_opens"),
        ("people", "0002_a_contact_ends"),
    ]

    operations = [
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField(blank=True)),
                ("maturity", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("child", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.child")),
                ("setup", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="participation.setup")),
            ],
            options={"indexes": [models.Index(fields=["setup", "at"], name="participation_remark_of")]},
        ),
        Guard("participation_remark",
              Policy("with_the_set_up", "SELECT", using=OF_A_SETUP),
              Policy("say", "INSERT", check=BY_WHO_HELPS),
              app="SELECT, INSERT"),
    ]
