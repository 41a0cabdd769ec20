"""When a case is closed, the questions behind its consents are closed too: a changed answer shares nothing anew."""

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced

FOREVER = "timestamptz '9999-01-01 00:00+00'"


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0004_by_the_clock_after_the_wait"),
        ("consents", "0004_what_time_ends"),
    ]

    operations = [
        Replaced("laget.cases.migrations.0002_who_would_be_heir", "cases_vacate"),
        # As before, and the requests end: narrowing an answer later must not open what was closed. Who wants to begin
        # again is asked again.
        Function("cases_vacate(of_case uuid)", "void", f"""
            BEGIN
                IF EXISTS (SELECT 1 FROM cases_case c WHERE c.id = of_case AND c.closed_at <> {FOREVER}
                           AND c.child_id IN (SELECT sight_cases())) THEN
                    UPDATE consents_request r SET ended_at = statement_timestamp()
                    FROM cases_case c WHERE c.id = of_case AND r.child_id = c.child_id AND r.ended_at = {FOREVER};
                    PERFORM cases_clear(of_case);
                END IF;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
    ]
