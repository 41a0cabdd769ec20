"""On the pages a position only ends. What the owner corrects keeps what it was."""

from django.db import migrations

from laget.audit.ground import Kept, Only


class Migration(migrations.Migration):

    dependencies = [("directory", "0003_account"), ("audit", "0003_changes")]

    operations = [
        Only("directory_service"),
        Only("directory_unit"),
        Only("directory_position", "until"),
        Kept("directory_service", "name", "act", "sort", "private"),
        Kept("directory_unit", "name", "service_id"),
        Kept("directory_position", "person_id", "unit_id", "title", "phone", "leads", "administers"),
    ]
