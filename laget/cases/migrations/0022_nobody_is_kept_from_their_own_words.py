"""A text is never kept from the one who wrote it, whoever chooses its readers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_whom_a_joining_concerns")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE cases_log ADD CONSTRAINT own_words_are_read "
            "CHECK (audience <> 'not_for' OR NOT author_id = ANY (persons))",
            "ALTER TABLE cases_log DROP CONSTRAINT own_words_are_read",
        ),
    ]
