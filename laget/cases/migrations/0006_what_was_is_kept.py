"""The words of an answer to an offer keep what they were."""

from django.db import migrations

from laget.audit.ground import Kept


class Migration(migrations.Migration):

    dependencies = [("cases", "0005_closed_is_asked_anew"), ("audit", "0003_changes")]

    operations = [
        Kept("cases_offer", "answer_words"),
    ]
