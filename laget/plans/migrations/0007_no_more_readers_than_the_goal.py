"""What stands under a goal is read by no more than the goal, and ends with it, also what the one who ends it can't read."""

from django.db import migrations

from laget.audit.ground import Function, Trigger

TABLES = ("goal", "measure", "revision", "evaluation", "matter")
FOREVER = "'9999-01-01T00:00:00Z'::timestamptz"


class Migration(migrations.Migration):

    dependencies = [("plans", "0006_who_reads_the_plan"), ("cases", "0013_more_readers_only_by_its_author")]

    operations = [
        # What a row of the plan stands under: its goal, its measure, or for an earlier text what it was the text of.
        Function("plans_above(one jsonb)", """TABLE (author uuid, audience text, persons uuid[], kind text,
                 at timestamptz)""", """
            WITH named AS (
                SELECT (one ->> 'goal_id')::uuid AS goal, (one ->> 'measure_id')::uuid AS measure,
                       (one ->> 'of')::uuid AS "of"),
            measures AS (SELECT m.* FROM plans_measure m, named n WHERE m.id IN (n.measure, n."of"))
            SELECT m.agreed_by_id, m.audience, m.persons, m.kind, m.agreed_at FROM measures m
            UNION ALL
            SELECT g.agreed_by_id, g.audience, g.persons, g.kind, g.agreed_at FROM plans_goal g, named n
            WHERE g.id IN (n.goal, n."of") OR g.id IN (SELECT m.goal_id FROM measures m)
            """, to=""),
        Function("plans_no_more_readers()", "trigger", """
            DECLARE
                was jsonb := to_jsonb(OLD);
                me uuid := laget_person();
                author uuid := coalesce(was ->> 'agreed_by_id', was ->> 'replaced_by_id', was ->> 'by_id')::uuid;
                made timestamptz := coalesce(was ->> 'agreed_at', was ->> 'at')::timestamptz;
                fewer boolean;
                may boolean;
            BEGIN
                IF me IS NULL OR (NEW.audience, NEW.persons) IS NOT DISTINCT FROM (OLD.audience, OLD.persons) THEN
                    RETURN NEW;
                END IF;
                fewer := cases_narrows(OLD.audience, OLD.persons, NEW.audience, NEW.persons, ARRAY(
                    SELECT cases_reading(OLD.child_id, OLD.kind, made, true, author, NULL, OLD.audience, OLD.persons)),
                    OLD.child_id);
                may := cases_may_readdress(OLD.child_id, OLD.kind, made, true, author, NULL, OLD.audience, OLD.persons,
                                           NEW.audience, NEW.persons);
                IF may AND (fewer OR NOT EXISTS (
                        SELECT 1 FROM plans_above(was) a WHERE NOT cases_narrows(
                            a.audience, a.persons, NEW.audience, NEW.persons, ARRAY(SELECT cases_reading(
                                OLD.child_id, a.kind, a.at, true, a.author, NULL, a.audience, a.persons)),
                            OLD.child_id)))
                   -- It follows what it stands under.
                   OR EXISTS (SELECT 1 FROM plans_above(was) a
                              WHERE (a.author = me OR laget_capacity() = 'worker') AND fewer
                                 OR a.author = me AND (a.audience, a.persons) = (NEW.audience, NEW.persons)) THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'only the one who wrote % lets more people read it', OLD.id
                    USING ERRCODE = 'insufficient_privilege';
            END
            """, to="", how="LANGUAGE plpgsql SECURITY DEFINER"),
        *(Trigger("no_more_readers", f"plans_{name}", "BEFORE UPDATE OF audience, persons", "plans_no_more_readers")
          for name in TABLES),
        # A goal ends with all that is done towards it: a measure with fewer readers too, whoever ends the goal.
        Function("plans_finish_under(of_goal uuid)", "void", f"""
            UPDATE plans_measure m SET ended_at = g.ended_at, outcome = g.outcome
            FROM plans_goal g
            WHERE g.id = of_goal AND m.goal_id = g.id AND g.ended_at < {FOREVER} AND m.ended_at = {FOREVER}
              AND g.child_id IN (SELECT sight_cases())
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
    ]
