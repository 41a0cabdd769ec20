"""A guardian's place and a child's own are given by nobody's hand either: one is begun anew, the other is the child's."""

from django.db import migrations

from laget.audit.ground import Function, Replaced, Trigger


class Migration(migrations.Migration):

    dependencies = [("families", "0016_birth_keeps_the_letter"), ("sight", "0012_what_has_ended_has_ended")]

    operations = [
        migrations.RunSQL(
            'DROP TRIGGER "by_responsibility" ON "sight_seat"',
            'CREATE TRIGGER "by_responsibility" BEFORE INSERT ON "sight_seat" FOR EACH ROW '
            "EXECUTE FUNCTION families_place_of_a_parent()",
        ),
        Replaced("laget.families.migrations.0013_two_let_a_parent_in", "families_place_of_a_parent"),
        # As before of a parent. Nobody here makes somebody a guardian yet; a guardian's place may begin anew.
        Function("families_place_of_a_parent()", "trigger", """
            BEGIN
                IF laget_capacity() IS NOT NULL AND (CASE NEW.kind
                    WHEN 'parent' THEN NOT families_holds(NEW.child_id, NEW.person_id)
                    WHEN 'guardian' THEN NOT EXISTS (
                        SELECT 1 FROM sight_seat s WHERE s.child_id = NEW.child_id AND s.person_id = NEW.person_id
                        AND s.kind = 'guardian' AND s.until >= transaction_timestamp())
                    WHEN 'child' THEN NEW.person_id <> NEW.child_id
                    ELSE false END) THEN
                    RAISE EXCEPTION 'a place in the family is proven' USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN NEW;
            END
            """, to="", how="LANGUAGE plpgsql STABLE SECURITY DEFINER"),
        Trigger("by_responsibility", "sight_seat", "BEFORE INSERT", "families_place_of_a_parent"),
    ]
