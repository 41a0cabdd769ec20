"""Marks of the guide's steps, and cases that go over to another version: new rows, by the one who does it."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import Guard, Policy

AROUND = "child_id = ANY (ARRAY(SELECT sight_cases()))"
MINE = "by_id = (SELECT laget_person()) AND (SELECT laget_capacity()) = 'worker'"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0006_what_was_is_kept'),
        ('families', '0006_siblings_of_those_one_helps'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Crossing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('before', models.CharField(max_length=20)),
                ('after', models.CharField(max_length=20)),
                ('level_before', models.CharField(max_length=8)),
                ('level_after', models.CharField(max_length=8)),
                ('reason', models.TextField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='crossings', to='cases.case')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
            ],
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('guide_version', models.CharField(max_length=20)),
                ('level', models.CharField(max_length=8)),
                ('step', models.CharField(max_length=40)),
                ('said', models.CharField(choices=[('done', 'Done'), ('not_done', 'Not Done'), ('no', 'No')], max_length=8)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='cases.case')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
            ],
            options={
                'indexes': [models.Index(fields=['case', 'at'], name='cases_mark_case_id_4270ab_idx')],
            },
        ),
        *(Guard(table,
                Policy("around", "SELECT", using=AROUND),
                Policy("add", "INSERT", check=f"{AROUND} AND {MINE}"),
                app="SELECT, INSERT")
          for table in ("cases_mark", "cases_crossing")),
        migrations.RunSQL(
            "GRANT UPDATE (guide_version) ON cases_case TO laget_app",
            "REVOKE UPDATE (guide_version) ON cases_case FROM laget_app",
        ),
    ]
