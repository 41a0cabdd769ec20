import datetime
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import APP, WORKER, Function, Guard, Policy

NOW = "statement_timestamp()"
FOREVER = "timestamptz '9999-01-01 00:00+00'"
ME = "(SELECT laget_person())"
VOLATILE = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"
CURRENT = f"p.since <= {NOW} AND p.until > {NOW}"
NOT_OWN = f"worker_id <> {ME} AND child_id <> ALL (ARRAY(SELECT ties_barred()))"
SEEN = "EXISTS (SELECT 1 FROM emergency_opening o WHERE o.id = opening_id) AND (SELECT laget_capacity()) = 'worker'"


def person(name: str = "person") -> tuple[str, models.ForeignKey]:
    return (name, models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"))


def of_opening(related: str) -> tuple[str, models.ForeignKey]:
    return ("opening", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related, to="emergency.opening"))


KEY = ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False))


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("audit", "0001_initial"),
        ("cases", "0009_not_barred_at_work"),
        ("directory", "0008_which_human"),
        ("people", "0002_a_contact_ends"),
        ("protection", "0002_addresses"),
        ("sight", "0005_at_work_and_in_an_emergency"),
        ("ties", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                KEY,
                ("reason", models.CharField(max_length=10)),
                ("words", models.TextField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("opened_at", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("due", models.DateField()),
                ("told_from", models.DateTimeField(default=datetime.datetime(9999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))),
                ("told_at", models.DateTimeField(null=True)),
                ("reminded_at", models.DateTimeField(null=True)),
                person("child"),
                ("position", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.position")),
                ("unit", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit")),
                person("worker"),
            ],
            options={"indexes": [models.Index(fields=["asked_at"], name="emergency_by_time"), models.Index(fields=["worker", "asked_at"], name="emergency_by_worker")]},
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[KEY, ("until", models.DateTimeField()), ("reason", models.TextField()),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)), person("by"), of_opening("holds")],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[KEY, ("outcome", models.CharField(max_length=10)), ("words", models.TextField()),
                    ("at", models.DateTimeField(default=django.utils.timezone.now)), person("by"), of_opening("reviews")],
        ),
        Function("emergency_protects()", "boolean", f"""
            SELECT laget_capacity() IS NOT DISTINCT FROM 'worker' AND EXISTS (
                SELECT 1 FROM directory_position p WHERE p.person_id = laget_person() AND p.protects AND {CURRENT})
            """),
        Guard("emergency_opening",
              Policy("own", "SELECT", using=f"worker_id = {ME} AND (SELECT laget_capacity()) = 'worker' "
                     "AND child_id <> ALL (ARRAY(SELECT ties_barred()))"),
              Policy("leads", "SELECT", using=f"unit_id = ANY (ARRAY(SELECT ties_units())) AND {NOT_OWN}"),
              Policy("controls", "SELECT", using=f"(SELECT emergency_protects()) AND {NOT_OWN}"),
              Policy("family", "SELECT", using=f"(SELECT laget_capacity()) = 'citizen' AND told_from <= {NOW} "
                     "AND child_id = ANY (ARRAY(SELECT sight_cases()))"),
              Policy("jobs_find", "SELECT", using="true", to=WORKER),
              Policy("jobs_told", "UPDATE", using="true", to=WORKER),
              app="SELECT", worker="SELECT (id, child_id, asked_at, opened_at, told_from, told_at, due, reminded_at), "
                     "UPDATE (told_at, reminded_at)"),
        Guard("emergency_hold", Policy("of_an_opening", "SELECT", using=SEEN), app="SELECT"),
        Guard("emergency_review", Policy("of_an_opening", "SELECT", using=SEEN),
              Policy("jobs", "SELECT", using="true", to=WORKER), app="SELECT", worker="SELECT (id, opening_id, outcome)"),
        # Step one: is there something, and from which sorts of services? Counted, and kept whether it is opened or not. The
        # same silence for a child that is not here, one without anything, and one from whom the asker is kept away: a
        # conflict of interest is not gone round by an emergency. The family knows of it once it can be opened no more: by
        # then the one who asked has opened it, and has said whether the family must wait.
        Function("emergency_ask(its_index bytea, of_position uuid, what text, why text, review_by date)", "uuid", f"""
            DECLARE
                me uuid := laget_person();
                found uuid;
                made uuid := gen_random_uuid();
            BEGIN
                IF laget_capacity() IS DISTINCT FROM 'worker' OR NOT EXISTS (
                    SELECT 1 FROM directory_position p JOIN directory_unit u ON u.id = p.unit_id
                    JOIN directory_service v ON v.id = u.service_id
                    WHERE p.id = of_position AND p.person_id = me AND v.act <> '' AND {CURRENT}) THEN
                    RAISE EXCEPTION 'only one who works with children' USING ERRCODE = 'insufficient_privilege';
                END IF;
                INSERT INTO people_lookup (id, person, at) VALUES (gen_random_uuid(), me, {NOW});
                IF (SELECT count(*) FROM people_lookup l WHERE l.person = me AND l.at > {NOW} - interval '1 hour') > 10 THEN
                    RAISE EXCEPTION 'too many look-ups in an hour' USING ERRCODE = 'program_limit_exceeded';
                END IF;
                SELECT c.person_id INTO found FROM people_nationalnumber n JOIN families_child c ON c.person_id = n.person_id
                JOIN cases_case k ON k.child_id = c.person_id
                WHERE n.index = its_index AND NOT sight_barred(c.person_id, me, 'worker');
                IF found IS NULL THEN RETURN NULL; END IF;
                INSERT INTO emergency_opening (id, child_id, worker_id, position_id, unit_id, reason, words, asked_at, due, told_from)
                VALUES (made, found, me, of_position, ties_unit_for(of_position, me, found), what, why, {NOW}, review_by,
                        {NOW} + interval '30 minutes');
                RETURN made;
            END
            """, how=VOLATILE, to=APP),
        # The sorts of services that know something about the child, for the one who has just asked, and for nobody who is
        # kept away: an old question is not asked again without being counted.
        Function("emergency_behind(of_opening uuid)", "SETOF text", f"""
            SELECT DISTINCT v.sort::text FROM emergency_opening o
            JOIN (SELECT c.child_id, c.service_id FROM sight_cover c WHERE c.since <= {NOW} AND c.until > {NOW}
                  UNION SELECT k.child_id, k.service_id FROM cases_case k) s ON s.child_id = o.child_id
            JOIN directory_service v ON v.id = s.service_id
            WHERE o.id = of_opening AND o.worker_id = laget_person() AND laget_capacity() = 'worker'
              AND o.opened_at IS NULL AND o.asked_at > {NOW} - interval '30 minutes'
              AND NOT sight_barred(o.child_id, o.worker_id, 'worker') ORDER BY 1
            """, to=APP),
        # Step two: a seat of its own for four hours. The one who opens may keep it from the family for two days, with a
        # reason, until others decide.
        Function("emergency_open(of_opening uuid, wait_because text)", "timestamptz", f"""
            DECLARE
                o emergency_opening;
                ends timestamptz := {NOW} + interval '4 hours';
            BEGIN
                SELECT * INTO o FROM emergency_opening WHERE id = of_opening FOR UPDATE;
                IF o.worker_id IS DISTINCT FROM laget_person() OR laget_capacity() IS DISTINCT FROM 'worker'
                   OR o.opened_at IS NOT NULL OR o.asked_at < {NOW} - interval '30 minutes'
                   OR sight_barred(o.child_id, o.worker_id, 'worker') OR NOT EXISTS (
                       SELECT 1 FROM directory_position p WHERE p.id = o.position_id AND p.person_id = o.worker_id AND {CURRENT}) THEN
                    RAISE EXCEPTION 'only what one has just asked for' USING ERRCODE = 'insufficient_privilege';
                END IF;
                UPDATE emergency_opening SET opened_at = {NOW}, until = ends,
                    told_from = CASE WHEN wait_because = '' THEN {NOW} ELSE {NOW} + interval '48 hours' END
                WHERE id = o.id;
                IF wait_because <> '' THEN
                    INSERT INTO emergency_hold (id, opening_id, until, reason, by_id, at)
                    VALUES (gen_random_uuid(), o.id, {NOW} + interval '48 hours', wait_because, o.worker_id, {NOW});
                END IF;
                INSERT INTO sight_seat (id, child_id, since, until, origin, origin_id, kind, person_id, position_id)
                VALUES (gen_random_uuid(), o.child_id, {NOW}, ends, 'emergency', o.id, 'emergency', o.worker_id, o.position_id);
                RETURN ends;
            END
            """, how=VOLATILE, to=APP),
        # The one who opened is done: the seat ends now.
        Function("emergency_end(of_opening uuid)", "boolean", f"""
            WITH ended AS (
                UPDATE emergency_opening o SET until = {NOW} WHERE o.id = of_opening AND o.worker_id = laget_person()
                AND o.until > {NOW} RETURNING o.id), seat AS (
                UPDATE sight_seat s SET until = greatest({NOW}, s.since) FROM ended
                WHERE s.origin_id = ended.id AND s.kind = 'emergency' AND s.until > {NOW} RETURNING 1)
            SELECT EXISTS (SELECT 1 FROM seat)
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=APP),
        # Whether the one who acts opened it, leads where it was opened, or controls.
        Function("emergency_concerns(of_opening uuid)", "boolean", f"""
            SELECT laget_capacity() IS NOT DISTINCT FROM 'worker' AND EXISTS (
                SELECT 1 FROM emergency_opening o WHERE o.id = of_opening AND (o.worker_id = laget_person() OR (
                    (emergency_protects() OR o.unit_id IN (SELECT ties_units()))
                    AND o.child_id NOT IN (SELECT ties_barred()))))
            """, to=""),
        Function("emergency_controls(of_opening uuid)", "boolean", f"""
            SELECT emergency_concerns(of_opening) AND NOT EXISTS (
                SELECT 1 FROM emergency_opening o WHERE o.id = of_opening AND o.worker_id = laget_person())
            """, to=""),
        # Who is told: the leaders of the unit and the officers (never the one who opened, never one kept away); the
        # holder of the baton; the family, once it may know. Ids only.
        Function("emergency_to_tell(of_opening uuid)", "TABLE (person uuid, part text)", f"""
            SELECT DISTINCT p.person_id, CASE WHEN p.protects THEN 'control' ELSE 'leader' END
            FROM emergency_opening o JOIN directory_position p ON {CURRENT} AND p.person_id <> o.worker_id
             AND (p.protects OR (p.leads AND p.unit_id = o.unit_id))
            WHERE o.id = of_opening AND NOT sight_barred(o.child_id, p.person_id, 'worker')
              AND (laget_capacity() = 'system' OR emergency_concerns(o.id))
            UNION
            SELECT DISTINCT s.person_id, 'family' FROM emergency_opening o JOIN sight_seat s ON s.child_id = o.child_id
            WHERE o.id = of_opening AND o.opened_at IS NOT NULL AND o.told_from <= {NOW}
              AND s.kind IN ('parent', 'child', 'guardian') AND s.since <= {NOW} AND s.until > {NOW}
              AND NOT sight_forbidden(s.child_id, s.person_id)
              AND (laget_capacity() = 'system' OR emergency_concerns(o.id))
            """),
        # The family has got its message about an opening that one has just made or decided about.
        Function("emergency_told(of_opening uuid)", "boolean", f"""
            WITH told AS (
                UPDATE emergency_opening o SET told_at = {NOW} WHERE o.id = of_opening AND o.told_at IS NULL
                AND o.told_from <= {NOW} AND o.opened_at IS NOT NULL AND emergency_concerns(o.id) RETURNING 1)
            SELECT EXISTS (SELECT 1 FROM told)
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=APP),
        # The leader or the officer decides: the family waits until then, or knows from now.
        Function("emergency_wait(of_opening uuid, wait_until timestamptz, because text)", "void", f"""
            BEGIN
                IF NOT emergency_controls(of_opening) OR wait_until > {NOW} + interval '90 days' THEN
                    RAISE EXCEPTION 'only who controls it' USING ERRCODE = 'insufficient_privilege';
                END IF;
                INSERT INTO emergency_hold (id, opening_id, until, reason, by_id, at)
                VALUES (gen_random_uuid(), of_opening, wait_until, because, laget_person(), clock_timestamp());
                UPDATE emergency_opening SET told_from = greatest(wait_until, {NOW}) WHERE id = of_opening;
            END
            """, how=VOLATILE, to=APP),
        Function("emergency_review(of_opening uuid, what text, why text)", "void", f"""
            BEGIN
                IF NOT emergency_controls(of_opening) OR what NOT IN ('ok', 'not_ok', 'follow_up') THEN
                    RAISE EXCEPTION 'only who controls it' USING ERRCODE = 'insufficient_privilege';
                END IF;
                INSERT INTO emergency_review (id, opening_id, outcome, words, by_id, at)
                VALUES (gen_random_uuid(), of_opening, what, why, laget_person(), clock_timestamp());
            END
            """, how=VOLATILE, to=APP),
        # What was read under an opening: for whoever controls it. Times and pages, never what a page held.
        Function("emergency_readings(of_opening uuid)", "TABLE (at timestamptz, page text)", """
            SELECT r.at, r.page::text FROM emergency_opening o JOIN audit_reading r ON r.object_id = o.id AND r.person = o.worker_id
            WHERE o.id = of_opening AND emergency_controls(o.id) ORDER BY r.at
            """, to=APP),
        # What an opening opens, for the one who holds its seat: who the child is, who helps and leads, and the entries that
        # the whole team may read. Never the child's own words, never an entry for fewer, never an address.
        Function("emergency_child(of_opening uuid)", "TABLE (called text, born date)", """
            SELECT trim(n.given || ' ' || n.family), c.born FROM sight_opened() s
            JOIN families_child c ON c.person_id = s.child JOIN people_name n ON n.person_id = s.child
            WHERE s.opening = of_opening
            """, to=APP),
        Function("emergency_people(of_opening uuid)", "TABLE (called text, title text, service text, phone text, holds boolean)", f"""
            SELECT DISTINCT trim(n.given || ' ' || n.family), p.title::text,
                   CASE WHEN protection_protected(s.child) THEN '' ELSE v.name::text END,
                   CASE WHEN protection_protected(s.child) THEN '' ELSE p.phone::text END, b.id IS NOT NULL
            FROM sight_opened() s JOIN sight_seat t ON t.child_id = s.child AND t.kind = 'service' AND t.since <= {NOW} AND t.until > {NOW}
            JOIN directory_position p ON p.id = t.position_id AND {CURRENT} JOIN directory_unit u ON u.id = p.unit_id
            JOIN directory_service v ON v.id = u.service_id JOIN people_name n ON n.person_id = p.person_id
            LEFT JOIN cases_baton b ON b.child_id = s.child AND b.position_id = p.id AND b.until = {FOREVER}
            WHERE s.opening = of_opening ORDER BY 5 DESC, 1
            """, to=APP),
        Function("emergency_parents(of_opening uuid)", "TABLE (called text, relation text)", f"""
            SELECT trim(n.given || ' ' || n.family), p.relation::text FROM sight_opened() s
            JOIN families_parent p ON p.child_id = s.child AND p.since <= {NOW} AND p.until > {NOW}
            JOIN people_name n ON n.person_id = p.person_id
            WHERE s.opening = of_opening ORDER BY 1
            """, to=APP),
        Function("emergency_entries(of_opening uuid)",
                 "TABLE (id uuid, at timestamptz, kind text, words text, author text, service text)", """
            SELECT l.id, l.at, l.kind::text, l.words, trim(n.given || ' ' || n.family),
                   CASE WHEN protection_protected(s.child) THEN '' ELSE v.name::text END FROM sight_opened() s
            JOIN cases_log l ON l.child_id = s.child LEFT JOIN people_name n ON n.person_id = l.author_id
            LEFT JOIN directory_service v ON v.id = l.service_id
            WHERE s.opening = of_opening AND l.audience = 'team' AND l.sort <> 'child_words' AND l.how_asked = '' AND l.author_id <> l.child_id
            ORDER BY l.at DESC, l.id LIMIT 200
            """, to=APP),
    ]
