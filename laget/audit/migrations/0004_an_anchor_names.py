"""An anchor no longer opens the past: only what it declares lost is counted as never sealed."""

from django.db import migrations

from laget.audit.ground import WORKER, Function, Replaced

LATE = "interval '15 minutes'"
LOST = "(a.line::jsonb #>> '{{seal,lost_{}}}')::bigint"


class Migration(migrations.Migration):

    dependencies = [("audit", "0003_changes")]

    operations = [
        Replaced("laget.audit.migrations.0002_seals", "audit_seal_from"),
        # From when on rows may still be waiting: the last time by which all was sealed, less the grace for transactions
        # that began before it and were committed after. What an anchor declares lost was not sealed in this database.
        Function("audit_seal_from()", "timestamptz", f"""
            SELECT coalesce((
                SELECT s.through - {LATE} FROM audit_seal s
                WHERE s.through IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM audit_seal a WHERE a.sort = 'anchor'
                                  AND s.number BETWEEN {LOST.format("from")} AND {LOST.format("to")})
                ORDER BY s.number DESC LIMIT 1), '-infinity')
            """, to=WORKER),
    ]
