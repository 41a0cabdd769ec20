"""Whom the register has shut out is given to the act that made it known, or to the house itself, and to nobody else."""

from django.db import migrations

from laget.audit.ground import APP, WORKER, Function, Replaced


class Migration(migrations.Migration):

    dependencies = [("ties", "0001_initial")]

    operations = [
        Replaced("laget.ties.migrations.0001_initial", "ties_untold"),
        Function("ties_untold()", "TABLE (tie uuid, child uuid, worker uuid)", """
            UPDATE ties_tie t SET told_at = statement_timestamp()
            WHERE t.told_at IS NULL AND (laget_capacity() = 'system'
                  OR (laget_capacity() IS NOT NULL AND t.made_at >= transaction_timestamp()))
            RETURNING t.id, t.child_id, t.worker_id
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=f"{APP}, {WORKER}"),
    ]
