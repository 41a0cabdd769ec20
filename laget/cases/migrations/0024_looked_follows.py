"""What an entry held back from the child corrects was looked through with it, and opens with it when the hold ends."""

from django.db import migrations

from laget.audit.ground import APP, Function


class Migration(migrations.Migration):

    dependencies = [("cases", "0023_health_is_the_youngs")]

    operations = [
        # Only what has the same readers, so that nothing opens by it; by whoever has just held the entry back.
        Function("cases_looked_follows(of_entry uuid)", "void", """
            WITH RECURSIVE held AS (
                SELECT l.id, l.child_id, l.audience, l.persons, l.looked_at FROM cases_log l
                JOIN cases_readership r ON r."of" = l.id AND (r.audience, r.persons) = (l.audience, l.persons)
                WHERE l.id = of_entry AND l.looked_at IS NOT NULL AND NOT (l.audience = 'named' AND l.child_id = ANY (l.persons))
                  AND l.audience IN ('named', 'not_for') AND r.by_id = laget_person() AND r.at >= transaction_timestamp()
                  AND laget_capacity() = 'worker'),
            chain AS (
                SELECT h.id FROM held h
                UNION
                SELECT l.id FROM chain c JOIN cases_log k ON k.id = c.id
                JOIN cases_log l ON l.id = k.corrects_id OR l.corrects_id = k.id)
            UPDATE cases_log l SET looked_at = h.looked_at
            FROM held h
            WHERE l.id IN (SELECT id FROM chain) AND l.looked_at IS NULL
              AND (l.audience, l.persons) = (h.audience, h.persons)
            """, to=APP, how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
    ]
