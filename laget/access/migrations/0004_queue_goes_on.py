"""A job that is tried again does not stand in the way of its next tick; and health names what is late."""

from django.db import migrations

from laget.audit.ground import Function, Replaced, Trigger


class Migration(migrations.Migration):
    dependencies = [("access", "0003_queue")]

    operations = [
        # A queueing lock keeps a second tick from waiting. The job that goes back to the queue has had its turn: were it
        # to keep the lock while its next tick waits, it could not go back, and would be "doing" for ever.
        Function("access_queue_again()", "trigger", """
            BEGIN
                IF NEW.status = 'todo' AND OLD.status <> 'todo' THEN
                    NEW.queueing_lock := NULL;
                END IF;
                RETURN NEW;
            END
            """, to="", how="LANGUAGE plpgsql"),
        Trigger("access_queue_again", "procrastinate_jobs", "BEFORE UPDATE OF status", "access_queue_again"),
        # For /healthz: whether somebody works, how long the oldest job that is due has waited, what has waited longer
        # than so many seconds, and what gave up within the hour.
        Replaced("laget.access.migrations.0003_queue", "access_queue_health"),
        Function("access_queue_health(patience integer)",
                 "TABLE (alive boolean, waited integer, late text[], failed text[])", """
            WITH due AS (
                SELECT j.task_name::text AS name, coalesce(j.scheduled_at, e.at) AS since
                FROM procrastinate_jobs j
                JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
                WHERE j.status IN ('todo', 'doing') AND coalesce(j.scheduled_at, e.at) <= now())
            SELECT EXISTS (SELECT FROM procrastinate_workers w WHERE w.last_heartbeat > now() - interval '2 minutes'),
                coalesce((SELECT extract(epoch FROM now() - min(since))::integer FROM due), 0),
                ARRAY(SELECT DISTINCT name FROM due WHERE since < now() - make_interval(secs => patience) ORDER BY 1),
                ARRAY(SELECT DISTINCT j.task_name::text FROM procrastinate_jobs j
                      JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'failed'
                      WHERE j.status = 'failed' AND e.at > now() - interval '1 hour' ORDER BY 1)
            """),
    ]
