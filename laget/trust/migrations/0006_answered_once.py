"""A question has one answer that ends it; what is passed on reaches an officer, has a new day, and lies in our time."""

import datetime

from django.db import migrations, models

from laget.audit.ground import Function

FOREVER = "timestamptz '9999-01-01 00:00+00'"
UTC = datetime.timezone.utc
OWN = "SELECT trust_own()"


def once(of: str, name: str, some: list[str]) -> migrations.AddConstraint:
    return migrations.AddConstraint(
        model_name="reply",
        constraint=models.UniqueConstraint(
            fields=(of,), condition=models.Q(outcome__in=some), name=f"{of}_{name}_once"
        ),
    )


def handed(table: str, of: str, child: str) -> str:
    """Sets the new day of what the one who acts has just passed on; never of what is answered."""
    return f"""
        UPDATE {table} q SET due = last_day, reminded_at = NULL
        WHERE q.id = asked AND q.escalated_at < {FOREVER}
          AND trust_hands_on(q.unit_id, q.reader_id, {child})
          AND EXISTS (SELECT 1 FROM trust_reply r WHERE r.{of} = q.id AND r.outcome = 'passed_on'
                      AND r.by_id = laget_person() AND r.at > statement_timestamp() - interval '1 minute')
          AND NOT EXISTS (SELECT 1 FROM trust_reply r WHERE r.{of} = q.id AND r.outcome <> 'passed_on');
        done := done OR FOUND;"""


class Migration(migrations.Migration):
    dependencies = [("trust", "0005_what_one_asks_is_ones_own")]

    operations = [
        once("question", "ends", ["explained", "unlawful"]),
        once("question", "passed_on", ["passed_on"]),
        once("finding", "ends", ["explained", "unlawful"]),
        once("finding", "passed_on", ["passed_on"]),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    begins__gte=datetime.datetime(1900, 1, 1, tzinfo=UTC), ends__lte=datetime.datetime(9999, 1, 1, tzinfo=UTC)
                ),
                name="inquiry_within_our_time",
            ),
        ),
        # A leader of the unit, who is not the reader and has nothing to do with the child.
        Function("trust_hands_on(of_unit uuid, of_reader uuid, of_child uuid)", "boolean", f"""
            SELECT laget_capacity() IS NOT DISTINCT FROM 'worker' AND of_reader <> laget_person()
                AND of_unit IN (SELECT trust_units()) AND (of_child IS NULL OR of_child NOT IN ({OWN}))
            """, to=""),
        Function("trust_officers_for(of_finding uuid)", "SETOF uuid", """
            SELECT a FROM trust_finding f
            CROSS JOIN LATERAL trust_answerers(f.unit_id, f.reader_id, f.about, true) a
            WHERE f.id = of_finding AND trust_hands_on(f.unit_id, f.reader_id, f.about)
            """, to="laget_app"),
        Function("trust_new_day(asked uuid, last_day date)", "boolean", f"""
            DECLARE
                done boolean := false;
            BEGIN
                {handed("trust_question", "question_id", "q.child_id")}
                {handed("trust_finding", "finding_id", "q.about")}
                RETURN done;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to="laget_app"),
    ]
