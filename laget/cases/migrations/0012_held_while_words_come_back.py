"""When a service loses its cover, nobody writes in the case until its words have come back and its baton has fallen."""

from django.db import migrations

from laget.audit.ground import Function


class Migration(migrations.Migration):

    dependencies = [("cases", "0011_whose_task_it_is"), ("sight", "0003_had_a_place")]

    operations = [
        Function("cases_hold(of_child uuid)", "void", """
            BEGIN
                IF sight_had_place(of_child) THEN
                    PERFORM 1 FROM cases_case k WHERE k.child_id = of_child ORDER BY k.id FOR UPDATE;
                END IF;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER"),
    ]
