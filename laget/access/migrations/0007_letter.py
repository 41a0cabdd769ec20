"""Another secure way in: what stands of it, and the narrow questions that are asked while nobody acts yet."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import Function, Guard
from laget.kernel.period import FOREVER

VOLATILE = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"
NOBODY_YET = """
                IF laget_person() IS NOT NULL THEN
                    RAISE EXCEPTION 'only while somebody signs in' USING ERRCODE = 'insufficient_privilege';
                END IF;"""


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0006_last_time'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pass',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.BinaryField(unique=True)),
                ('letter', models.BinaryField()),
                ('letter_until', models.DateTimeField()),
                ('salt', models.BinaryField(default=bytes)),
                ('password', models.BinaryField(default=bytes)),
                ('sealed', models.BinaryField(default=bytes)),
                ('step', models.BigIntegerField(default=0)),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('begun_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(default=FOREVER)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', FOREVER)), fields=('person',), name='one_pass_that_stands')],
            },
        ),
        migrations.CreateModel(
            name='Try',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('mark', models.BinaryField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'indexes': [models.Index(fields=['mark', 'at'], name='access_try_mark_at')],
            },
        ),
        # Reached by the functions below, and by those of the room that knows families, only.
        Guard("access_pass"),
        Guard("access_try"),
        # One more try with a name, whether there is such a name or not: how many lately, this one counted.
        Function("access_letter_try(of_name bytea, soon interval, long interval)", "TABLE (lately bigint, today bigint)", f"""
            BEGIN{NOBODY_YET}
                DELETE FROM access_try t WHERE t.at <= statement_timestamp() - long;
                INSERT INTO access_try (id, mark, at) VALUES (gen_random_uuid(), of_name, statement_timestamp());
                RETURN QUERY SELECT count(*) FILTER (WHERE t.at > statement_timestamp() - soon), count(*)
                    FROM access_try t WHERE t.mark = of_name;
            END
            """, how=VOLATILE, to="laget_app"),
        Function("access_letter_right(of_name bytea)", "void", f"""
            BEGIN{NOBODY_YET}
                DELETE FROM access_try t WHERE t.mark = of_name;
            END
            """, how=VOLATILE, to="laget_app"),
        # What is compared with what is typed. A letter that is too old opens nothing.
        Function("access_letter_find(of_name bytea)",
                 "TABLE (pass uuid, whose uuid, begun boolean, of_letter bytea, its_salt bytea, its_password bytea, secrets bytea)", f"""
            BEGIN{NOBODY_YET}
                RETURN QUERY SELECT p.id, p.person_id, p.begun_at IS NOT NULL,
                    CASE WHEN p.letter_until > statement_timestamp() THEN p.letter ELSE sha256(gen_random_uuid()::text::bytea) END,
                    p.salt, p.password, p.sealed
                FROM access_pass p WHERE p.name = of_name AND p.until > statement_timestamp();
            END
            """, how=VOLATILE, to="laget_app"),
        # The letter is used up, once and in time: from now on the password and the second factor count.
        Function("access_letter_begin(of_pass uuid, with_letter bytea, new_salt bytea, new_password bytea, secrets bytea, used_step bigint)",
                 "boolean", f"""
            BEGIN{NOBODY_YET}
                UPDATE access_pass SET salt = new_salt, password = new_password, sealed = secrets, step = used_step,
                       begun_at = statement_timestamp(), letter = sha256(gen_random_uuid()::text::bytea)
                WHERE id = of_pass AND letter = with_letter AND letter_until > statement_timestamp()
                  AND begun_at IS NULL AND until > statement_timestamp();
                RETURN FOUND;
            END
            """, how=VOLATILE, to="laget_app"),
        # A code counts once, and none before it counts after.
        Function("access_letter_use(of_pass uuid, used_step bigint)", "boolean", f"""
            BEGIN{NOBODY_YET}
                UPDATE access_pass SET step = used_step
                WHERE id = of_pass AND step < used_step AND begun_at IS NOT NULL AND until > statement_timestamp();
                RETURN FOUND;
            END
            """, how=VOLATILE, to="laget_app"),
        # Whoever's way in ends: their sessions by it end too. For the room that knows who may end it.
        Function("access_letter_end(of_person uuid, said_by uuid)", "integer", """
            DECLARE
                ended integer;
            BEGIN
                UPDATE access_pass SET until = greatest(since, statement_timestamp())
                WHERE person_id = of_person AND until > statement_timestamp();
                WITH gone AS (
                    SELECT session_id FROM access_signin WHERE person_id = of_person AND provider = 'letter'
                ), said AS (
                    INSERT INTO audit_entry (id, at, person, capacity, event, cause, details)
                    SELECT gen_random_uuid(), statement_timestamp(), of_person, 'citizen', 'access.signed_out',
                           'ended', jsonb_build_object('by', said_by) FROM gone
                )
                DELETE FROM django_session WHERE session_key IN (SELECT session_id FROM gone);
                GET DIAGNOSTICS ended = ROW_COUNT;
                RETURN ended;
            END
            """, how=VOLATILE, to=""),
    ]
