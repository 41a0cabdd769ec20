"""A contact is never rewritten: it ends, and another begins."""

from django.db import migrations

from laget.audit.ground import Kept, Only


class Migration(migrations.Migration):

    dependencies = [("people", "0001_initial"), ("audit", "0003_changes")]

    operations = [
        Only("people_contact", "until"),
        Kept("people_name", "given", "family", key="person_id"),
    ]
