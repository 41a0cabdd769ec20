"""A yes on paper is registered by one and counts when another has seen it; what that moves beyond sight is narrow."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import APP, Function, Guard, Policy


class Migration(migrations.Migration):

    dependencies = [
        ('consents', '0010_whose_answer_counts'),
        ('directory', '0008_which_human'),
        ('families', '0008_asked_to_be_told'),
        ('people', '0002_a_contact_ends'),
    ]

    operations = [
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('called', models.CharField(max_length=200)),
                ('child_called', models.CharField(max_length=200)),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('joins', models.BooleanField(default=False)),
                ('excluded', models.TextField(blank=True)),
                ('signed_on', models.DateField()),
                ('interpreter', models.CharField(blank=True, max_length=100)),
                ('text_version', models.CharField(max_length=20)),
                ('kept_at', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('confirmed', 'Confirmed'), ('refused', 'Refused'), ('taken_back', 'Taken Back')], default='waiting', max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('why', models.TextField(blank=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='answer',
            name='oral_answer_is_noted_by_somebody',
        ),
        migrations.AddField(
            model_name='answer',
            name='checked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='answer',
            name='signed_on',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='answer',
            name='form',
            field=models.CharField(choices=[('own_sign_in', 'Own Sign In'), ('letter', 'Letter'), ('oral', 'Oral'), ('paper', 'Paper')], max_length=12),
        ),
        migrations.AddField(
            model_name='paper',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='paper',
            name='checker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='paper',
            name='child',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child'),
        ),
        migrations.AddField(
            model_name='paper',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddField(
            model_name='paper',
            name='position',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.position'),
        ),
        migrations.AddField(
            model_name='paper',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consents.request'),
        ),
        migrations.AddField(
            model_name='answer',
            name='paper',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consents.paper'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('form__in', ('own_sign_in', 'letter')), ('noted_by__isnull', True)), models.Q(('form__in', ['oral', 'paper']), ('noted_by__isnull', False)), _connector='OR'), name='oral_answer_is_noted_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('form', 'paper'), _negated=True), models.Q(('kinds', []), ('signed_on__isnull', False)), models.Q(('checked_by__isnull', False), ('paper__isnull', False), ('signed_on__isnull', False)), _connector='OR'), name='a_yes_on_paper_is_seen_by_two'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(fields=['request', 'state'], name='consents_pa_request_cc2b70_idx'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(fields=['checker', 'state'], name='consents_pa_checker_1e536a_idx'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('by', models.F('checker')), _negated=True), name='two_people_see_the_paper'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='a_paper_is_decided_at_some_time'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='a_paper_is_refused_with_a_reason'),
        ),
    ]

    operations += [
        Guard("consents_paper",
              Policy("registered_by_me", "SELECT", using="by_id = (SELECT laget_person()) "
                     "AND (SELECT laget_capacity()) = 'worker' AND child_id = ANY (ARRAY(SELECT sight_children()))"),
              Policy("to_see", "SELECT", using="checker_id = (SELECT laget_person()) "
                     "AND (SELECT laget_capacity()) = 'worker' AND child_id = ANY (ARRAY(SELECT sight_children()))"),
              Policy("register", "INSERT", check="by_id = (SELECT laget_person()) AND state = 'waiting' "
                     "AND (SELECT laget_capacity()) = 'worker' AND child_id = ANY (ARRAY(SELECT sight_children())) "
                     "AND position_id IN (SELECT p.id FROM directory_position p WHERE p.person_id = (SELECT laget_person()) "
                     "AND p.since <= statement_timestamp() AND p.until > statement_timestamp())"),
              # Once: whoever was asked confirms or refuses it, whoever registered it takes it back.
              Policy("decide", "UPDATE",
                     using="state = 'waiting' AND (SELECT laget_capacity()) = 'worker' "
                     "AND child_id = ANY (ARRAY(SELECT sight_children()))",
                     check="(checker_id = (SELECT laget_person()) AND state IN ('confirmed', 'refused')) "
                     "OR (by_id = (SELECT laget_person()) AND state = 'taken_back')"),
              app="SELECT, INSERT, UPDATE (state, decided_at, why)"),
        migrations.RunSQL(
            """CREATE POLICY "to_see" ON "consents_request" FOR SELECT TO laget_app USING (
                id IN (SELECT p.request_id FROM consents_paper p WHERE p.checker_id = (SELECT laget_person()))
                AND child_id = ANY (ARRAY(SELECT sight_children())))""",
            'DROP POLICY "to_see" ON "consents_request"',
        ),
        # A no on paper takes one person; a yes takes the second, and says no more than the paper they both saw.
        migrations.RunSQL(
            """CREATE POLICY "on_paper" ON "consents_answer" FOR INSERT TO laget_app WITH CHECK (
                form = 'paper' AND child_id = ANY (ARRAY(SELECT sight_children())) AND (
                    (cardinality(kinds) = 0 AND paper_id IS NULL AND noted_by_id IN (
                        SELECT p.id FROM directory_position p WHERE p.person_id = (SELECT laget_person())
                        AND p.since <= statement_timestamp() AND p.until > statement_timestamp()))
                    OR (checked_by_id = (SELECT laget_person()) AND NOT consents_signed(request_id, person_id) AND EXISTS (
                        SELECT 1 FROM consents_paper s
                        WHERE s.id = paper_id AND s.state = 'confirmed' AND s.checker_id = checked_by_id
                          AND s.request_id = consents_answer.request_id AND s.person_id = consents_answer.person_id
                          AND s.kinds = consents_answer.kinds AND s.position_id = noted_by_id))))""",
            'DROP POLICY "on_paper" ON "consents_answer"',
        ),
        # Whether the one who signed has answered in any way since: a later answer is never put aside by an older paper.
        Function("consents_answered_since(of_paper uuid)", "boolean", """
            SELECT EXISTS (
                SELECT 1 FROM consents_paper s JOIN consents_answer a ON a.request_id = s.request_id AND a.person_id = s.person_id
                WHERE s.id = of_paper AND s.child_id IN (SELECT sight_children())
                  AND (a.at > s.at OR (a.at AT TIME ZONE 'Europe/Oslo')::date > s.signed_on))
            """, to=APP),
        # The second person is done: the place it was given to see one paper ends.
        Function("consents_seen(of_paper uuid)", "void", """
            UPDATE sight_seat s SET until = greatest(statement_timestamp(), s.since)
            FROM consents_paper p
            WHERE p.id = of_paper AND p.state <> 'waiting' AND laget_person() IN (p.by_id, p.checker_id)
              AND s.kind = 'asking' AND s.origin = 'paper' AND s.origin_id = p.id AND s.until > statement_timestamp()
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=APP),
        # Everybody has answered. Whether the one who asked has a place for the service already, and the end of the place
        # for asking: also when the one who acts sees neither.
        Function("consents_seated(of_request uuid)", "boolean", """
            SELECT EXISTS (
                SELECT 1 FROM consents_request r JOIN sight_seat s
                  ON s.child_id = r.child_id AND s.position_id = r.position_id AND s.kind = 'service'
                WHERE r.id = of_request AND r.child_id IN (SELECT sight_children())
                  AND s.since <= statement_timestamp() AND s.until > statement_timestamp())
            """, to=APP),
        Function("consents_asked_for(of_request uuid)", "void", """
            UPDATE sight_seat s SET until = greatest(statement_timestamp(), s.since)
            FROM consents_request r
            WHERE r.id = of_request AND r.opens_case AND r.child_id IN (SELECT sight_children())
              AND s.child_id = r.child_id AND s.person_id = r.asked_by_id AND s.kind = 'asking' AND s.origin <> 'paper'
              AND s.until > statement_timestamp()
              AND NOT EXISTS (SELECT 1 FROM consents_standing(of_request) g WHERE NOT g.answered AND NOT g.one_of)
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=APP),
    ]
