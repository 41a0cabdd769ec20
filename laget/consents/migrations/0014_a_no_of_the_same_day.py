"""A no of the same day is not put aside by a paper, and an older no on paper puts no later answer aside."""

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced

DAY = "(a.at AT TIME ZONE 'Europe/Oslo')::date"


class Migration(migrations.Migration):

    dependencies = [("consents", "0013_no_more_than_the_paper")]

    operations = [
        Replaced("laget.consents.migrations.0011_on_paper", "consents_answered_since"),
        Function("consents_answered_since(of_paper uuid)", "boolean", f"""
            SELECT EXISTS (
                SELECT 1 FROM consents_paper s JOIN consents_answer a ON a.request_id = s.request_id AND a.person_id = s.person_id
                WHERE s.id = of_paper AND s.child_id IN (SELECT sight_children())
                  AND (a.at > s.at OR {DAY} > s.signed_on OR (cardinality(a.kinds) = 0 AND {DAY} = s.signed_on)))
            """, to=APP),
        Function("consents_answered_after(of_request uuid, by_person uuid, day date)", "boolean", f"""
            SELECT EXISTS (
                SELECT 1 FROM consents_answer a WHERE a.request_id = of_request AND a.person_id = by_person
                AND a.child_id IN (SELECT sight_children()) AND {DAY} > day)
            """, to=APP),
    ]
