"""What two people release is let pass for the child that it was about, and for no other who hides in the same letter."""

from django.db import migrations

from laget.audit.ground import Function, Replaced


class Migration(migrations.Migration):

    dependencies = [("protection", "0007_closed_to_whom_nobody_knows")]

    operations = [
        Replaced("laget.protection.migrations.0003_what_leaves", "protection_places", "protection_released"),
        # As before, with whose it is.
        Function("protection_places()", "TABLE (child uuid, sort text, sealed bytea)", """
            SELECT p.child_id, p.sort, p.sealed FROM protection_place p WHERE protection_protected(p.child_id) ORDER BY p.id
            """),
        # The children for whom two people have let exactly this content leave.
        Function("protection_released(content uuid)", "SETOF uuid", """
            SELECT q.child_id FROM protection_proposal q WHERE q.sort = 'release' AND q.subject = content AND q.agreed
            """),
    ]
