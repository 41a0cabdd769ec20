"""While an e-mail is sent, what lets its receiver know the child is held: who takes it away waits; who is first, wins."""

from django.db import migrations

from laget.audit.ground import Function


class Migration(migrations.Migration):

    dependencies = [("notices", "0003_mail_wishes"), ("sight", "0006_a_forbid_waits_for_what_is_sent")]

    operations = [
        # The receiver's seats around the child, the positions they hang on, and the covers of their services; shared, to
        # the end of the transaction. False when somebody is changing one of them now: the e-mail yields, and never waits,
        # so that nobody waits for each other. Whether they still hold is asked in a statement of its own, afterwards.
        Function("notices_hold(of_notice uuid)", "boolean", """
            DECLARE
                n notices_notice;
            BEGIN
                SELECT * INTO n FROM notices_notice WHERE id = of_notice;
                IF n.child IS NULL THEN
                    RETURN true;
                END IF;
                PERFORM 1 FROM sight_seat s WHERE s.child_id = n.child AND s.person_id = n.recipient_id
                AND s.until > statement_timestamp() ORDER BY s.id FOR SHARE NOWAIT;
                PERFORM 1 FROM directory_position p WHERE p.id IN (
                    SELECT s.position_id FROM sight_seat s WHERE s.child_id = n.child AND s.person_id = n.recipient_id)
                ORDER BY p.id FOR SHARE NOWAIT;
                PERFORM 1 FROM sight_cover c WHERE c.child_id = n.child AND c.until > statement_timestamp()
                AND c.service_id IN (
                    SELECT u.service_id FROM directory_position p JOIN directory_unit u ON u.id = p.unit_id
                    JOIN sight_seat s ON s.position_id = p.id
                    WHERE s.child_id = n.child AND s.person_id = n.recipient_id)
                ORDER BY c.id FOR SHARE NOWAIT;
                RETURN true;
            EXCEPTION WHEN lock_not_available THEN
                RETURN false;
            END
            """, to="laget_worker", how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER"),
    ]
