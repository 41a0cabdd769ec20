"""An entry says itself who reads it, also later: chosen anew by a new row, which says who chose and why."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import Function, Guard, Permit, Policy, Trigger
from laget.sight.addressed import CAPACITY, ME, knows, lets

AUDIENCES = [(one, one) for one in ("team", "own_service", "family", "services", "named", "childs_own", "not_for")]
KINDS = "EXISTS (SELECT 1 FROM sight_pairs() p WHERE p.child = child_id AND p.kind = cases_log.kind)"
# Its author, the child whose own words it holds, and whoever works with it; nobody else moves the child's own.
READDRESS = f"""{KINDS} AND (author_id = {ME} OR (audience = 'childs_own' AND child_id = {ME})
                OR (audience <> 'childs_own' AND {CAPACITY} = 'worker'))"""
BEFORE = """
    child_id = ANY (ARRAY(SELECT sight_cases()))
    AND EXISTS (SELECT 1 FROM sight_pairs() p WHERE p.child = child_id AND p.kind = cases_log.kind
                AND cases_log.at >= p.log_from)
    AND CASE audience WHEN 'team' THEN true
          WHEN 'own_service' THEN (SELECT laget_capacity()) = 'citizen' OR service_id IN (SELECT sight_services())
          WHEN 'family' THEN (SELECT laget_capacity()) = 'citizen'
          ELSE false END"""
AFTER = f"""child_id = ANY (ARRAY(SELECT sight_cases())) AND {knows("cases_log", "at", "log_from")}
    AND {lets("cases_log", "author_id", "service_id")}"""
SEEN = f"""child_id = ANY (ARRAY(SELECT sight_cases())) AND {knows("cases_readership", "at", "log_from")}
    AND (by_id = {ME} OR ({CAPACITY} = 'worker' AND {lets("cases_readership", "by_id")}))"""


def seen(using: str) -> list[str]:
    return [
        'DROP POLICY "kind_and_audience" ON "cases_log"',
        f'CREATE POLICY "kind_and_audience" ON "cases_log" FOR SELECT TO laget_app USING ({using})',
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_what_the_guide_asks'),
        ('families', '0006_siblings_of_those_one_helps'),
        ('people', '0001_initial'),
        ('sight', '0004_forbids_in_one_question'),
    ]

    operations = [
        migrations.AlterField(
            model_name='log',
            name='audience',
            field=models.CharField(choices=AUDIENCES, default='team', max_length=12),
        ),
        migrations.AddField(
            model_name='log',
            name='persons',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        migrations.CreateModel(
            name='Readership',
            fields=[
                ('audience', models.CharField(choices=AUDIENCES, default='team', max_length=12)),
                ('persons', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('of', models.UUIDField()),
                ('kind', models.CharField(max_length=20)),
                ('audience_before', models.CharField(blank=True, max_length=12)),
                ('persons_before', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('ground', models.CharField(blank=True, max_length=20)),
                ('why', models.TextField(blank=True)),
                ('review_on', models.DateField(null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
            ],
            options={
                'indexes': [models.Index(fields=['of', 'at'], name='cases_reade_of_a4ae6d_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('audience__in', ['services', 'not_for']), _negated=True), models.Q(('ground', ''), _negated=True), _connector='OR'), name='kept_from_a_parent_on_a_ground')],
            },
        ),
        migrations.RunSQL(seen(AFTER), seen(BEFORE)),
        Permit("cases_log", Policy("readdress", "UPDATE", using=READDRESS, check=KINDS)),
        migrations.RunSQL(
            "GRANT UPDATE (audience, persons) ON cases_log TO laget_app",
            "REVOKE UPDATE (audience, persons) ON cases_log FROM laget_app",
        ),
        Guard("cases_readership",
              Policy("chosen", "SELECT", using=SEEN),
              Policy("choose", "INSERT", check=f"""
                  by_id = {ME} AND EXISTS (SELECT 1 FROM sight_pairs() p
                                           WHERE p.child = child_id AND p.kind = cases_readership.kind)"""),
              app="SELECT, INSERT"),
        # Who reads a text is not changed unless somebody says so in a row of its own: the commit is refused.
        Function("cases_choice_is_kept()", "trigger", """
            BEGIN
                IF (NEW.audience, NEW.persons) IS DISTINCT FROM (OLD.audience, OLD.persons) AND NOT EXISTS (
                    SELECT 1 FROM cases_readership r
                    WHERE r.child_id = NEW.child_id AND r.audience = NEW.audience AND r.persons = NEW.persons
                      AND r.at >= transaction_timestamp()) THEN
                    RAISE EXCEPTION 'nobody said why % has other readers', OLD.id USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NULL;
            END
            """, to="", how="LANGUAGE plpgsql SECURITY DEFINER"),
        Trigger("choice_is_kept", "cases_log", "AFTER UPDATE OF audience, persons", "cases_choice_is_kept",
                deferred=True),
        # Those around a child who may know something now, with how far back: asked by those who see the case.
        Function("cases_around(of_child uuid)", """TABLE (person uuid, seat text, at_work uuid, in_service uuid,
                 kind text, log_from timestamptz, plan_from timestamptz)""", """
            SELECT s.person_id, s.kind, s.position_id, u.service_id, c.kind, c.log_from, c.plan_from
            FROM sight_seat s
            LEFT JOIN directory_position p ON p.id = s.position_id
            LEFT JOIN directory_unit u ON u.id = p.unit_id
            LEFT JOIN sight_cover c ON s.kind = 'service' AND c.child_id = s.child_id AND c.service_id = u.service_id
                 AND c.since <= statement_timestamp() AND c.until > statement_timestamp()
            WHERE s.child_id = of_child AND of_child IN (SELECT sight_cases())
              AND s.since <= statement_timestamp() AND s.until > statement_timestamp()
              AND NOT sight_forbidden(s.child_id, s.person_id)
              AND CASE s.kind WHEN 'service' THEN c.id IS NOT NULL AND p.person_id = s.person_id
                                   AND p.since <= statement_timestamp() AND p.until > statement_timestamp()
                              ELSE s.kind IN ('parent', 'guardian', 'child') END
            ORDER BY s.since, s.id
            """),
    ]
