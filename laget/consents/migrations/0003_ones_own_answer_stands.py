"""What somebody answered by signing in is never widened by what another notes."""

from django.db import migrations

from laget.audit.ground import APP, Function

NOTE = (
    "form = 'oral' AND child_id = ANY (ARRAY(SELECT sight_children())) AND noted_by_id IN "
    "(SELECT p.id FROM directory_position p WHERE p.person_id = (SELECT laget_person()) "
    "AND p.since <= statement_timestamp() AND p.until > statement_timestamp())"
)


def policy(check: str) -> list[str]:
    return [
        'DROP POLICY "note" ON "consents_answer"',
        f'CREATE POLICY "note" ON "consents_answer" FOR INSERT TO laget_app WITH CHECK ({check})',
    ]


class Migration(migrations.Migration):

    dependencies = [("consents", "0002_settling")]

    operations = [
        # Whether this person has answered this request by signing in; what the answer was stays with that person.
        Function("consents_signed(of_request uuid, by_person uuid)", "boolean", """
            SELECT EXISTS (
                SELECT 1 FROM consents_answer a WHERE a.request_id = of_request AND a.person_id = by_person
                AND a.form = 'own_sign_in' AND a.child_id IN (SELECT sight_children()))
            """, to=APP),
        # A no may be noted at any time; a yes only as long as the person has not answered alone.
        migrations.RunSQL(
            policy(f"{NOTE} AND (cardinality(kinds) = 0 OR NOT consents_signed(request_id, person_id))"), policy(NOTE)
        ),
    ]
