"""A forbid may hold for one capacity: one's own family is kept away at work, and nowhere else. An emergency has a seat of its own."""

import datetime

from django.db import migrations, models

from laget.audit.ground import Function, Replaced

NOW = "statement_timestamp()"
AROUND = "child_id = ANY (ARRAY(SELECT sight_cases()))"
KNOWN = "child_id = ANY (ARRAY(SELECT sight_children()))"
MINE = "person_id = (SELECT laget_person())"


def policies(around: str, known: str) -> list[str]:
    return [
        f'ALTER POLICY "own_and_around" ON "sight_seat" USING ({MINE} OR ({around}))',
        f'ALTER POLICY "take_or_give" ON "sight_seat" WITH CHECK ({known})',
        f'ALTER POLICY "end_around" ON "sight_seat" USING ({known}) WITH CHECK (true)',
    ]


class Migration(migrations.Migration):

    dependencies = [("sight", "0004_forbids_in_one_question")]

    operations = [
        migrations.AddField("forbid", "capacity", models.CharField(blank=True, db_default="", default="", max_length=10)),
        migrations.AlterField("seat", "kind", models.CharField(choices=[("service", "Service"), ("asking", "Asking"), ("parent", "Parent"), ("child", "Child"), ("guardian", "Guardian"), ("emergency", "Emergency")], max_length=10)),
        migrations.RemoveConstraint("seat", "seat_of_a_service_has_a_position"),
        migrations.AddConstraint("seat", models.CheckConstraint(
            condition=models.Q(models.Q(("kind__in", ("service", "asking", "emergency")), ("position__isnull", False)), models.Q(("kind__in", ("parent", "child", "guardian")), ("position__isnull", True)), _connector="OR"), name="seat_of_a_service_has_a_position")),
        migrations.AddConstraint("seat", models.CheckConstraint(
            condition=models.Q(models.Q(("kind", "emergency"), _negated=True), ("until__lte", models.F("since") + datetime.timedelta(hours=4)), _connector="OR"), name="an_emergency_is_short")),
        Replaced("laget.sight.migrations.0003_had_a_place", "sight_had_place"),
        Replaced("laget.sight.migrations.0004_forbids_in_one_question", "sight_held"),
        # Last here is first when it is taken back: those above ask it.
        Replaced("laget.sight.migrations.0001_initial", "sight_forbidden"),
        # Forbids beat every permit; asked for one capacity.
        Function("sight_barred(of_child uuid, for_person uuid, in_capacity text)", "boolean", f"""
            SELECT EXISTS (SELECT 1 FROM sight_forbid f WHERE f.child_id = of_child AND f.person_id = for_person
                AND f.capacity IN ('', in_capacity) AND f.since <= {NOW} AND f.until > {NOW})
            """, to=""),
        # As family: a worker's own child is kept from the worker, and not from the parent.
        Function("sight_forbidden(of_child uuid, for_person uuid)", "boolean",
                 "SELECT sight_barred(of_child, for_person, 'citizen')", to=""),
        # As before, in the capacity of this session.
        Function("sight_held()", "TABLE (child uuid, kind text, service uuid)", f"""
            SELECT s.child_id, s.kind, u.service_id
            FROM sight_seat s
            LEFT JOIN directory_position p ON p.id = s.position_id
            LEFT JOIN directory_unit u ON u.id = p.unit_id
            WHERE s.person_id = laget_person() AND s.since <= {NOW} AND s.until > {NOW}
              AND CASE laget_capacity()
                    WHEN 'citizen' THEN s.kind IN ('parent', 'child', 'guardian')
                    WHEN 'worker' THEN s.kind IN ('service', 'asking') AND p.person_id = s.person_id
                                       AND p.since <= {NOW} AND p.until > {NOW}
                    ELSE false END
              AND NOT EXISTS (SELECT 1 FROM sight_forbid f WHERE f.child_id = s.child_id AND f.person_id = s.person_id
                              AND f.capacity IN ('', laget_capacity()) AND f.since <= {NOW} AND f.until > {NOW})
            """),
        Function("sight_had_place(of_child uuid)", "boolean", """
            SELECT laget_capacity() IS NOT DISTINCT FROM 'system' OR EXISTS (
                SELECT 1 FROM sight_seat s WHERE s.child_id = of_child AND s.person_id = laget_person()
                AND s.until >= transaction_timestamp() AND NOT sight_barred(s.child_id, s.person_id, laget_capacity())
                AND CASE laget_capacity() WHEN 'citizen' THEN s.kind IN ('parent', 'child', 'guardian')
                                          ELSE s.kind IN ('service', 'asking') END)
            """, to=""),
        # Children opened by the actor in an emergency, and by which opening. It gives no place in the case: what it opens
        # is read by functions of the room that owns the opening, and nothing can be written by it.
        Function("sight_opened()", "TABLE (child uuid, opening uuid)", f"""
            SELECT s.child_id, s.origin_id FROM sight_seat s JOIN directory_position p ON p.id = s.position_id
            WHERE laget_capacity() = 'worker' AND s.kind = 'emergency' AND s.person_id = laget_person()
              AND p.person_id = s.person_id AND s.since <= {NOW} AND s.until > {NOW} AND p.since <= {NOW} AND p.until > {NOW}
              AND NOT sight_barred(s.child_id, s.person_id, 'worker')
            """, to=""),
        migrations.RunSQL(
            policies(f"kind <> 'emergency' AND {AROUND}", f"kind <> 'emergency' AND {KNOWN}"), policies(AROUND, KNOWN)
        ),
    ]
