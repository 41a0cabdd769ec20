"""Whoever is too close to a family, or kept away from it, is not asked to see what it has signed."""

from django.db import migrations

from laget.audit.ground import APP, Function


class Migration(migrations.Migration):

    dependencies = [("consents", "0019_child_welfare_answers"), ("sight", "0008_given_without_being_read_back")]

    operations = [
        Function("consents_impartial(of_child uuid, people uuid[])", "SETOF uuid", """
            SELECT one FROM unnest(people) AS one
            WHERE laget_capacity() = 'worker' AND of_child IN (SELECT sight_children())
              AND NOT EXISTS (SELECT 1 FROM directory_selves(one) me WHERE sight_barred(of_child, me, 'worker')
                              OR EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = of_child AND s.person_id = me
                                         AND s.kind IN ('parent', 'child', 'guardian')))
            """, to=APP),
    ]
