"""A sign-in by letter opens the places that the letter was made for, and no other of the same person's."""

from django.db import migrations, models

from laget.audit.ground import Function, Replaced

NOW = "statement_timestamp()"
KNOWN = "kind <> 'emergency' AND child_id = ANY (ARRAY(SELECT sight_children()))"


class Migration(migrations.Migration):

    dependencies = [("sight", "0010_the_plan_too")]

    operations = [
        migrations.AddField("seat", "for_letter", models.BooleanField(default=False, db_default=False)),
        # The default stays in PostgreSQL, where functions of the database write places too.
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AlterField("seat", "for_letter", models.BooleanField(default=False))]
        ),
        Function("laget_by_letter()", "boolean", "SELECT coalesce(current_setting('laget.by_letter', true), '') = 'yes'",
                 how="LANGUAGE sql STABLE PARALLEL SAFE"),
        Replaced("laget.sight.migrations.0009_health_until", "sight_held"),
        # As before; by letter the family's places that were opened for it, and no worker's.
        Function("sight_held()", "TABLE (child uuid, kind text, service uuid, reads_from timestamptz, "
                 "health_until timestamptz)", f"""
            SELECT s.child_id, s.kind, u.service_id, s.reads_from, s.health_until
            FROM sight_seat s
            LEFT JOIN directory_position p ON p.id = s.position_id
            LEFT JOIN directory_unit u ON u.id = p.unit_id
            WHERE s.person_id = laget_person() AND s.since <= {NOW} AND s.until > {NOW}
              AND CASE laget_capacity()
                    WHEN 'citizen' THEN s.kind IN ('parent', 'child', 'guardian')
                    WHEN 'worker' THEN s.kind IN ('service', 'asking') AND p.person_id = s.person_id
                                       AND p.since <= {NOW} AND p.until > {NOW}
                    ELSE false END
              AND (s.for_letter OR NOT laget_by_letter())
              AND NOT EXISTS (SELECT 1 FROM sight_forbid f WHERE f.child_id = s.child_id AND f.person_id = s.person_id
                              AND f.capacity IN ('', laget_capacity()) AND f.since <= {NOW} AND f.until > {NOW})
            """),
        Replaced("laget.sight.migrations.0005_at_work_and_in_an_emergency", "sight_had_place"),
        Function("sight_had_place(of_child uuid)", "boolean", """
            SELECT laget_capacity() IS NOT DISTINCT FROM 'system' OR EXISTS (
                SELECT 1 FROM sight_seat s WHERE s.child_id = of_child AND s.person_id = laget_person()
                AND s.until >= transaction_timestamp() AND NOT sight_barred(s.child_id, s.person_id, laget_capacity())
                AND (s.for_letter OR NOT laget_by_letter())
                AND CASE laget_capacity() WHEN 'citizen' THEN s.kind IN ('parent', 'child', 'guardian')
                                          ELSE s.kind IN ('service', 'asking') END)
            """, to=""),
        # What a letter opens is decided where a letter is made.
        migrations.RunSQL(
            f'ALTER POLICY "take_or_give" ON "sight_seat" WITH CHECK ({KNOWN} AND NOT for_letter)',
            f'ALTER POLICY "take_or_give" ON "sight_seat" WITH CHECK ({KNOWN})',
        ),
    ]
