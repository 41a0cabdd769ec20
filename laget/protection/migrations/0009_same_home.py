"""Whether somebody who works here lives where a child lives: compared as the register tells it, and no household is kept."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from laget.audit.ground import Function, Guard

NOW = "statement_timestamp()"
WORKS = f"SELECT 1 FROM directory_position p WHERE p.since <= {NOW} AND p.until > {NOW} AND p.person_id ="
HIDES = f"EXISTS (SELECT 1 FROM protection_grading g WHERE g.rank > 0 AND g.ended_at > {NOW} AND g.person_id ="
DEFINER = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0007_never_two_as_one"), ("families", "0007_what_was_is_kept"),
        ("protection", "0008_released_for_its_child"),
    ]

    operations = [
        migrations.CreateModel(
            name="HomeMark",
            fields=[
                ("person", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="+", serialize=False, to="people.person")),
                ("marks", django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), size=None)),
                ("since", models.DateTimeField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="HomeCheck",
            fields=[
                ("child", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name="+", serialize=False, to="families.child")),
                ("sharers", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("at", models.DateTimeField()),
            ],
        ),
        Guard("protection_homemark"),
        Guard("protection_homecheck"),
        # Where somebody who works here lives, unless that is protected. A move leaves nothing of the earlier home.
        Function("protection_mark_home(of_person uuid, new_marks bytea[])", "boolean", f"""
            BEGIN
                IF cardinality(new_marks) = 0 OR {HIDES} of_person) OR NOT EXISTS ({WORKS} of_person) THEN
                    DELETE FROM protection_homemark WHERE person_id = of_person;
                    RETURN false;
                END IF;
                INSERT INTO protection_homemark AS m (person_id, marks, since, at) VALUES (of_person, new_marks, {NOW}, {NOW})
                ON CONFLICT (person_id) DO UPDATE SET marks = EXCLUDED.marks, at = EXCLUDED.at,
                    since = CASE WHEN m.marks = EXCLUDED.marks THEN m.since ELSE EXCLUDED.since END;
                RETURN true;
            END
            """, to="laget_worker", how=DEFINER),
        # A household is held against these marks and then forgotten; a protected one never is.
        Function("protection_compare_home(of_child uuid, its_marks bytea[])", "boolean", f"""
            BEGIN
                DELETE FROM protection_homecheck WHERE child_id = of_child;
                INSERT INTO protection_homecheck (child_id, sharers, at)
                SELECT c.person_id, ARRAY(SELECT m.person_id FROM protection_homemark m
                                          WHERE m.marks && its_marks AND m.person_id <> of_child ORDER BY m.person_id), {NOW}
                FROM families_child c
                WHERE c.person_id = of_child AND cardinality(its_marks) > 0 AND NOT protection_protected(of_child);
                RETURN FOUND;
            END
            """, to="laget_worker", how=DEFINER),
        Function("protection_forget_homes()", "void", f"""
            DELETE FROM protection_homemark m WHERE m.at < {NOW} - interval '100 days' OR NOT EXISTS ({WORKS} m.person_id)
                OR {HIDES} m.person_id);
            DELETE FROM protection_homecheck c WHERE c.at < {NOW} - interval '30 days' OR protection_protected(c.child_id)
            """, to="laget_worker", how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
        # Whether the two live in one home, for log control. NULL: it is not known, or what is known is too old or was
        # compared before the reader's own home was told.
        Function("protection_same_home(of_reader uuid, of_child uuid, around timestamptz)", "boolean", """
            SELECT of_reader = ANY (c.sharers) FROM protection_homecheck c JOIN protection_homemark m ON m.person_id = of_reader
            WHERE c.child_id = of_child AND m.since <= c.at AND c.at > around - interval '7 days'
              AND m.at > around - interval '100 days' AND NOT protection_protected(of_child)
            """, to=""),
    ]
