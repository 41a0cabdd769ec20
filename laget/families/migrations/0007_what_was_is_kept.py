"""A birth date that is corrected keeps what it was."""

from django.db import migrations

from laget.audit.ground import Kept


class Migration(migrations.Migration):

    dependencies = [("families", "0006_siblings_of_those_one_helps"), ("audit", "0003_changes")]

    operations = [
        Kept("families_child", "born", "expected", key="person_id"),
    ]
