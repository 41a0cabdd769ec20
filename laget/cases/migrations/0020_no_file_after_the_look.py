"""Nothing is added to an entry that was looked through before its child could read it."""

from django.db import migrations

CHECK = (
    "sort = 'entry' AND by_id = (SELECT laget_person()) AND EXISTS (SELECT 1 FROM cases_log e "
    "WHERE e.id = documents_file.of AND e.author_id = documents_file.by_id AND e.child_id = documents_file.child_id{})"
)


class Migration(migrations.Migration):

    dependencies = [("cases", "0019_looked_through"), ("documents", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f'ALTER POLICY "add_to_entry" ON "documents_file" WITH CHECK ({CHECK.format(" AND e.looked_at IS NULL")})',
            f'ALTER POLICY "add_to_entry" ON "documents_file" WITH CHECK ({CHECK.format("")})',
        ),
    ]
