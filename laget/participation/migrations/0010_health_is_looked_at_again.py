"""What lets a parent know the health of a young person is decided anew before it lapses: the worker asks which do."""

from importlib import import_module

from django.db import migrations

from laget.audit.ground import WORKER, Function, Replaced

NOW = "statement_timestamp()"
BEFORE = "laget.participation.migrations.0009_health_without_proof"
SHARED = import_module(BEFORE).Migration.operations[-1]
MUST = "'health_care', 'health_unable'"
STANDS = "(held.health_until > statement_timestamp()) = (good_until > statement_timestamp()) THEN"
ANEW = f"""(held.health_until > {NOW}) = (good_until > {NOW})
                   AND NOT (helps AND held.origin IN ({MUST}) AND why IN ({MUST}) AND good_until > held.health_until) THEN"""


def with_anew() -> str:
    """As it was; who may decide that a parent must know may decide it for longer before it has ended."""
    body: str = SHARED.body
    assert body.count(STANDS) == 1
    return body.replace(STANDS, ANEW)


class Migration(migrations.Migration):

    dependencies = [("participation", "0009_health_without_proof"), ("sight", "0011_what_a_letter_opens")]

    operations = [
        Replaced(BEFORE, "participation_share_health"),
        Function(SHARED.signature, SHARED.returns, with_anew(), how=SHARED.how, to=SHARED.to),
        # What ends between two moments, unless the place itself has ended by then: who decided it, and who may now.
        Function("participation_health_ends(after_ timestamptz, before_ timestamptz)",
                 "TABLE (child uuid, ends timestamptz, decider uuid, carers uuid[])", f"""
            SELECT s.child_id, s.health_until, d.person_id, ARRAY(
                SELECT DISTINCT g.person_id FROM sight_seat g
                JOIN directory_position p ON p.id = g.position_id AND p.person_id = g.person_id
                JOIN directory_unit u ON u.id = p.unit_id JOIN directory_service v ON v.id = u.service_id
                JOIN sight_cover c ON c.child_id = g.child_id AND c.service_id = v.id AND c.kind = 'health'
                WHERE g.child_id = s.child_id AND g.kind = 'service' AND g.since <= {NOW} AND g.until > {NOW}
                  AND p.since <= {NOW} AND p.until > {NOW} AND c.since <= {NOW} AND c.until > {NOW}
                  AND v.act IN ('HOL', 'SPHL', 'PHVL', 'TANN') AND NOT sight_barred(g.child_id, g.person_id, 'worker')
                ORDER BY g.person_id)
            FROM sight_seat s LEFT JOIN directory_position d ON d.id = s.origin_id
            WHERE s.kind IN ('parent', 'guardian') AND s.origin IN ({MUST}) AND s.since <= {NOW} AND s.until > {NOW}
              AND s.until > s.health_until AND s.health_until > after_ AND s.health_until <= before_
            ORDER BY s.health_until, s.child_id, s.id
            """, to=WORKER),
    ]
