"""Consequences that an act has for a child are asked for by those who had a place around it when they acted."""

from django.db import migrations

from laget.audit.ground import Function


class Migration(migrations.Migration):

    dependencies = [("sight", "0002_named")]

    operations = [
        # Had the actor a place around this child when this transaction began? The house itself always has: what happens
        # because a day has come. For functions that act or answer also when the act has just ended the actor's sight.
        Function("sight_had_place(of_child uuid)", "boolean", """
            SELECT laget_capacity() IS NOT DISTINCT FROM 'system' OR EXISTS (
                SELECT 1 FROM sight_seat s WHERE s.child_id = of_child AND s.person_id = laget_person()
                AND s.until >= transaction_timestamp() AND NOT sight_forbidden(s.child_id, s.person_id)
                AND CASE laget_capacity() WHEN 'citizen' THEN s.kind IN ('parent', 'child', 'guardian')
                                          ELSE s.kind IN ('service', 'asking') END)
            """, to=""),
    ]
