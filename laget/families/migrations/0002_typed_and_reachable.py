"""Narrow questions that registering a child needs answered: ids only, never a name or a date."""

from django.db import migrations

from laget.audit.ground import Function


class Migration(migrations.Migration):

    dependencies = [("families", "0001_initial")]

    operations = [
        # Which adult each typed parent became, in the order typed; for a child that the caller may know.
        Function("families_typed(of_child uuid, typed jsonb)", "TABLE (place bigint, person uuid)", """
            SELECT q.place, (
                SELECT p.person_id FROM families_parent p
                JOIN people_name m ON m.person_id = p.person_id
                LEFT JOIN people_nationalnumber n ON n.person_id = p.person_id
                WHERE p.child_id = of_child AND p.until > statement_timestamp()
                  AND CASE WHEN coalesce(q.one->>'index', '') <> '' THEN n.index = decode(q.one->>'index', 'hex')
                           ELSE m.sort_key = q.one->>'sort_key' END
                ORDER BY p.since DESC, p.id LIMIT 1)
            FROM jsonb_array_elements(typed->'parents') WITH ORDINALITY AS q (one, place)
            WHERE of_child IN (SELECT sight_children())
            ORDER BY q.place
            """),
        # Of those around a child, the ones who can sign in and are not forbidden to know: to them a notice may go.
        Function("families_reachable(of_child uuid)", "SETOF uuid", """
            SELECT s.person_id FROM sight_seat s
            JOIN people_nationalnumber n ON n.person_id = s.person_id
            WHERE s.child_id = of_child AND s.kind IN ('parent', 'child', 'guardian')
              AND s.since <= statement_timestamp() AND s.until > statement_timestamp()
              AND NOT sight_forbidden(of_child, s.person_id)
              AND of_child IN (SELECT sight_children())
            """),
        # A child who must consent itself gets a seat of its own, once, given by one who may know the child.
        Function("families_seat_child(of_child uuid)", "boolean", """
            WITH given AS (
                INSERT INTO sight_seat (id, child_id, since, until, origin, kind, person_id)
                SELECT gen_random_uuid(), of_child, statement_timestamp(), timestamptz '9999-01-01 00:00+00', 'child', 'child', of_child
                WHERE of_child IN (SELECT sight_children())
                  AND EXISTS (SELECT 1 FROM families_child c WHERE c.person_id = of_child)
                  AND NOT EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = of_child AND s.person_id = of_child
                                  AND s.kind = 'child' AND s.until > statement_timestamp())
                RETURNING 1)
            SELECT EXISTS (SELECT 1 FROM given)
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
    ]
