import datetime
import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from laget.audit.ground import Function, Guard, Policy, Replaced

CHILDS_OWN = ("child_id = ANY (ARRAY(SELECT sight_cases())) AND "
              "((SELECT laget_capacity()) = 'worker' OR child_id = (SELECT laget_person()))")
BY_ITSELF = ("(SELECT laget_capacity()) = 'citizen' AND child_id = (SELECT laget_person()) "
             "AND child_id = ANY (ARRAY(SELECT sight_cases()))")
VOLATILE = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0007_letter'),
        ('directory', '0007_never_two_as_one'),
        ('families', '0007_what_was_is_kept'),
        ('people', '0002_a_contact_ends'),
        ('sight', '0004_forbids_in_one_question'),
    ]

    operations = [
        migrations.CreateModel(
            name='NotNow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject', models.UUIDField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('child', 'subject'), name='not_now_is_said_once')],
            },
        ),
        migrations.CreateModel(
            name='Setup',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('checked', models.CharField(max_length=12)),
                ('words', models.TextField(blank=True)),
                ('maturity', models.TextField(blank=True)),
                ('agreed', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('handed', models.CharField(max_length=10)),
                ('letter_until', models.DateTimeField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('until', models.DateTimeField(default=datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
                ('ended_by', models.UUIDField(null=True)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.position')),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'until'], name='participati_child_i_af7bd7_idx'), models.Index(fields=['person', 'until'], name='participati_person__b2b8dd_idx')],
            },
        ),
        migrations.CreateModel(
            name='Trusted',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.child')),
                ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.position')),
            ],
            options={
                'indexes': [models.Index(fields=['child', 'at'], name='participati_child_i_f1b862_idx')],
            },
        ),
    ]

    # The locks of these tables.
    operations += [
        Guard("participation_setup",
              Policy("own_or_around", "SELECT", using="child_id = ANY (ARRAY(SELECT sight_cases())) AND "
                     "((SELECT laget_capacity()) = 'worker' OR person_id = (SELECT laget_person()))"),
              app="SELECT"),
        Guard("participation_trusted",
              Policy("the_childs_own", "SELECT", using=CHILDS_OWN),
              Policy("chosen_by_the_child", "INSERT", check=BY_ITSELF + " AND by_id = (SELECT laget_person())"),
              app="SELECT, INSERT"),
        Guard("participation_notnow",
              Policy("the_childs_own", "SELECT", using=CHILDS_OWN),
              Policy("said_by_the_child", "INSERT", check=BY_ITSELF),
              app="SELECT, INSERT"),
        # A way in begins: by a worker with a place around the child, for the child or somebody of its family who is not
        # kept away. One that stood before ends with its sessions, and the child gets a seat of its own if it has none.
        Function("participation_set_up(of_child uuid, from_position uuid, of_name bytea, of_letter bytea, "
                 "good_until timestamptz, said jsonb)", "uuid", """
            DECLARE
                me uuid := laget_person();
                whom uuid := (said->>'person')::uuid;
                made uuid := (said->>'id')::uuid;
            BEGIN
                IF laget_capacity() IS DISTINCT FROM 'worker' OR whom = me
                   OR NOT coalesce(of_child = ANY (ARRAY(SELECT sight_cases())), false)
                   OR NOT EXISTS (SELECT 1 FROM sight_seat s JOIN directory_position p ON p.id = s.position_id
                        WHERE s.child_id = of_child AND s.person_id = me AND s.position_id = from_position AND s.kind = 'service'
                        AND s.since <= statement_timestamp() AND s.until > statement_timestamp()
                        AND p.person_id = me AND p.since <= statement_timestamp() AND p.until > statement_timestamp())
                   OR sight_forbidden(of_child, whom)
                   OR NOT (whom = of_child OR EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = of_child
                        AND s.person_id = whom AND s.kind IN ('parent', 'guardian')
                        AND s.since <= statement_timestamp() AND s.until > statement_timestamp())) THEN
                    RAISE EXCEPTION 'only for the family of a child that one helps' USING ERRCODE = 'insufficient_privilege';
                END IF;
                PERFORM access_letter_end(whom, me);
                UPDATE participation_setup s SET until = greatest(s.at, statement_timestamp()), ended_by = me
                WHERE s.person_id = whom AND s.until > statement_timestamp();
                INSERT INTO access_pass (id, person_id, name, letter, letter_until, salt, password, sealed, step, since, until)
                VALUES (made, whom, of_name, of_letter, good_until, '', '', '', 0, statement_timestamp(), timestamptz '9999-01-01 00:00+00');
                INSERT INTO participation_setup (id, child_id, person_id, position_id, checked, words, maturity, agreed, handed,
                                                 letter_until, at, until)
                VALUES (made, of_child, whom, from_position, said->>'checked', said->>'words', said->>'maturity',
                        ARRAY(SELECT jsonb_array_elements_text(said->'agreed')::uuid), said->>'handed', good_until,
                        statement_timestamp(), timestamptz '9999-01-01 00:00+00');
                IF whom = of_child THEN
                    INSERT INTO sight_seat (id, child_id, since, until, origin, origin_id, kind, person_id)
                    SELECT gen_random_uuid(), of_child, statement_timestamp(), timestamptz '9999-01-01 00:00+00', 'set_up', made, 'child', of_child
                    WHERE NOT EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = of_child AND s.person_id = of_child
                                      AND s.kind = 'child' AND s.until > statement_timestamp());
                    INSERT INTO participation_trusted (id, child_id, position_id, at, by_id)
                    VALUES (gen_random_uuid(), of_child, (said->>'trusted')::uuid, statement_timestamp(), me);
                END IF;
                RETURN made;
            END
            """, how=VOLATILE, to="laget_app"),
        # It ends, by the one it is for or by a worker with a place around the child; the sessions on it end too.
        Function("participation_end(of_setup uuid)", "boolean", """
            DECLARE
                me uuid := laget_person();
                it participation_setup%ROWTYPE;
            BEGIN
                SELECT * INTO it FROM participation_setup s WHERE s.id = of_setup AND s.until > statement_timestamp() FOR UPDATE;
                IF it.id IS NULL OR NOT coalesce(
                        CASE laget_capacity()
                            WHEN 'citizen' THEN it.person_id = me
                            WHEN 'worker' THEN it.child_id = ANY (ARRAY(SELECT sight_cases()))
                        END, false) THEN
                    RETURN false;
                END IF;
                PERFORM access_letter_end(it.person_id, me);
                UPDATE participation_setup SET until = greatest(at, statement_timestamp()), ended_by = me WHERE id = of_setup;
                RETURN true;
            END
            """, how=VOLATILE, to="laget_app"),
        # For jobs that remind: whether a child has said that it does not want to answer this now.
        Function("participation_not_now(of_subject uuid, of_person uuid)", "boolean",
                 "SELECT EXISTS (SELECT 1 FROM participation_notnow n WHERE n.subject = of_subject AND n.child_id = of_person)",
                 to="laget_worker"),
        Replaced("laget.families.migrations.0002_typed_and_reachable", "families_reachable"),
        # As before, and those who have a way in of their own.
        Function("families_reachable(of_child uuid)", "SETOF uuid", """
            SELECT s.person_id FROM sight_seat s
            WHERE s.child_id = of_child AND s.kind IN ('parent', 'child', 'guardian')
              AND s.since <= statement_timestamp() AND s.until > statement_timestamp()
              AND (EXISTS (SELECT 1 FROM people_nationalnumber n WHERE n.person_id = s.person_id)
                   OR EXISTS (SELECT 1 FROM access_pass p WHERE p.person_id = s.person_id AND p.until > statement_timestamp()))
              AND NOT sight_forbidden(of_child, s.person_id)
              AND of_child IN (SELECT sight_children())
            """),
    ]
