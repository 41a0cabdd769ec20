"""A known person is taken for an added parent only when the whole name agrees: else a number would tell a name."""

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced

FOREVER = "timestamptz '9999-01-01 00:00+00'"


class Migration(migrations.Migration):

    dependencies = [("families", "0011_where_it_was_decided")]

    operations = [
        Replaced("laget.families.migrations.0010_a_parent_added", "families_add_parent"),
        # Those in the case read the registered name. With half a name and a number that was guessed, the page would answer
        # whether somebody is known here, and what the rest of the name is.
        Function("families_add_parent(of_child uuid, typed jsonb)", "uuid", f"""
            DECLARE
                adult uuid;
                tie uuid := gen_random_uuid();
                own_index bytea := decode(coalesce(typed->>'index', ''), 'hex');
                taken boolean := false;
            BEGIN
                IF laget_capacity() IS DISTINCT FROM 'worker' OR of_child NOT IN (SELECT sight_cases()) THEN
                    RAISE EXCEPTION 'only those in the case add a parent' USING ERRCODE = 'insufficient_privilege';
                END IF;
                INSERT INTO people_lookup (id, person, at) VALUES (gen_random_uuid(), laget_person(), statement_timestamp());
                IF (SELECT count(*) FROM people_lookup l
                    WHERE l.person = laget_person() AND l.at > statement_timestamp() - interval '1 hour') > 30 THEN
                    RAISE EXCEPTION 'too many look-ups in an hour' USING ERRCODE = 'program_limit_exceeded';
                END IF;
                IF length(own_index) > 0 THEN
                    SELECT n.person_id, m.sort_key <> typed->>'sort_key'
                    INTO adult, taken
                    FROM people_nationalnumber n JOIN people_name m ON m.person_id = n.person_id WHERE n.index = own_index;
                    IF taken THEN
                        adult := NULL;
                    END IF;
                END IF;
                IF EXISTS (SELECT 1 FROM families_parent p JOIN people_name m ON m.person_id = p.person_id
                           WHERE p.child_id = of_child AND p.until > statement_timestamp()
                             AND (p.person_id = adult OR m.sort_key = typed->>'sort_key')) OR adult = of_child THEN
                    RETURN NULL;
                END IF;
                IF adult IS NULL THEN
                    adult := gen_random_uuid();
                    INSERT INTO people_person (id, registered_at) VALUES (adult, statement_timestamp());
                    INSERT INTO people_name (person_id, given, family, sort_key)
                    VALUES (adult, typed->>'given', typed->>'family', typed->>'sort_key');
                    IF length(own_index) > 0 AND NOT coalesce(taken, false) THEN
                        INSERT INTO people_nationalnumber (person_id, sealed, index)
                        VALUES (adult, decode(typed->>'sealed', 'hex'), own_index);
                    END IF;
                END IF;
                INSERT INTO families_parent (id, child_id, person_id, relation, responsibility, source, language,
                                             interpreter, since, until, registered_by)
                VALUES (tie, of_child, adult, typed->>'relation', false, 'declared', coalesce(typed->>'language', ''),
                        coalesce((typed->>'interpreter')::boolean, false), statement_timestamp(), {FOREVER}, laget_person());
                RETURN tie;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
    ]
