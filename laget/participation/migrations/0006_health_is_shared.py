"""From 16 a young person says who at home knows about its health; one who helps it says who must, or for whom it can't."""

from django.db import migrations

from laget.audit.ground import APP, Function

NOW = "statement_timestamp()"
HEALTH_ACTS = "'HOL', 'SPHL', 'PHVL', 'TANN'"


class Migration(migrations.Migration):

    dependencies = [
        ("participation", "0005_what_was_before_is_looked_through"),
        ("families", "0014_health_passes"),
        ("sight", "0009_health_until"),
    ]

    operations = [
        # A parent's place ends, and begins anew as it was but for the health: until `until`, or no more from now. By the
        # young person itself from the day it decides; for a service under a health act that may know its health only to
        # let a parent know. `why` is kept as the origin of the new place. False when it stands as asked already.
        Function("participation_share_health(of_child uuid, with_person uuid, good_until timestamptz, why text, "
                 "from_position uuid)", "boolean", f"""
            DECLARE
                me uuid := laget_person();
                itself boolean := laget_capacity() IS NOT DISTINCT FROM 'citizen' AND of_child = me
                    AND coalesce(of_child = ANY (ARRAY(SELECT sight_cases())), false);
                helps boolean := laget_capacity() IS NOT DISTINCT FROM 'worker' AND good_until <= {NOW} + interval '366 days'
                    AND (why IN ('health_care', 'health_unable') OR why = 'health_ended' AND good_until <= {NOW})
                    AND EXISTS (
                        SELECT 1 FROM sight_seat s
                        JOIN directory_position p ON p.id = s.position_id AND p.person_id = s.person_id
                        JOIN directory_unit u ON u.id = p.unit_id JOIN directory_service v ON v.id = u.service_id
                        JOIN sight_cover c ON c.child_id = s.child_id AND c.service_id = v.id AND c.kind = 'health'
                        WHERE s.child_id = of_child AND s.person_id = me AND s.position_id = from_position
                          AND s.kind = 'service' AND s.since <= {NOW} AND s.until > {NOW}
                          AND p.since <= {NOW} AND p.until > {NOW} AND c.since <= {NOW} AND c.until > {NOW}
                          AND v.act IN ({HEALTH_ACTS}) AND NOT sight_barred(of_child, me, 'worker'));
                held sight_seat%ROWTYPE;
                new_one uuid := gen_random_uuid();
            BEGIN
                IF NOT (itself AND why IN ('health_shared', 'health_closed') OR helps)
                   OR coalesce(families_health_passes(of_child), 'infinity') > {NOW} THEN
                    RAISE EXCEPTION 'health is shared by the young person itself' USING ERRCODE = 'insufficient_privilege';
                END IF;
                SELECT * INTO held FROM sight_seat s
                WHERE s.child_id = of_child AND s.person_id = with_person AND s.kind IN ('parent', 'guardian')
                  AND s.since <= {NOW} AND s.until > {NOW}
                ORDER BY s.health_until DESC, s.id LIMIT 1 FOR UPDATE;
                IF NOT FOUND OR (held.health_until > {NOW}) = (good_until > {NOW}) THEN
                    RETURN false;
                END IF;
                -- Each takes back what it has said itself, and nobody what the other has.
                IF good_until <= {NOW} AND itself = (held.origin IN ('health_care', 'health_unable')) THEN
                    RAISE EXCEPTION 'only the one who said it takes it back' USING ERRCODE = 'insufficient_privilege';
                END IF;
                UPDATE sight_seat s SET until = greatest(s.since, {NOW})
                WHERE s.child_id = of_child AND s.person_id = with_person AND s.kind IN ('parent', 'guardian')
                  AND s.since <= {NOW} AND s.until > {NOW};
                INSERT INTO sight_seat (id, child_id, since, until, origin, origin_id, kind, person_id, position_id, reads_from)
                VALUES (new_one, of_child, {NOW}, held.until, why, coalesce(from_position, of_child), held.kind,
                        with_person, NULL, held.reads_from);
                -- A place begins as the birthday says; this one as somebody who may has said.
                UPDATE sight_seat s SET health_until = good_until WHERE s.id = new_one;
                RETURN true;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
    ]
