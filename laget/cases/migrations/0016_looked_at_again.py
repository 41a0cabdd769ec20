"""What is kept from a parent is looked at again: whoever does is told in time, and can end it when its author has left."""

from django.db import migrations, models

from laget.audit.ground import WORKER, Function, Replaced

NOW = "statement_timestamp()"
TEXT = "of_child uuid, of_kind text, at timestamptz, in_plan boolean, author uuid, in_service uuid"
READING = "cases_reading(of_child, of_kind, at, in_plan, author, in_service, was, was_persons)"


def no_more(unless):
    return f"""
        CREATE OR REPLACE FUNCTION cases_no_more_readers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $function$
            BEGIN
                IF laget_person() IS NOT NULL
                   AND (NEW.audience, NEW.persons) IS DISTINCT FROM (OLD.audience, OLD.persons)
                   AND NOT cases_may_readdress(OLD.child_id, OLD.kind, OLD.at, false, OLD.author_id, OLD.service_id,
                           OLD.audience, OLD.persons, NEW.audience, NEW.persons)
                   {unless} THEN
                    RAISE EXCEPTION 'only the one who wrote % lets more people read it', OLD.id
                        USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN NEW;
            END
        $function$"""


class Migration(migrations.Migration):

    dependencies = [("cases", "0015_written_for_somebody")]

    operations = [
        migrations.AddIndex(
            model_name="readership",
            index=models.Index(
                fields=["review_on"], condition=models.Q(review_on__isnull=False), name="cases_readership_review"
            ),
        ),
        # Who looks again at what somebody chose: that one while still in the team, else who holds the baton or stands in.
        Function("cases_reviewers(of_child uuid, chooser uuid)", "SETOF uuid", f"""
            WITH still AS (
                SELECT DISTINCT s.person_id FROM sight_seat s JOIN directory_position p ON p.id = s.position_id
                WHERE s.child_id = of_child AND s.person_id = chooser AND s.kind = 'service'
                  AND p.person_id = chooser AND s.since <= {NOW} AND s.until > {NOW}
                  AND p.since <= {NOW} AND p.until > {NOW} AND NOT sight_barred(of_child, chooser, 'worker'))
            SELECT person_id FROM still
            UNION ALL SELECT h FROM cases_holders(of_child) h WHERE NOT EXISTS (SELECT 1 FROM still)
            """, to=""),
        # What stands and was to be looked at by this day: the text, its child, who looks, and since when it stands so.
        Function("cases_choices_due(by_day date)",
                 'TABLE ("of" uuid, child uuid, person uuid, since timestamptz, audience text)', """
            SELECT r."of", r.child_id, who, r.at, r.audience
            FROM cases_readership r CROSS JOIN LATERAL cases_reviewers(r.child_id, r.by_id) who
            WHERE r.review_on <= by_day AND r.audience IN ('services', 'not_for')
              AND NOT EXISTS (SELECT 1 FROM cases_readership n WHERE n."of" = r."of" AND n.at > r.at)
            """, to=""),
        Function("cases_entries_due(by_day date)", 'TABLE (entry uuid, child uuid, person uuid, since timestamptz)', """
            SELECT l.id, d.child, d.person, d.since FROM cases_choices_due(by_day) d
            JOIN cases_log l ON l.id = d."of" AND l.corrects_id IS NULL AND l.meant_id IS NULL AND l.audience = d.audience
            """, to=WORKER),
        Replaced("laget.cases.migrations.0013_more_readers_only_by_its_author", "cases_may_readdress"),
        # As before; and whoever holds the baton, over what is kept from a parent, when its author is not around any more.
        Function(f"cases_may_readdress({TEXT}, was text, was_persons uuid[], becomes text, becomes_persons uuid[])",
                 "boolean", f"""
            SELECT coalesce(author = laget_person(), false)
                OR was = 'childs_own' AND of_child = laget_person() AND laget_capacity() = 'citizen'
                OR was <> 'childs_own' AND laget_capacity() = 'worker' AND (
                    cases_narrows(was, was_persons, becomes, becomes_persons, ARRAY(SELECT {READING}), of_child)
                    OR was IN ('services', 'not_for')
                       AND laget_person() IN (SELECT cases_holders(of_child)) AND author NOT IN (
                        SELECT cases_reading(of_child, of_kind, at, in_plan, NULL, NULL, 'team', '{{}}')))
            """, to=""),
        # As before; and what is corrected has the readers of its correction, and they change together.
        migrations.RunSQL(no_more("""AND NOT EXISTS (
                       SELECT 1 FROM cases_log c
                       WHERE ((c.corrects_id = OLD.id OR c.id = OLD.corrects_id) AND c.author_id = OLD.author_id
                              OR c.id = OLD.meant_id)
                         AND (c.audience, c.persons) = (NEW.audience, NEW.persons))"""), no_more("")),
        # Older words of a text may be out of the reach of the one who has just chosen its readers: they follow it.
        Function("cases_readers_follow(of_entry uuid)", "void", """
            DECLARE
                chosen cases_readership;
                chain uuid[] := ARRAY[of_entry];
                more uuid[];
            BEGIN
                SELECT r.* INTO chosen FROM cases_readership r
                JOIN cases_log l ON l.id = r."of" AND (l.audience, l.persons) = (r.audience, r.persons)
                WHERE r."of" = of_entry AND r.by_id = laget_person() AND r.at >= transaction_timestamp()
                ORDER BY r.at DESC LIMIT 1;
                IF NOT FOUND THEN
                    RETURN;
                END IF;
                LOOP
                    SELECT array_agg(l.id) INTO more FROM cases_log l
                    WHERE l.id <> ALL (chain) AND (l.corrects_id = ANY (chain) OR l.id IN (
                        SELECT c.corrects_id FROM cases_log c WHERE c.id = ANY (chain))
                        -- What was meant by it, as long as that has the same readers.
                        OR l.meant_id = ANY (chain) AND l.audience = chosen.audience_before
                           AND l.persons = chosen.persons_before);
                    EXIT WHEN more IS NULL;
                    INSERT INTO cases_readership (id, child_id, "of", kind, at, by_id, audience, persons, ground, why,
                                                  review_on, audience_before, persons_before)
                    SELECT gen_random_uuid(), l.child_id, l.id, l.kind, chosen.at, chosen.by_id, chosen.audience,
                           chosen.persons, chosen.ground, chosen.why, chosen.review_on, l.audience, l.persons
                    FROM cases_log l WHERE l.id = ANY (more);
                    UPDATE cases_log SET audience = chosen.audience, persons = chosen.persons WHERE id = ANY (more);
                    chain := chain || more;
                END LOOP;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER"),
    ]
