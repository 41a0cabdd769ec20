"""What was shared without consent is noted by the one who shared it, and read by the family unless that is dangerous."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import Guard, Policy

MINE = """by_id = (SELECT laget_person()) AND (SELECT laget_capacity()) = 'worker'
    AND service_id IN (SELECT sight_services())"""


class Migration(migrations.Migration):

    dependencies = [
        ('consents', '0006_what_a_consent_says'),
        ('directory', '0007_never_two_as_one'),
        ('families', '0007_what_was_is_kept'),
        ('people', '0002_a_contact_ends'),
    ]

    operations = [
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ground', models.CharField(max_length=8)),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                ('receiver', models.CharField(max_length=200)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('what', models.TextField()),
                ('necessity', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('decided_by', models.CharField(choices=[('self', 'Self'), ('leader', 'Leader'), ('other', 'Other')], max_length=8)),
                ('given_on', models.DateField()),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('hidden', models.BooleanField(default=False)),
                ('hidden_why', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.position')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service')),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'given_on'], name='consents_di_child_i_323b24_idx'), models.Index(fields=['by', 'given_on'], name='consents_di_by_id_dcd232_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('hidden', False), models.Q(('hidden_why', ''), _negated=True), _connector='OR'), name='hidden_with_a_reason')],
            },
        ),
        Guard("consents_disclosure",
              Policy("mine", "SELECT", using=MINE),
              Policy("my_family", "SELECT", using="NOT hidden AND (SELECT laget_capacity()) = 'citizen' "
                     "AND child_id = ANY (ARRAY(SELECT sight_cases()))"),
              Policy("note", "INSERT", check=f"{MINE} AND child_id = ANY (ARRAY(SELECT sight_children())) AND position_id IN "
                     "(SELECT p.id FROM directory_position p WHERE p.person_id = (SELECT laget_person()) "
                     "AND p.since <= statement_timestamp() AND p.until > statement_timestamp())"),
              # What was hidden can be shown; what was shown cannot be hidden again.
              Policy("show", "UPDATE", using=f"{MINE} AND hidden", check=f"{MINE} AND NOT hidden"),
              app="SELECT, INSERT, UPDATE (hidden)"),
    ]
