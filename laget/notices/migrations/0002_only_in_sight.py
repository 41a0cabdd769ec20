"""A notice about a child is there as long as the child may be known, and no e-mail is sent about it after that."""

from django.db import migrations

from laget.audit.ground import Function

MINE = "recipient_id = (SELECT laget_person()) AND capacity = (SELECT laget_capacity())"
IN_SIGHT = "child IS NULL OR child = ANY (ARRAY(SELECT sight_children()))"


def policies(using: str) -> list[str]:
    return [
        'DROP POLICY "own_inbox" ON "notices_notice"',
        'DROP POLICY "mark_read" ON "notices_notice"',
        f'CREATE POLICY "own_inbox" ON "notices_notice" FOR SELECT TO laget_app USING ({using})',
        f'CREATE POLICY "mark_read" ON "notices_notice" FOR UPDATE TO laget_app USING ({using})',
    ]


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial"), ("sight", "0001_initial")]

    operations = [
        migrations.RunSQL(policies(f"{MINE} AND ({IN_SIGHT})"), policies(MINE)),
        # Only whether a notice was read is ever changed.
        migrations.RunSQL(
            ["REVOKE UPDATE ON notices_notice FROM laget_app", "GRANT UPDATE (read_at) ON notices_notice TO laget_app"],
            ["REVOKE UPDATE (read_at) ON notices_notice FROM laget_app", "GRANT UPDATE ON notices_notice TO laget_app"],
        ),
        # The worker that sends mail sees no facts of sight: it asks whether the recipient would find the notice.
        Function("notices_reaches(of_notice uuid)", "boolean", """
            DECLARE
                n notices_notice;
                reaches boolean;
            BEGIN
                SELECT * INTO n FROM notices_notice WHERE id = of_notice;
                IF n.child IS NULL THEN
                    RETURN true;
                END IF;
                PERFORM set_config('laget.person', n.recipient_id::text, true);
                PERFORM set_config('laget.capacity', n.capacity, true);
                SELECT n.child IN (SELECT sight_children()) INTO reaches;
                PERFORM set_config('laget.person', '', true);
                PERFORM set_config('laget.capacity', '', true);
                RETURN reaches;
            END
            """, to="laget_worker", how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER"),
    ]
