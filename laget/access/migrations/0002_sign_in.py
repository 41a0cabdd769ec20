import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import Function, Guard, Policy

VOLATILE = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"
MINUTES = "interval '10 minutes'"


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_initial'),
        ('people', '0001_initial'),
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('state', models.BinaryField(primary_key=True, serialize=False)),
                ('browser', models.BinaryField()),
                ('provider', models.CharField(max_length=10)),
                ('sealed', models.BinaryField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'indexes': [models.Index(fields=['browser'], name='access_atte_browser_1d59aa_idx'), models.Index(fields=['at'], name='access_atte_at_80220a_idx')],
            },
        ),
        migrations.CreateModel(
            name='Spent',
            fields=[
                ('mark', models.BinaryField(primary_key=True, serialize=False)),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('session', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='sessions.session')),
                ('capacity', models.CharField(max_length=10)),
                ('provider', models.CharField(max_length=10)),
                ('issuer', models.CharField(blank=True, max_length=300)),
                ('subject', models.CharField(blank=True, max_length=255)),
                ('sid', models.CharField(blank=True, max_length=255)),
                ('sealed', models.BinaryField(default=bytes)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['issuer', 'subject'], name='access_sign_issuer_dc170a_idx'), models.Index(fields=['issuer', 'sid'], name='access_sign_issuer_7ebab9_idx')],
            },
        ),
    ]

    # The locks of these tables.
    operations += [
        # The database itself takes the sign-in away with its session, whoever deletes that.
        migrations.RunSQL(
            'ALTER TABLE access_signin ADD CONSTRAINT sign_in_of_session FOREIGN KEY (session_id) '
            'REFERENCES django_session (session_key) ON DELETE CASCADE',
            'ALTER TABLE access_signin DROP CONSTRAINT sign_in_of_session',
        ),
        Guard("access_signin",
              Policy("own_sign_in", "ALL",
                     using="person_id = (SELECT laget_person()) AND capacity = (SELECT laget_capacity())",
                     check="person_id = (SELECT laget_person()) AND capacity = (SELECT laget_capacity())"),
              app="SELECT, INSERT"),
        # Nobody acts yet while somebody signs in: these two tables are reached by the functions below only.
        Guard("access_attempt"),
        Guard("access_spent"),
        # A sign-in begins. What is past its time goes, and one browser keeps the ten newest.
        Function("access_begin(new_state bytea, of_browser bytea, at_provider text, secrets bytea)", "void", f"""
            BEGIN
                DELETE FROM access_attempt WHERE at <= statement_timestamp() - {MINUTES};
                DELETE FROM access_attempt WHERE browser = of_browser AND state NOT IN (
                    SELECT state FROM access_attempt WHERE browser = of_browser ORDER BY at DESC LIMIT 9);
                INSERT INTO access_attempt (state, browser, provider, sealed, at)
                VALUES (new_state, of_browser, at_provider, secrets, statement_timestamp());
            END
            """, how=VOLATILE, to="laget_app"),
        # It comes back: to the same browser and from the same provider, in time, and once.
        Function("access_take(its_state bytea, of_browser bytea, at_provider text)",
                 "TABLE (secrets bytea, begun timestamptz)", f"""
            DELETE FROM access_attempt
            WHERE state = its_state AND browser = of_browser AND provider = at_provider
            AND at > statement_timestamp() - {MINUTES} RETURNING sealed, at
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to="laget_app"),
        # Whether a provider's message is new; from now on it is not.
        Function("access_spend(its_mark bytea, good_until timestamptz)", "boolean", """
            BEGIN
                DELETE FROM access_spent WHERE until < statement_timestamp();
                INSERT INTO access_spent (mark, until) VALUES (its_mark, good_until) ON CONFLICT DO NOTHING;
                RETURN FOUND;
            END
            """, how=VOLATILE, to="laget_app"),
        # A provider says that somebody has signed out there: every session it stands behind ends, and is recorded.
        # A provider that says neither which session nor who ends nothing.
        Function("access_end_from(at_provider text, by_issuer text, its_sid text, of_subject text)", "integer", """
            DECLARE
                ended integer;
            BEGIN
                WITH gone AS (
                    SELECT session_id, person_id, capacity FROM access_signin
                    WHERE provider = at_provider AND issuer = by_issuer AND (its_sid <> '' OR of_subject <> '')
                    AND (its_sid = '' OR sid = its_sid) AND (of_subject = '' OR subject = of_subject)
                ), said AS (
                    INSERT INTO audit_entry (id, at, person, capacity, event, cause, details)
                    SELECT gen_random_uuid(), statement_timestamp(), person_id, capacity, 'access.signed_out',
                           'provider', jsonb_build_object('provider', at_provider) FROM gone
                )
                DELETE FROM django_session WHERE session_key IN (SELECT session_id FROM gone);
                GET DIAGNOSTICS ended = ROW_COUNT;
                RETURN ended;
            END
            """, how=VOLATILE, to="laget_app"),
        # Somebody came from a provider and was not let in: counted by a code, without anybody's identity.
        Function("access_count_refusal(at_provider text, code text)", "void", """
            BEGIN
                IF at_provider !~ '^[a-z]{1,10}$' OR code !~ '^[a-z_]{1,30}$' THEN
                    RAISE EXCEPTION 'a refusal is counted by codes only' USING ERRCODE = 'check_violation';
                END IF;
                INSERT INTO audit_entry (id, at, capacity, event, cause, details)
                VALUES (gen_random_uuid(), statement_timestamp(), 'system', 'access.sign_in_refused', code,
                        jsonb_build_object('provider', at_provider));
            END
            """, how=VOLATILE, to="laget_app"),
    ]
