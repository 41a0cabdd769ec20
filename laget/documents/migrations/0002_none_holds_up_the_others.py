"""A file that the scanner never answers for holds up no other; how long the oldest waits, and the room that all take, is told."""

from django.db import migrations

from laget.audit.ground import APP, WORKER, Function, Replaced


class Migration(migrations.Migration):

    dependencies = [("documents", "0001_initial")]

    operations = [
        Replaced("laget.documents.migrations.0001_initial", "documents_waiting"),
        # For the worker, as before but drawn by lot: five that get no answer would else stand first for ever.
        Function("documents_waiting()", "TABLE (file uuid, child uuid, sealed bytea)", """
            SELECT f.id, f.child_id, c.sealed FROM documents_file f JOIN documents_content c ON c.file_id = f.id
            WHERE f.state = 'waiting' ORDER BY random() LIMIT 5
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=WORKER),
        # Figures alone, for those who run the machine.
        Function("documents_health()", "TABLE (waited integer, bytes bigint)", """
            SELECT coalesce(extract(epoch FROM statement_timestamp()
                            - (SELECT min(f.at) FROM documents_file f WHERE f.state = 'waiting')), 0)::int,
                   pg_total_relation_size('documents_content')
            """, to=f"{APP}, {WORKER}"),
    ]
