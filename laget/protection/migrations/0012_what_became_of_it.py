"""What two people let leave is made anew then, and its row says what became of it: sent, not sent, or held for other words."""

from django.db import migrations

from laget.audit.ground import APP, WORKER, Function, Replaced

NOW = "statement_timestamp()"
DEFINER = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"
BEFORE = "laget.protection.migrations.0010_held_mail"


class Migration(migrations.Migration):

    dependencies = [("protection", "0011_places_for_no_kin")]

    operations = [
        # Said to be sent by two people's word alone: the next round says what became of each.
        migrations.RunSQL("UPDATE protection_heldmail SET outcome = 'released' WHERE outcome = 'sent'",
                          "UPDATE protection_heldmail SET outcome = 'sent' WHERE outcome IN ('released', 'not_sent')"),
        Replaced(BEFORE, "protection_keep_held", "protection_send_released"),
        # As before; what was released and is held anew, since it goes to another address or says something else, waits again.
        Function("protection_keep_held(of_child uuid, of_dispatch uuid, recipient uuid, as_what text, of_content uuid, kept bytea)",
                 "boolean", f"""
            DECLARE
                first boolean := NOT EXISTS (SELECT 1 FROM protection_heldmail h WHERE h.child_id = of_child AND h.outcome = '');
            BEGIN
                INSERT INTO protection_heldmail AS h (id, child_id, dispatch, content, near_id, capacity, sealed, at, outcome)
                SELECT gen_random_uuid(), of_child, of_dispatch, of_content,
                       CASE WHEN EXISTS (SELECT 1 FROM families_parent p WHERE p.child_id = of_child AND p.person_id = recipient
                                         AND p.until > {NOW})
                              OR EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = of_child AND s.person_id = recipient
                                         AND s.until > {NOW}) THEN recipient END,
                       as_what, kept, {NOW}, '' WHERE laget_capacity() = 'system'
                ON CONFLICT (dispatch, child_id) DO UPDATE
                    SET content = EXCLUDED.content, near_id = EXCLUDED.near_id, sealed = EXCLUDED.sealed, at = EXCLUDED.at,
                        outcome = '', ended_at = NULL
                    WHERE h.outcome = 'released' AND h.content <> EXCLUDED.content;
                RETURN first AND laget_capacity() = 'system';
            END
            """, how=DEFINER, to=f"{APP}, {WORKER}"),
        # As before, and made anew: its age counts from when two let it leave, since they decided that it still tells something.
        Function("protection_send_released()", "TABLE (held uuid, child uuid, dispatch uuid)", f"""
            WITH let AS (
                UPDATE protection_heldmail h SET outcome = 'released', ended_at = {NOW}
                WHERE laget_capacity() = 'system' AND h.outcome = '' AND EXISTS (SELECT 1 FROM protection_proposal q WHERE q.sort = 'mail'
                                                 AND q.subject = h.content AND q.child_id = h.child_id AND q.agreed)
                RETURNING h.id, h.child_id, h.dispatch),
            again AS (
                UPDATE notices_dispatch d SET state = 'waiting', tried_at = NULL, attempts = 0, made_at = {NOW} FROM let
                WHERE d.id = let.dispatch AND d.state = 'held'
                  AND NOT EXISTS (SELECT 1 FROM protection_heldmail o WHERE o.dispatch = d.id AND o.outcome = 'put_away'))
            SELECT let.id, let.child_id, let.dispatch FROM let
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=f"{APP}, {WORKER}"),
        # What has become of what was released. It goes on waiting while it is tried, and while another child's case holds it.
        Function("protection_follow_released()", "TABLE (held uuid, child uuid, sent boolean, was_read boolean)", f"""
            UPDATE protection_heldmail h
            SET outcome = CASE WHEN d.state = 'sent' THEN 'sent' ELSE 'not_sent' END, ended_at = {NOW}
            FROM notices_dispatch d
            WHERE laget_capacity() = 'system' AND h.outcome = 'released' AND d.id = h.dispatch AND d.state <> 'waiting'
              AND NOT (d.state = 'held' AND EXISTS (SELECT 1 FROM protection_heldmail o WHERE o.dispatch = d.id AND o.outcome = ''))
            RETURNING h.id, h.child_id, d.state = 'sent', d.state = 'read'
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=f"{APP}, {WORKER}"),
    ]
