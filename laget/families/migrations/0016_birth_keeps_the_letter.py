"""When an expected child is born the parents' places begin anew: they open by letter as the ones before them."""

from django.db import migrations

from laget.audit.ground import Function, Replaced

KNOWN = "kind <> 'emergency' AND child_id = ANY (ARRAY(SELECT sight_children()))"


class Migration(migrations.Migration):

    dependencies = [("families", "0015_who_has_the_care"), ("sight", "0011_what_a_letter_opens")]

    operations = [
        migrations.RunSQL(
            'DROP TRIGGER "health_is_its_own" ON "sight_seat"',
            'CREATE TRIGGER "health_is_its_own" BEFORE INSERT ON "sight_seat" FOR EACH ROW '
            "WHEN (NEW.kind IN ('parent', 'guardian')) EXECUTE FUNCTION families_health_is_its_own()",
        ),
        Replaced("laget.families.migrations.0014_health_passes", "families_health_is_its_own"),
        # As before. What a place opens by letter is what the place before it did, whatever the row says.
        Function("families_health_is_its_own()", "trigger", """
            BEGIN
                NEW.health_until := least(NEW.health_until, families_health_passes(NEW.child_id));
                IF NEW.origin = 'born' THEN
                    NEW.for_letter := EXISTS (
                        SELECT 1 FROM sight_seat s WHERE s.id = NEW.origin_id AND s.child_id = NEW.child_id
                        AND s.person_id = NEW.person_id AND s.kind = NEW.kind AND s.for_letter
                        AND s.since <= statement_timestamp() AND s.until > statement_timestamp());
                END IF;
                RETURN NEW;
            END
            """, to="", how="LANGUAGE plpgsql SECURITY DEFINER"),
        migrations.RunSQL(
            'CREATE TRIGGER "health_is_its_own" BEFORE INSERT ON "sight_seat" FOR EACH ROW '
            "WHEN (NEW.kind IN ('parent', 'guardian')) EXECUTE FUNCTION families_health_is_its_own()",
            'DROP TRIGGER IF EXISTS "health_is_its_own" ON "sight_seat"',
        ),
        migrations.RunSQL(
            f"""ALTER POLICY "take_or_give" ON "sight_seat"
                WITH CHECK ({KNOWN} AND (NOT for_letter OR (origin = 'born' AND kind = 'parent')))""",
            f'ALTER POLICY "take_or_give" ON "sight_seat" WITH CHECK ({KNOWN} AND NOT for_letter)',
        ),
    ]
