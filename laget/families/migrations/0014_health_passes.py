"""A parent's place ends to know the child's health when the child is old enough to decide about it itself."""

from django.db import migrations

from laget.audit.ground import Function

SET = """
    UPDATE sight_seat s SET health_until = least(s.health_until, families_health_passes(s.child_id))
    WHERE s.kind IN ('parent', 'guardian')"""


class Migration(migrations.Migration):

    dependencies = [("families", "0013_two_let_a_parent_in"), ("sight", "0009_health_until")]

    operations = [
        # When the young person begins to decide who knows its health (PBRL § 4-3, HPL § 22): the beginning in Norway of
        # the day it turns 16, as law.ages counts; one of 29 February on 1 March. Nothing for a child without a date.
        Function("families_health_passes(of_child uuid)", "timestamptz", """
            SELECT (CASE WHEN extract(month FROM d.born) = 2 AND extract(day FROM d.born) = 29
                         THEN make_date(extract(year FROM d.born)::int + 16, 2, 28) + 1
                         ELSE make_date(extract(year FROM d.born)::int + 16, extract(month FROM d.born)::int,
                                        extract(day FROM d.born)::int)
                    END)::timestamp AT TIME ZONE 'Europe/Oslo'
            FROM (SELECT coalesce(c.born, c.expected) AS born FROM families_child c WHERE c.person_id = of_child) d
            """, to=""),
        Function("families_health_is_its_own()", "trigger", """
            BEGIN
                NEW.health_until := least(NEW.health_until, families_health_passes(NEW.child_id));
                RETURN NEW;
            END
            """, to="", how="LANGUAGE plpgsql SECURITY DEFINER"),
        migrations.RunSQL(
            'CREATE TRIGGER "health_is_its_own" BEFORE INSERT ON "sight_seat" FOR EACH ROW '
            "WHEN (NEW.kind IN ('parent', 'guardian')) EXECUTE FUNCTION families_health_is_its_own()",
            'DROP TRIGGER IF EXISTS "health_is_its_own" ON "sight_seat"',
        ),
        # Places of today: they end to know it on the same day as if they began now. Going back, the column goes.
        migrations.RunSQL(SET, migrations.RunSQL.noop),
    ]
