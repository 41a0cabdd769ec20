"""An administrator registers somebody who begins to work here."""

from django.db import migrations

from laget.audit.ground import Function


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [
        # Persons and names are written by no login; this is the one way in for a worker, and only for an administrator.
        Function("directory_register_worker(first text, last text, key text)", "uuid", """
            DECLARE
                fresh uuid := gen_random_uuid();
            BEGIN
                IF laget_capacity() IS DISTINCT FROM 'worker' OR NOT EXISTS (
                    SELECT 1 FROM directory_position p WHERE p.person_id = laget_person() AND p.administers
                    AND p.since <= statement_timestamp() AND p.until > statement_timestamp()) THEN
                    RAISE EXCEPTION 'only an administrator can register a worker' USING ERRCODE = 'insufficient_privilege';
                END IF;
                INSERT INTO people_person (id, registered_at) VALUES (fresh, statement_timestamp());
                INSERT INTO people_name (person_id, given, family, sort_key) VALUES (fresh, first, last, key);
                RETURN fresh;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to="laget_app"),
    ]
