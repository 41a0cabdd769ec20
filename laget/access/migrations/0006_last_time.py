"""Whoever signs in is told when they were here last, so that they see when it was somebody else."""

from django.db import migrations

from laget.audit.ground import Function


class Migration(migrations.Migration):

    dependencies = [("access", "0005_only_what_is_sent"), ("audit", "0003_changes")]

    operations = [
        Function("access_last_signed_in()", "timestamptz", """
            SELECT max(at) FROM audit_entry
            WHERE person = laget_person() AND capacity = laget_capacity() AND event = 'access.signed_in'
            """, to="laget_app"),
    ]
