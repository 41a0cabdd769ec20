"""What is kept from a parent is looked at again: whoever does is told in time, and can end it when its author has left."""

from django.db import migrations, models

from laget.audit.ground import WORKER, Function, Replaced

NOW = "statement_timestamp()"
TEXT = "of_child uuid, of_kind text, at timestamptz, in_plan boolean, author uuid, in_service uuid"
READING = "cases_reading(of_child, of_kind, at, in_plan, author, in_service, was, was_persons)"


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
            JOIN cases_log l ON l.id = d."of" AND l.corrects_id IS NULL AND l.audience = d.audience
            """, to=WORKER),
        Replaced("laget.cases.migrations.0013_more_readers_only_by_its_author", "cases_may_readdress"),
        # As before; and the holder of the baton, when the author is no longer around the child.
        Function(f"cases_may_readdress({TEXT}, was text, was_persons uuid[], becomes text, becomes_persons uuid[])",
                 "boolean", f"""
            SELECT coalesce(author = laget_person(), false)
                OR was = 'childs_own' AND of_child = laget_person() AND laget_capacity() = 'citizen'
                OR was <> 'childs_own' AND laget_capacity() = 'worker' AND (
                    cases_narrows(was, was_persons, becomes, becomes_persons, ARRAY(SELECT {READING}), of_child)
                    OR laget_person() IN (SELECT cases_holders(of_child)) AND author NOT IN (
                        SELECT cases_reading(of_child, of_kind, at, in_plan, NULL, NULL, 'team', '{{}}')))
            """, to=""),
    ]
