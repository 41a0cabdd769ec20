"""A file on an entry is seen by whoever reads the entry, and added by its author."""

from django.db import migrations

from laget.audit.ground import Permit, Policy


class Migration(migrations.Migration):

    dependencies = [("cases", "0017_a_leader_names_another"), ("documents", "0001_initial")]

    operations = [
        Permit("documents_file",
               Policy("of_an_entry", "SELECT", using="sort = 'entry' AND EXISTS "
                      "(SELECT 1 FROM cases_log e WHERE e.id = documents_file.of)"),
               Policy("add_to_entry", "INSERT", check="sort = 'entry' AND by_id = (SELECT laget_person()) AND EXISTS "
                      "(SELECT 1 FROM cases_log e WHERE e.id = documents_file.of "
                      "AND e.author_id = documents_file.by_id AND e.child_id = documents_file.child_id)")),
    ]
