"""As in the log: that something in the plan was looked through for a child is said at work, and by nobody of the family."""

from importlib import import_module

from django.db import migrations

made = import_module("laget.cases.migrations.0026_looked_at_work")
TABLES = ("goal", "measure", "revision", "evaluation", "matter")


class Migration(migrations.Migration):

    dependencies = [("plans", "0010_looked_through"), ("cases", "0026_looked_at_work")]

    operations = [
        migrations.RunSQL(made.SAYS.format(table=f"plans_{one}"), made.UNSAYS.format(table=f"plans_{one}"))
        for one in TABLES
    ]
