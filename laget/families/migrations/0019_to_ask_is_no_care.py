"""Whoever works in child welfare and only asks about a child has not its care to register: who answers has, or takes part."""

from importlib import import_module

from django.db import migrations

before = import_module("laget.families.migrations.0018_to_see_a_paper_is_no_care")
ANSWERS = before.ASKS.replace("s.origin <> 'paper'", "s.origin = 'care'")
assert ANSWERS != before.ASKS


class Migration(migrations.Migration):

    dependencies = [("families", "0018_to_see_a_paper_is_no_care")]

    operations = [
        migrations.RunSQL(
            before.written(before.CARES.format(asks=ANSWERS)), before.written(before.CARES.format(asks=before.ASKS))
        ),
    ]
