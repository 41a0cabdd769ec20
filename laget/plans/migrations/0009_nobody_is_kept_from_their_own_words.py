"""A goal, a measure and what matters are never kept from the one who wrote them, whoever chooses their readers."""

from django.db import migrations

AUTHORS = {"goal": "agreed_by_id", "measure": "agreed_by_id", "matter": "by_id"}


class Migration(migrations.Migration):
    dependencies = [("plans", "0008_looked_at_again")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE plans_{table} ADD CONSTRAINT own_{table}_is_read "
            f"CHECK (audience <> 'not_for' OR NOT {author} = ANY (persons))",
            f"ALTER TABLE plans_{table} DROP CONSTRAINT own_{table}_is_read",
        )
        for table, author in AUTHORS.items()
    ]
