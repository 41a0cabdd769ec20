"""A young person with an electronic id gets its page opened face to face, and no letter; also by one who has only asked."""

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced

NOW = "statement_timestamp()"
FOREVER = "timestamptz '9999-01-01 00:00+00'"


class Migration(migrations.Migration):

    dependencies = [("participation", "0002_before_birthdays"), ("access", "0007_letter")]

    operations = [
        Replaced("laget.participation.migrations.0001_initial", "participation_set_up"),
        # As before with a letter. Without a name and a letter: only for the child itself, nothing that stands ends, and
        # one who has asked the child for its consent may do it as well as one who takes part in its case.
        Function("participation_set_up(of_child uuid, from_position uuid, of_name bytea, of_letter bytea, "
                 "good_until timestamptz, said jsonb)", "uuid", f"""
            DECLARE
                me uuid := laget_person();
                whom uuid := (said->>'person')::uuid;
                made uuid := (said->>'id')::uuid;
                by_letter boolean := of_name IS NOT NULL AND of_letter IS NOT NULL;
                part boolean := coalesce(of_child = ANY (ARRAY(SELECT sight_cases())), false);
            BEGIN
                IF laget_capacity() IS DISTINCT FROM 'worker' OR whom = me OR (NOT by_letter AND whom <> of_child)
                   OR NOT (part OR (NOT by_letter AND coalesce(of_child = ANY (ARRAY(SELECT sight_children())), false)))
                   OR NOT EXISTS (SELECT 1 FROM sight_seat s JOIN directory_position p ON p.id = s.position_id
                        WHERE s.child_id = of_child AND s.person_id = me AND s.position_id = from_position
                        AND s.kind = ANY (CASE WHEN by_letter THEN ARRAY['service'] ELSE ARRAY['service', 'asking'] END)
                        AND s.since <= {NOW} AND s.until > {NOW}
                        AND p.person_id = me AND p.since <= {NOW} AND p.until > {NOW})
                   OR sight_forbidden(of_child, whom)
                   OR NOT (whom = of_child OR EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = of_child
                        AND s.person_id = whom AND s.kind IN ('parent', 'guardian')
                        AND s.since <= {NOW} AND s.until > {NOW})) THEN
                    RAISE EXCEPTION 'only for the family of a child that one helps' USING ERRCODE = 'insufficient_privilege';
                END IF;
                IF by_letter THEN
                    PERFORM access_letter_end(whom, me);
                    UPDATE participation_setup s SET until = greatest(s.at, {NOW}), ended_by = me
                    WHERE s.person_id = whom AND s.until > {NOW};
                    INSERT INTO access_pass (id, person_id, name, letter, letter_until, salt, password, sealed, step, since, until)
                    VALUES (made, whom, of_name, of_letter, good_until, '', '', '', 0, {NOW}, {FOREVER});
                END IF;
                INSERT INTO participation_setup (id, child_id, person_id, position_id, checked, words, maturity, agreed, handed,
                                                 letter_until, at, until)
                VALUES (made, of_child, whom, from_position, said->>'checked', said->>'words', said->>'maturity',
                        ARRAY(SELECT jsonb_array_elements_text(said->'agreed')::uuid), said->>'handed',
                        CASE WHEN by_letter THEN good_until ELSE {NOW} END, {NOW},
                        CASE WHEN by_letter THEN {FOREVER} ELSE {NOW} END);
                IF whom = of_child THEN
                    INSERT INTO sight_seat (id, child_id, since, until, origin, origin_id, kind, person_id)
                    SELECT gen_random_uuid(), of_child, {NOW}, {FOREVER}, 'set_up', made, 'child', of_child
                    WHERE NOT EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = of_child AND s.person_id = of_child
                                      AND s.kind = 'child' AND s.until > {NOW});
                END IF;
                IF whom = of_child AND part AND (by_letter OR said->>'trusted' IS NOT NULL) THEN
                    INSERT INTO participation_trusted (id, child_id, position_id, at, by_id)
                    VALUES (gen_random_uuid(), of_child, (said->>'trusted')::uuid, {NOW}, me);
                END IF;
                RETURN made;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
    ]
