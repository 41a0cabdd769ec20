"""Whoever gets a place back is seen by others again: the family and the team hear of it, as the one who asked does."""

from django.db import migrations

from laget.audit.ground import APP, Function

NOW = "statement_timestamp()"


class Migration(migrations.Migration):

    dependencies = [("ties", "0008_who_objects_passes_nobody_by")]

    operations = [
        # For the leader who has decided in this transaction, and at no other time: the one who put the tie forward;
        # where a place was given back, the family and the others at work around the child. Ids and capacities only.
        Function("ties_to_tell(of_tie uuid)", "TABLE (child uuid, person uuid, capacity text, why text)", f"""
            WITH decided AS (
                SELECT t.* FROM ties_tie t WHERE t.id = of_tie AND t.unit_id IN (SELECT ties_units())
                AND EXISTS (SELECT 1 FROM ties_ruling r WHERE r.tie_id = t.id AND r.by_id = laget_person()
                            AND r.at >= transaction_timestamp())),
            around AS (
                SELECT DISTINCT d.child_id, s.person_id, CASE s.kind WHEN 'service' THEN 'worker' ELSE 'citizen' END AS capacity
                FROM decided d JOIN sight_seat s ON s.child_id = d.child_id AND s.person_id NOT IN (d.worker_id, laget_person())
                 AND s.kind IN ('service', 'parent', 'guardian', 'child') AND s.since <= {NOW} AND s.until > {NOW}
                WHERE NOT sight_barred(s.child_id, s.person_id, CASE s.kind WHEN 'service' THEN 'worker' ELSE 'citizen' END))
            SELECT a.child_id, a.person_id, a.capacity, 'joined' FROM around a
            WHERE EXISTS (SELECT 1 FROM decided d JOIN sight_seat s ON s.child_id = d.child_id AND s.person_id = d.worker_id
                          WHERE s.origin = 'tie' AND s.origin_id = d.id AND s.since >= transaction_timestamp()
                          AND s.until > {NOW})
            UNION ALL
            SELECT a.child_id, a.person_id, a.capacity, 'answered' FROM around a
            JOIN decided d ON d.found = 'raised' AND d.made_by = a.person_id
            """, to=APP),
    ]
