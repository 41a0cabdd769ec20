"""A scan of an answer on paper is seen by the two who see the answer, and added by the one who registered it."""

from django.db import migrations

from laget.audit.ground import Permit, Policy


class Migration(migrations.Migration):

    dependencies = [("consents", "0011_on_paper"), ("documents", "0001_initial")]

    operations = [
        Permit("documents_file",
               Policy("of_a_paper", "SELECT", using="sort = 'paper' AND EXISTS "
                      "(SELECT 1 FROM consents_paper p WHERE p.id = documents_file.of)"),
               Policy("add_to_paper", "INSERT", check="sort = 'paper' AND by_id = (SELECT laget_person()) AND EXISTS "
                      "(SELECT 1 FROM consents_paper p WHERE p.id = documents_file.of AND p.state = 'waiting' "
                      "AND p.by_id = documents_file.by_id AND p.child_id = documents_file.child_id)")),
    ]
