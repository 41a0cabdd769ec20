"""A child that is asked for its consent gets no place by that: the place is opened face to face."""

from django.db import migrations

from laget.audit.ground import Replaced


class Migration(migrations.Migration):

    dependencies = [("families", "0008_asked_to_be_told")]

    operations = [
        # Going back makes the function, and takes from the worker what 0004 had taken.
        migrations.RunSQL(migrations.RunSQL.noop, "REVOKE EXECUTE ON FUNCTION families_seat_child(uuid) FROM laget_worker"),
        Replaced("laget.families.migrations.0002_typed_and_reachable", "families_seat_child"),
    ]
