"""A place can be given to somebody whose place the giver does not see: the row isn't asked for back."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("sight", "0007_reads_from")]

    operations = [
        # The default stays in PostgreSQL, where functions of the database write places too.
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.AlterField("seat", "reads_from", models.DateTimeField(
                default=datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
        ]),
    ]
