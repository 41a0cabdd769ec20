"""No answer is kept any more for one who was asked and decides no more, in whatever form it comes."""

from django.db import migrations

from laget.audit.ground import APP, Function

IN_FORCE = "p.since <= statement_timestamp() AND p.until > statement_timestamp()"
MY_POSITIONS = f"SELECT p.id FROM directory_position p WHERE p.person_id = (SELECT laget_person()) AND {IN_FORCE}"
ABOUT = "child_id = ANY (ARRAY(SELECT sight_children()))"
CHECKS = {
    "answer": f"person_id = (SELECT laget_person()) AND form IN ('own_sign_in', 'letter') AND {ABOUT}",
    "note": f"""form = 'oral' AND {ABOUT} AND noted_by_id IN ({MY_POSITIONS})
        AND (cardinality(kinds) = 0 OR NOT consents_signed(request_id, person_id))""",
    "on_paper": f"""form = 'paper' AND {ABOUT} AND (
        (cardinality(kinds) = 0 AND paper_id IS NULL AND noted_by_id IN ({MY_POSITIONS}))
        OR (checked_by_id = (SELECT laget_person()) AND NOT consents_signed(request_id, person_id) AND EXISTS (
            SELECT 1 FROM consents_paper s
            WHERE s.id = paper_id AND s.state = 'confirmed' AND s.checker_id = checked_by_id
              AND s.request_id = consents_answer.request_id AND s.person_id = consents_answer.person_id
              AND s.kinds = consents_answer.kinds AND s.position_id = noted_by_id)))""",
}


def policies(also: str) -> list[str]:
    return [f'ALTER POLICY "{name}" ON "consents_answer" WITH CHECK ({check}{also})' for name, check in CHECKS.items()]


class Migration(migrations.Migration):

    dependencies = [("consents", "0016_before_another_place")]

    operations = [
        Function("consents_decides_no_more(of_request uuid, of_person uuid)", "boolean", """
            SELECT EXISTS (
                SELECT 1 FROM consents_party p WHERE p.request_id = of_request AND p.person_id = of_person
                AND p.ended_at <= statement_timestamp() AND p.child_id IN (SELECT sight_children()))
            """, to=APP),
        migrations.RunSQL(policies(" AND NOT consents_decides_no_more(request_id, person_id)"), policies("")),
    ]
