"""The queue of jobs: the web may put a job on it and nothing else, the worker works it off; and what is tidied away."""

from django.db import migrations

from laget.audit.ground import Function, Open

DEFER = "procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])"
TABLES = ("jobs", "events", "workers", "periodic_defers")


class Migration(migrations.Migration):
    dependencies = [("access", "0002_sign_in"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        *(
            Open(f"procrastinate_{name}", worker="SELECT, INSERT, UPDATE, DELETE")
            for name in TABLES
        ),
        *(
            migrations.RunSQL(
                f"GRANT USAGE ON SEQUENCE procrastinate_{name}_id_seq TO laget_worker",
                f"REVOKE ALL ON SEQUENCE procrastinate_{name}_id_seq FROM laget_worker",
            )
            for name in TABLES
        ),
        # Putting a job on the queue is all that the web can do with it: it can neither read nor change one.
        migrations.RunSQL(
            [
                f"ALTER FUNCTION {DEFER} SECURITY DEFINER",
                f"ALTER FUNCTION {DEFER} SET search_path = public, pg_temp",
                f"REVOKE ALL ON FUNCTION {DEFER} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {DEFER} TO laget_app, laget_worker",
            ],
            [
                f"ALTER FUNCTION {DEFER} SECURITY INVOKER",
                f"ALTER FUNCTION {DEFER} RESET search_path",
                f"REVOKE ALL ON FUNCTION {DEFER} FROM laget_app, laget_worker",
                f"GRANT EXECUTE ON FUNCTION {DEFER} TO PUBLIC",
            ],
        ),
        # For /healthz: whether somebody works, how long the oldest job that is due has waited, and what gave up within the hour.
        Function("access_queue_health()", "TABLE (alive boolean, waited integer, failed text[])", """
            SELECT EXISTS (SELECT FROM procrastinate_workers w WHERE w.last_heartbeat > now() - interval '1 minute'),
                coalesce((SELECT extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at)))::integer
                          FROM procrastinate_jobs j
                          JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
                          WHERE j.status IN ('todo', 'doing') AND coalesce(j.scheduled_at, e.at) <= now()), 0),
                ARRAY(SELECT DISTINCT j.task_name::text FROM procrastinate_jobs j
                      JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'failed'
                      WHERE j.status = 'failed' AND e.at > now() - interval '1 hour' ORDER BY 1)
            """),
        Function("access_tidy(receipts_before timestamptz)", "void", """
            DELETE FROM access_draft WHERE until <= statement_timestamp();
            DELETE FROM access_receipt WHERE at < receipts_before;
            DELETE FROM django_session WHERE expire_date < statement_timestamp();
            DELETE FROM procrastinate_jobs j WHERE j.status NOT IN ('todo', 'doing')
                AND NOT EXISTS (SELECT FROM procrastinate_events e
                                WHERE e.job_id = j.id AND e.at > statement_timestamp() - interval '7 days');
            """, to="laget_worker", how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
    ]
