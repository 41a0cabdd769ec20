"""A consent that is to be asked for again is a task for the one who holds the baton, in the transaction of its cause."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import APP, WORKER, Function, Guard, Policy

FOREVER = "timestamptz '9999-01-01 00:00+00'"
KEPT = """
    INSERT INTO consents_renewal (id, request_id, child_id, service_id, kinds, reach, cause, due, at)
    SELECT gen_random_uuid(), r.id, r.child_id, r.service_id, r.kinds, r.reach, of_cause, r.until, statement_timestamp()
    FROM consents_request r
    WHERE {which} AND r.ended_at = """ + FOREVER + """
      AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin = 'consent' AND c.origin_id = r.id
                  AND c.since <= statement_timestamp() AND c.until > statement_timestamp())
      AND NOT EXISTS (SELECT 1 FROM consents_request q WHERE q.child_id = r.child_id AND q.service_id = r.service_id
                      AND q.asked_at > r.asked_at AND q.ended_at = """ + FOREVER + """)
    ON CONFLICT (request_id) WHERE done_at IS NULL DO NOTHING
    RETURNING id, request_id
"""

class Migration(migrations.Migration):

    dependencies = [
        ('consents', '0007_without_consent'),
        ('directory', '0007_never_two_as_one'),
        ('families', '0007_what_was_is_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='request',
            name='renews',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consents.request'),
        ),
        migrations.CreateModel(
            name='Renewal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('reach', models.CharField(choices=[('today', 'Today'), ('plan', 'Plan'), ('all', 'All')], max_length=8)),
                ('cause', models.CharField(choices=[('period_ended', 'Period Ended'), ('birthday', 'Birthday'), ('holder_changes_service', 'Holder Changes Service'), ('new_level', 'New Level')], max_length=30)),
                ('due', models.DateField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(null=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consents.request')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('done_at', None)), fields=('request',), name='asked_again_once_at_a_time')],
            },
        ),
    ]

    operations += [
        Guard("consents_renewal",
              Policy("around", "SELECT", using="(SELECT laget_capacity()) = 'worker' "
                     "AND child_id = ANY (ARRAY(SELECT sight_cases()))"),
              Policy("asked", "UPDATE", using="(SELECT laget_capacity()) = 'worker' "
                     "AND child_id = ANY (ARRAY(SELECT sight_cases()))"),
              app="SELECT, UPDATE (done_at)"),
        # Something has happened in a case: each consent that gives sight now, and is not asked for anew already.
        Function("consents_ask_again(of_child uuid, of_cause text)", "TABLE (renewal uuid, request uuid)",
                 KEPT.format(which="laget_capacity() = 'worker' AND r.child_id = of_child "
                             "AND r.child_id IN (SELECT sight_cases())"),
                 how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=APP),
        # For the worker: consents that give sight, whose last day is near.
        Function("consents_ending(today date, by_day date)",
                 "TABLE (request uuid, child uuid, asked_by uuid, until date, born date)", f"""
            SELECT r.id, r.child_id, r.asked_by_id, r.until, k.born
            FROM consents_request r
            JOIN families_child k ON k.person_id = r.child_id
            WHERE r.ended_at = {FOREVER} AND r.until >= today AND r.until <= by_day
              AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin = 'consent' AND c.origin_id = r.id
                          AND c.since <= statement_timestamp() AND c.until > statement_timestamp())
              AND NOT EXISTS (SELECT 1 FROM consents_renewal w WHERE w.request_id = r.id)
            ORDER BY r.until, r.id
            """, to=WORKER),
        Function("consents_ask_again_in_time(of_request uuid, of_cause text)", "TABLE (renewal uuid, request uuid)",
                 KEPT.format(which="r.id = of_request"), how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=WORKER),
    ]
