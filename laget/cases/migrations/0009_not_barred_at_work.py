"""Whoever is kept away at work carries no baton."""

from django.db import migrations

from laget.audit.ground import Function, Replaced


class Migration(migrations.Migration):

    dependencies = [("cases", "0008_who_reads_a_text"), ("sight", "0005_at_work_and_in_an_emergency")]

    operations = [
        Replaced("laget.cases.migrations.0004_by_the_clock_after_the_wait", "cases_able"),
        # As before; forbids are those that hold at work.
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
                  AND NOT sight_barred(of_child, p.person_id, 'worker'))
            """, to=""),
        # The open case of a child from whom somebody is kept away: for whoever's act has just kept that one away, who may
        # see nothing of it (a leader, the register), and for the house itself.
        Function("cases_of_shut_out(of_child uuid, of_worker uuid)", "SETOF uuid", """
            SELECT c FROM cases_open_of(of_child) AS c
            WHERE laget_capacity() IS NOT DISTINCT FROM 'system' OR EXISTS (
                SELECT 1 FROM sight_forbid f WHERE f.child_id = of_child AND f.person_id = of_worker
                AND f.since >= transaction_timestamp())
            """),
    ]
