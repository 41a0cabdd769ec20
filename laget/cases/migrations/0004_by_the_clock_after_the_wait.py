"""Whether a position may hold is asked by the clock as it is now: one who waited for the case sees what the other did."""

from django.db import migrations

from laget.audit.ground import Function, Replaced


class Migration(migrations.Migration):

    dependencies = [("cases", "0003_nobody_speaks_for_another")]

    operations = [
        Replaced("laget.cases.migrations.0002_who_would_be_heir", "cases_able"),
        # May this position carry the baton: it lasts, its service has a cover (or would, without one service), nothing
        # forbids, and (if asked) it is seated. A statement that has waited began before the seat it waited for.
        Function("cases_able(of_child uuid, of_position uuid, seated boolean, without uuid)", "boolean", """
            SELECT EXISTS (
                SELECT 1 FROM directory_position p JOIN directory_unit u ON u.id = p.unit_id
                WHERE p.id = of_position AND p.since <= clock_timestamp() AND p.until > clock_timestamp()
                  AND u.service_id IS DISTINCT FROM without
                  AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.child_id = of_child AND c.service_id = u.service_id
                              AND c.kind = 'identity' AND c.since <= clock_timestamp() AND c.until > clock_timestamp())
                  AND (NOT seated OR EXISTS (
                        SELECT 1 FROM sight_seat s WHERE s.child_id = of_child AND s.position_id = p.id
                        AND s.kind = 'service' AND s.since <= clock_timestamp() AND s.until > clock_timestamp()))
                  AND NOT sight_forbidden(of_child, p.person_id))
            """, to=""),
    ]
