import datetime
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import Function, Guard, Policy

FOREVER = datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)
STANDING = models.Q(until=FOREVER)
VOLATILE = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_sign_in"),
        ("directory", "0002_new_worker"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("provider", models.CharField(max_length=10)),
                ("shown", models.CharField(blank=True, max_length=254)),
                ("mark", models.BinaryField()),
                ("issuer", models.CharField(blank=True, max_length=300)),
                ("subject", models.CharField(blank=True, max_length=255)),
                ("bound_at", models.DateTimeField(null=True)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(default=FOREVER)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=STANDING, fields=("person",), name="one_account_for_each_person"),
                    models.UniqueConstraint(condition=STANDING, fields=("mark",), name="one_person_for_each_account"),
                    models.UniqueConstraint(condition=STANDING & ~models.Q(subject=""), fields=("issuer", "subject"), name="one_account_for_each_subject"),
                ],
            },
        ),
        # Whether the one who acts administers now.
        Function("directory_administers()", "boolean", """
            SELECT coalesce(laget_capacity() = 'worker', false) AND EXISTS (
                SELECT 1 FROM directory_position p WHERE p.person_id = laget_person() AND p.administers
                AND p.since <= statement_timestamp() AND p.until > statement_timestamp())
            """, to="laget_app"),
        Guard("directory_account",
              Policy("administrators_read", "SELECT", using="(SELECT directory_administers())"),
              Policy("administrators_write", "INSERT",
                     check="(SELECT directory_administers()) AND subject = '' AND bound_at IS NULL"),
              Policy("administrators_end", "UPDATE", using="(SELECT directory_administers())"),
              app="SELECT, INSERT, UPDATE (until)"),
        # Somebody comes from a provider; nobody acts yet. By issuer and subject when the account has been used before,
        # else once by what an administrator wrote; never for somebody who holds no position now.
        Function("directory_signing_in(at_provider text, by_issuer text, of_subject text, its_mark bytea)",
                 "TABLE (who uuid, how text)", """
            DECLARE
                theirs directory_account%ROWTYPE;
            BEGIN
                IF laget_person() IS NOT NULL OR of_subject = '' THEN
                    RAISE EXCEPTION 'only somebody who is signing in' USING ERRCODE = 'insufficient_privilege';
                END IF;
                how := 'known';
                SELECT * INTO theirs FROM directory_account a WHERE a.provider = at_provider AND a.issuer = by_issuer
                    AND a.subject = of_subject AND a.until > statement_timestamp();
                IF NOT FOUND THEN
                    how := 'bound';
                    SELECT * INTO theirs FROM directory_account a WHERE a.provider = at_provider AND a.mark = its_mark AND its_mark <> ''
                        AND a.until > statement_timestamp() FOR UPDATE;
                END IF;
                IF theirs.id IS NULL OR NOT EXISTS (
                    SELECT 1 FROM directory_position p WHERE p.person_id = theirs.person_id
                    AND p.since <= statement_timestamp() AND p.until > statement_timestamp()) THEN
                    RETURN QUERY SELECT NULL::uuid, 'unknown';
                    RETURN;
                END IF;
                IF how = 'bound' AND theirs.subject <> '' THEN
                    RETURN QUERY SELECT NULL::uuid, 'taken';
                    RETURN;
                END IF;
                IF how = 'bound' THEN
                    UPDATE directory_account SET issuer = by_issuer, subject = of_subject,
                        bound_at = statement_timestamp() WHERE id = theirs.id;
                END IF;
                RETURN QUERY SELECT theirs.person_id, how;
            END
            """, how=VOLATILE, to="laget_app"),
        # What somebody signs in with has changed, or their last position has ended: they are signed out everywhere.
        Function("directory_end_sessions(whose uuid)", "integer", """
            DECLARE
                ended integer;
            BEGIN
                IF NOT directory_administers() THEN
                    RAISE EXCEPTION 'only an administrator' USING ERRCODE = 'insufficient_privilege';
                END IF;
                WITH gone AS (
                    SELECT session_id FROM access_signin WHERE person_id = whose AND capacity = 'worker'
                ), said AS (
                    INSERT INTO audit_entry (id, at, person, capacity, event, cause, details)
                    SELECT gen_random_uuid(), statement_timestamp(), whose, 'worker', 'access.signed_out',
                           'administrator', jsonb_build_object('by', laget_person()) FROM gone
                )
                DELETE FROM django_session WHERE session_key IN (SELECT session_id FROM gone);
                GET DIAGNOSTICS ended = ROW_COUNT;
                RETURN ended;
            END
            """, how=VOLATILE, to="laget_app"),
    ]
