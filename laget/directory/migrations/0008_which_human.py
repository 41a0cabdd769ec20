"""Which human somebody who works here is, as a code to compare: ties to families may be known by it."""

import django.db.models.deletion
from django.db import migrations, models

from laget.audit.ground import Function, Guard


class Migration(migrations.Migration):

    dependencies = [("directory", "0007_never_two_as_one"), ("people", "0002_a_contact_ends")]

    operations = [
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("person", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="+", serialize=False, to="people.person")),
                ("index", models.BinaryField()),
            ],
            options={"indexes": [models.Index(fields=["index"], name="directory_identity_index")]},
        ),
        # Nobody selects it: what it tells is only whom the database keeps away from whom.
        Guard("directory_identity"),
        # By whoever administers, or while the person signs in; whether it is new.
        Function("directory_identify(who uuid, its_index bytea)", "boolean", """
            DECLARE
                before bytea;
            BEGIN
                IF laget_person() IS NOT NULL AND NOT directory_administers() THEN
                    RAISE EXCEPTION 'only an administrator' USING ERRCODE = 'insufficient_privilege';
                END IF;
                SELECT i.index INTO before FROM directory_identity i WHERE i.person_id = who;
                IF before IS NOT DISTINCT FROM its_index THEN
                    RETURN false;
                END IF;
                INSERT INTO directory_identity (person_id, index) VALUES (who, its_index)
                ON CONFLICT (person_id) DO UPDATE SET index = excluded.index;
                RETURN true;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to="laget_app"),
        # The rows of one human: at work and in private.
        Function("directory_selves(of_person uuid)", "SETOF uuid", """
            WITH numbers AS (
                SELECT n.index FROM people_nationalnumber n WHERE n.person_id = of_person
                UNION SELECT i.index FROM directory_identity i WHERE i.person_id = of_person)
            SELECT of_person
            UNION SELECT n.person_id FROM people_nationalnumber n WHERE n.index IN (SELECT index FROM numbers)
            UNION SELECT i.person_id FROM directory_identity i WHERE i.index IN (SELECT index FROM numbers)
            """, to=""),
    ]
