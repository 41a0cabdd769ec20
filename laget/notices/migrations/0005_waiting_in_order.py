"""What waits to be sent is found in order, whatever has been sent before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_held_while_it_is_sent")]

    operations = [
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["made_at", "id"], name="notices_waiting"
            ),
        ),
    ]
