"""What tells where a child is, for the second person alone: never for one who is family of the child or kept away from it."""

from django.db import migrations

from laget.audit.ground import APP, Function, Replaced


class Migration(migrations.Migration):

    dependencies = [("protection", "0010_held_mail")]

    operations = [
        Replaced("laget.protection.migrations.0010_held_mail", "protection_places_in"),
        # As before, by those who may answer it.
        Function("protection_places_in(of_proposal uuid)", "TABLE (sort text, sealed bytea)", """
            SELECT p.sort, p.sealed FROM protection_proposal q JOIN protection_place p ON p.child_id = q.child_id
            WHERE q.id = of_proposal AND q.sort IN ('release', 'mail') AND laget_capacity() = 'worker'
              AND q.asked_by_id <> laget_person() AND q.services && ARRAY(SELECT protection_services_led())
              AND q.child_id NOT IN (SELECT protection_kin())
            ORDER BY p.id
            """, to=APP),
    ]
