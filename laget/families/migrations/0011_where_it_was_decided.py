"""Whoever takes a right away, or gives it back, says where that was decided."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("families", "0010_a_parent_added")]

    operations = [
        migrations.AddConstraint("informationright", models.CheckConstraint(condition=models.Q(("reference", ""), _negated=True), name="decided_somewhere")),
    ]
