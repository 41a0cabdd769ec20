"""A consent is asked for anew before the child begins in another place."""

from django.db import migrations, models

from laget.audit.ground import WORKER, Function

FOREVER = "timestamptz '9999-01-01 00:00+00'"


class Migration(migrations.Migration):

    dependencies = [("consents", "0015_what_it_is_about")]

    operations = [
        migrations.AlterField(
            "renewal", "cause",
            models.CharField(
                max_length=30,
                choices=[("period_ended", "Period Ended"), ("birthday", "Birthday"),
                         ("holder_changes_service", "Holder Changes Service"), ("new_level", "New Level"),
                         ("transition", "Transition"), ("responsibility", "Responsibility")],
            ),
        ),
        # For the worker: what gives sight around children of a year who begin elsewhere on by_day, asked before the day from
        # which it is asked anew, and not asked anew since. The rows made, each a task.
        Function("consents_ask_before_moving(of_year integer, asked_from timestamptz, by_day date)",
                 "TABLE (renewal uuid, request uuid, child uuid, asked_by uuid)", f"""
            WITH made AS (
                INSERT INTO consents_renewal (id, request_id, child_id, service_id, kinds, reach, cause, due, at)
                SELECT gen_random_uuid(), r.id, r.child_id, r.service_id, r.kinds, r.reach, 'transition',
                       least(r.until, by_day), statement_timestamp()
                FROM consents_request r JOIN families_child k ON k.person_id = r.child_id
                WHERE extract(year FROM k.born) = of_year AND r.ended_at = {FOREVER} AND r.asked_at < asked_from
                  AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.origin = 'consent' AND c.origin_id = r.id
                              AND c.since <= statement_timestamp() AND c.until > statement_timestamp())
                  AND NOT EXISTS (SELECT 1 FROM consents_request q WHERE q.child_id = r.child_id
                                  AND q.service_id = r.service_id AND q.asked_at > r.asked_at AND q.ended_at = {FOREVER})
                  AND NOT EXISTS (SELECT 1 FROM consents_renewal w WHERE w.request_id = r.id AND w.cause = 'transition'
                                  AND w.at >= asked_from)
                ON CONFLICT (request_id) WHERE done_at IS NULL DO NOTHING
                RETURNING id, request_id, child_id)
            SELECT m.id, m.request_id, m.child_id, r.asked_by_id FROM made m JOIN consents_request r ON r.id = m.request_id
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=WORKER),
    ]
