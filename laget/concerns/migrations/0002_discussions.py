"""An anonymous discussion is its owner's alone, and is deleted on its day."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from laget.audit.ground import WORKER, Function, Guard, Policy

HERE = """owner_id = (SELECT laget_person()) AND (SELECT laget_capacity()) = 'worker'
    AND service_id IN (SELECT sight_services())"""


class Migration(migrations.Migration):

    dependencies = [
        ('concerns', '0001_initial'),
        ('directory', '0008_which_human'),
        ('people', '0002_a_contact_ends'),
    ]

    operations = [
        migrations.CreateModel(
            name='Discussion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('held_on', models.DateField()),
                ('kept_until', models.DateField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service')),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'held_on'], name='concerns_di_owner_i_27a502_idx'), models.Index(fields=['kept_until'], name='concerns_di_kept_un_dc060a_idx')],
            },
        ),
        Guard("concerns_discussion",
              Policy("mine", "SELECT", using=HERE),
              Policy("write", "INSERT", check=HERE),
              Policy("throw_away", "DELETE", using=HERE),
              app="SELECT, INSERT, DELETE"),
        Function("concerns_sweep_discussions(today date, left_before timestamptz)", "SETOF uuid", """
            DELETE FROM concerns_discussion d
            WHERE d.kept_until <= today OR NOT EXISTS (
                SELECT 1 FROM directory_position p JOIN directory_unit u ON u.id = p.unit_id
                WHERE p.person_id = d.owner_id AND u.service_id = d.service_id AND p.until > left_before)
            RETURNING d.id
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=WORKER),
    ]
