"""Whoever is shut out while something is being sent to that person: the forbid waits for the end of it, or comes first."""

from django.db import migrations

from laget.audit.ground import Function, Trigger


class Migration(migrations.Migration):

    dependencies = [("sight", "0005_at_work_and_in_an_emergency")]

    operations = [
        # What is sent holds the person's seats, shared. All other endings change these rows or the covers; a forbid is a
        # row of its own, so it asks for them.
        Function("sight_forbid_waits()", "trigger", """
            BEGIN
                PERFORM 1 FROM sight_seat s WHERE s.child_id = NEW.child_id AND s.person_id = NEW.person_id
                AND s.until > statement_timestamp() ORDER BY s.id FOR NO KEY UPDATE;
                RETURN NEW;
            END
            """, to="", how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER"),
        Trigger("waits_for_what_is_sent", "sight_forbid", "BEFORE INSERT", "sight_forbid_waits"),
    ]
