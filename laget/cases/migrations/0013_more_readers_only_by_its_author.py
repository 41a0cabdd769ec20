"""More people read a text only when the one who wrote it says so, and a choice is kept for the very text it is about."""

from django.db import migrations

from laget.audit.ground import Function, Trigger

NOW = "statement_timestamp()"
TEXT = "of_child uuid, of_kind text, at timestamptz, in_plan boolean, author uuid, in_service uuid"
WAS = "was text, was_persons uuid[]"
BECOMES = "becomes text, becomes_persons uuid[]"


def kept(of):
    return f"""
        CREATE OR REPLACE FUNCTION cases_choice_is_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $function$
            BEGIN
                IF (NEW.audience, NEW.persons) IS DISTINCT FROM (OLD.audience, OLD.persons) AND NOT EXISTS (
                    SELECT 1 FROM cases_readership r
                    WHERE {of}r.child_id = NEW.child_id AND r.audience = NEW.audience AND r.persons = NEW.persons
                      AND r.at >= transaction_timestamp()) THEN
                    RAISE EXCEPTION 'nobody said why % has other readers', OLD.id USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NULL;
            END
        $function$"""


class Migration(migrations.Migration):

    dependencies = [("cases", "0012_held_while_words_come_back"), ("sight", "0005_at_work_and_in_an_emergency")]

    operations = [
        # Who reads a text now, of those around its child: what `who_reads` says.
        Function(f"cases_reading({TEXT}, {WAS})", "SETOF uuid", f"""
            SELECT s.person_id
            FROM sight_seat s
            LEFT JOIN directory_position p ON p.id = s.position_id
            LEFT JOIN directory_unit u ON u.id = p.unit_id
            WHERE s.child_id = of_child AND s.since <= {NOW} AND s.until > {NOW}
              AND NOT sight_barred(s.child_id, s.person_id, CASE s.kind WHEN 'service' THEN 'worker' ELSE 'citizen' END)
              AND CASE s.kind WHEN 'service' THEN p.person_id = s.person_id AND p.since <= {NOW} AND p.until > {NOW}
                  AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.child_id = of_child AND c.service_id = u.service_id
                              AND c.kind = of_kind AND c.since <= {NOW} AND c.until > {NOW}
                              AND at >= CASE WHEN in_plan THEN c.plan_from ELSE c.log_from END)
                  ELSE s.kind IN ('parent', 'guardian', 'child') END
              AND CASE was
                  WHEN 'team' THEN true
                  WHEN 'own_service' THEN NOT in_plan AND (s.kind <> 'service' OR u.service_id = in_service)
                  WHEN 'family' THEN s.kind <> 'service'
                  WHEN 'services' THEN s.kind = 'service' OR s.person_id = author
                  WHEN 'named' THEN s.person_id = ANY (was_persons) OR s.person_id = author
                  WHEN 'childs_own' THEN s.kind = 'child' OR s.person_id = ANY (was_persons) OR s.person_id = author
                  WHEN 'not_for' THEN was_persons <> '{{}}' AND NOT s.person_id = ANY (was_persons)
                  ELSE false END
            """, to=""),
        # Whether nobody can read after that could not before: what `narrows` says.
        Function(f"cases_narrows({WAS}, {BECOMES}, readers uuid[], of_child uuid)", "boolean", """
            SELECT CASE
                WHEN was = 'team' THEN true
                WHEN was = becomes AND was_persons <@ becomes_persons AND becomes_persons <@ was_persons THEN true
                WHEN was = becomes AND was = 'not_for' THEN was_persons <> '{}' AND was_persons <@ becomes_persons
                WHEN was = becomes THEN becomes_persons <@ was_persons
                WHEN becomes = 'named' THEN becomes_persons <@ readers
                WHEN becomes = 'childs_own' THEN array_append(becomes_persons, of_child) <@ readers
                ELSE false END
            """, to="", how="LANGUAGE sql IMMUTABLE"),
        # The author chooses freely, and the child for its own; whoever works with a text may choose fewer.
        Function(f"cases_may_readdress({TEXT}, {WAS}, {BECOMES})", "boolean", """
            SELECT coalesce(author = laget_person(), false)
                OR was = 'childs_own' AND of_child = laget_person() AND laget_capacity() = 'citizen'
                OR was <> 'childs_own' AND laget_capacity() = 'worker' AND cases_narrows(
                    was, was_persons, becomes, becomes_persons,
                    ARRAY(SELECT cases_reading(of_child, of_kind, at, in_plan, author, in_service, was, was_persons)),
                    of_child)
            """, to=""),
        Function("cases_no_more_readers()", "trigger", """
            BEGIN
                IF laget_person() IS NOT NULL
                   AND (NEW.audience, NEW.persons) IS DISTINCT FROM (OLD.audience, OLD.persons)
                   AND NOT cases_may_readdress(OLD.child_id, OLD.kind, OLD.at, false, OLD.author_id, OLD.service_id,
                           OLD.audience, OLD.persons, NEW.audience, NEW.persons) THEN
                    RAISE EXCEPTION 'only the one who wrote % lets more people read it', OLD.id
                        USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN NEW;
            END
            """, to="", how="LANGUAGE plpgsql SECURITY DEFINER"),
        Trigger("no_more_readers", "cases_log", "BEFORE UPDATE OF audience, persons", "cases_no_more_readers"),
        # As before, and the row that says who chose is about this very text.
        migrations.RunSQL(kept('r."of" = NEW.id AND '), kept("")),
    ]
