"""Who is told that a service joins a case, also when the one whose act completed the consent does not see the case."""

from django.db import migrations

from laget.audit.ground import APP, Function

FOREVER = "timestamptz '9999-01-01 00:00+00'"
NOW = "statement_timestamp()"


class Migration(migrations.Migration):

    dependencies = [("cases", "0020_no_file_after_the_look"), ("consents", "0017_who_decides_now")]

    # Only in the transaction in which the consent begins to give something, and for one who knows the child: a leader
    # who confirms a paper causes the news, and learns neither of the case nor of those who are told.
    operations = [
        Function("cases_joined_by(of_request uuid)", "TABLE (of_case uuid, holders uuid[], family uuid[])", f"""
            SELECT k.id,
                   ARRAY(SELECT DISTINCT p.person_id FROM directory_position p WHERE p.id = b.position_id OR p.id IN (
                       SELECT d.position_id FROM cases_deputy d
                       WHERE d.baton_id = b.id AND d.since <= {NOW} AND d.until > {NOW})),
                   ARRAY(SELECT DISTINCT s.person_id FROM sight_seat s
                       WHERE s.child_id = k.child_id AND s.kind IN ('parent', 'guardian', 'child')
                         AND s.since <= {NOW} AND s.until > {NOW} AND NOT sight_forbidden(s.child_id, s.person_id))
            FROM consents_request r
            JOIN cases_case k ON k.child_id = r.child_id AND k.closed_at = {FOREVER}
            JOIN cases_baton b ON b.case_id = k.id AND b.until = {FOREVER}
            WHERE r.id = of_request AND r.opens_case AND r.child_id IN (SELECT sight_children())
              AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin = 'consent' AND c.origin_id = r.id
                          AND c.since >= transaction_timestamp() AND c.until > {NOW})
            """, to=APP),
    ]
