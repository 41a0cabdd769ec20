"""A parent's national number counts only together with a name that can be that person's: one wrong digit is another's."""

from django.db import migrations

from laget.audit.ground import Function, Replaced


class Migration(migrations.Migration):

    dependencies = [("families", "0002_typed_and_reachable")]

    operations = [
        Replaced("laget.families.migrations.0002_typed_and_reachable", "families_typed"),
        # As before, but a parent whose number was not taken is found by name.
        Function("families_typed(of_child uuid, typed jsonb)", "TABLE (place bigint, person uuid)", """
            SELECT q.place, coalesce(
                (SELECT p.person_id FROM families_parent p
                 JOIN people_nationalnumber n ON n.person_id = p.person_id
                 WHERE p.child_id = of_child AND p.until > statement_timestamp()
                   AND n.index = decode(q.one->>'index', 'hex') LIMIT 1),
                (SELECT p.person_id FROM families_parent p
                 JOIN people_name m ON m.person_id = p.person_id
                 WHERE p.child_id = of_child AND p.until > statement_timestamp() AND m.sort_key = q.one->>'sort_key'
                 ORDER BY p.since DESC, p.id LIMIT 1))
            FROM jsonb_array_elements(typed->'parents') WITH ORDINALITY AS q (one, place)
            WHERE of_child IN (SELECT sight_children())
            ORDER BY q.place
            """),
        # Registers as families_register does. The number of a known adult is left out unless the family name or the
        # first given name agrees: then nobody is asked about a stranger's child, and the answer is still the same.
        Function("families_take(asker_position uuid, typed jsonb, asking_until timestamptz, family_until timestamptz)",
                 "uuid", """
            SELECT families_register(asker_position, jsonb_set(typed, '{parents}', coalesce((
                SELECT jsonb_agg(CASE WHEN EXISTS (
                    SELECT 1 FROM people_nationalnumber n JOIN people_name m ON m.person_id = n.person_id
                    WHERE n.index = decode(q.one->>'index', 'hex')
                      AND split_part(m.sort_key, '|', 1) <> split_part(q.one->>'sort_key', '|', 1)
                      AND split_part(split_part(m.sort_key, '|', 2), ' ', 1)
                          <> split_part(split_part(q.one->>'sort_key', '|', 2), ' ', 1))
                    THEN q.one || '{"index": "", "sealed": ""}'::jsonb ELSE q.one END ORDER BY q.place)
                FROM jsonb_array_elements(typed->'parents') WITH ORDINALITY AS q (one, place)), '[]'::jsonb)),
                asking_until, family_until)
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
    ]
