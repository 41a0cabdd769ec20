"""The web puts e-mails that wait on the queue, and no other job; and what came to an end by the clock leaves a trace."""

from django.db import migrations

from laget.audit.ground import Function, Open

DEFER = "procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])"


class Migration(migrations.Migration):
    dependencies = [("access", "0004_queue_goes_on")]

    operations = [
        # With the queue's own function the web could choose a job's name, lock and time: one that is due in ten years
        # and holds the lock of a job that comes by the clock would stop that job for ten years.
        migrations.RunSQL(
            f"REVOKE EXECUTE ON FUNCTION {DEFER} FROM laget_app",
            f"GRANT EXECUTE ON FUNCTION {DEFER} TO laget_app",
        ),
        Function("access_send_soon(dispatches uuid[])", "void", """
            INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args)
            SELECT 'default', 'notices.send', 0, jsonb_build_object('dispatch', one)
            FROM unnest(dispatches) AS one
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
        # A job that succeeds is deleted from the queue. When each job of the clock last came to its end stands here.
        migrations.RunSQL(
            "CREATE TABLE access_finished (task varchar(100) PRIMARY KEY, at timestamptz NOT NULL)",
            "DROP TABLE access_finished",
        ),
        Open("access_finished", app="SELECT", worker="SELECT, INSERT, UPDATE"),
    ]
