"""Whoever works in child welfare and is only to see a signed paper has not the child's care to register."""

from django.db import migrations

from laget.audit.ground import APP, Function

CARES = """
            SELECT EXISTS (
                SELECT 1 FROM sight_held() h JOIN directory_service v ON v.id = h.service
                WHERE h.child = of_child AND v.act = 'BVL' AND ({asks} OR (h.kind = 'service' AND EXISTS (
                    SELECT 1 FROM sight_cover c WHERE c.child_id = h.child AND c.service_id = h.service
                    AND c.since <= statement_timestamp() AND c.until > statement_timestamp()))))
            """
ASKS = """(h.kind = 'asking' AND EXISTS (
                    SELECT 1 FROM sight_seat s JOIN directory_position p ON p.id = s.position_id
                    JOIN directory_unit u ON u.id = p.unit_id
                    WHERE s.child_id = h.child AND s.person_id = laget_person() AND s.kind = 'asking' AND s.origin <> 'paper'
                      AND u.service_id = h.service AND s.since <= statement_timestamp() AND s.until > statement_timestamp()))"""


def written(body: str) -> str:
    """In place of the one before it, on which policies lean."""
    made = Function("families_cares_for(of_child uuid)", "boolean", body, to=APP)
    return made.up()[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):

    dependencies = [("families", "0017_whose_place_it_is")]

    operations = [
        migrations.RunSQL(written(CARES.format(asks=ASKS)), written(CARES.format(asks="h.kind = 'asking'"))),
    ]
