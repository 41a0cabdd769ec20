"""A colleague stands in for the one who holds the baton, for a time; the baton stays where it is."""

import datetime
import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import APP, Function, Guard, Policy, Replaced, Trigger

FOREVER = "timestamptz '9999-01-01 00:00+00'"
NOW = "clock_timestamp()"
VOLATILE = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"


def id_field():
    return ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False))


def to(model, **more):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=more.pop("related_name", "+"), to=model)


class Migration(migrations.Migration):

    dependencies = [("cases", "0013_more_readers_only_by_its_author"), ("sight", "0005_at_work_and_in_an_emergency")]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[
                id_field(),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("deputy", to("directory.position")),
                ("holder", to("directory.position")),
                ("made_by", to("people.person")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["holder", "until"], name="cases_absen_holder__a70346_idx"),
                    models.Index(fields=["deputy", "until"], name="cases_absen_deputy__fde688_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("until__gte", models.F("since"))), name="absence_ends_after_start"),
                    models.CheckConstraint(condition=models.Q(("until__lte", models.F("since") + datetime.timedelta(days=184))), name="an_absence_is_not_for_good"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                id_field(),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("absence", to("cases.absence")),
                ("baton", to("cases.baton")),
                ("case", to("cases.case", related_name="deputies")),
                ("child", to("families.child")),
                ("position", to("directory.position")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["baton", "until"], name="cases_deput_baton_i_aac84a_idx"),
                    models.Index(fields=["position", "until"], name="cases_deput_positio_84df61_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("until__gte", models.F("since"))), name="deputy_ends_after_start"),
                ],
            },
        ),
        # The actor's own positions; with `led`, also those in the units that the actor leads.
        Function("cases_places(led boolean)", "SETOF uuid", f"""
            SELECT p.id FROM directory_position me
            JOIN directory_position p ON p.id = me.id OR (led AND me.leads AND p.unit_id = me.unit_id)
            WHERE laget_capacity() = 'worker' AND me.person_id = laget_person()
              AND me.since <= {NOW} AND me.until > {NOW}
            """),
        Guard("cases_absence",
              Policy("answered_for", "SELECT", using="holder_id = ANY (ARRAY(SELECT cases_places(true))) "
                     "OR deputy_id = ANY (ARRAY(SELECT cases_places(false)))"),
              app="SELECT"),
        Guard("cases_deputy",
              Policy("around", "SELECT", using="child_id = ANY (ARRAY(SELECT sight_cases()))"),
              app="SELECT"),
        # How many batons lie in the positions that the actor answers for, and how many of them have a deputy now: for a
        # leader a figure, and never a child.
        Function("cases_workload()", "TABLE (place uuid, held integer, covered integer)", f"""
            SELECT b.position_id, count(*)::integer, (count(*) FILTER (WHERE EXISTS (
                   SELECT 1 FROM cases_deputy d WHERE d.baton_id = b.id AND d.since <= {NOW} AND d.until > {NOW})))::integer
            FROM cases_baton b WHERE b.until = {FOREVER} AND b.position_id IN (SELECT cases_places(true))
            GROUP BY b.position_id
            """, to=APP),
        # May this position stand in for the holder of this baton then: it could carry it, and nobody else does meanwhile.
        Function("cases_free_to_stand_in(of_baton uuid, of_position uuid, starts timestamptz, ends timestamptz)", "boolean", f"""
            SELECT EXISTS (SELECT 1 FROM cases_baton b WHERE b.id = of_baton AND b.until = {FOREVER}
                           AND cases_able(b.child_id, of_position, false, NULL))
               AND NOT EXISTS (SELECT 1 FROM cases_deputy d WHERE d.baton_id = of_baton AND d.since < ends AND d.until > starts)
            """, to=""),
        # Colleagues in the same service, and for how many of the batons each could stand in.
        Function("cases_could_stand_in(of_position uuid)", "TABLE (place uuid, batons integer)", f"""
            SELECT p.id, (SELECT count(*) FROM cases_baton b WHERE b.position_id = of_position AND b.until = {FOREVER}
                          AND cases_able(b.child_id, p.id, false, NULL))::integer
            FROM directory_position own
            JOIN directory_unit ou ON ou.id = own.unit_id
            JOIN directory_unit pu ON pu.service_id = ou.service_id
            JOIN directory_position p ON p.unit_id = pu.id AND p.person_id <> own.person_id
            WHERE own.id = of_position AND own.id IN (SELECT cases_places(true))
              AND p.since <= {NOW} AND p.until > {NOW} AND NOT p.protects
            """, to=APP),
        # Somebody stands in for each baton of a position (or for those of some cases) that the colleague could carry:
        # a row that says so, and a seat for exactly that time. For the holder and for the leader of the unit, who
        # sees none of it: the ids are for the record and for those who are told.
        Function("cases_stand_in(of_position uuid, by_position uuid, starts timestamptz, ends timestamptz, only_cases uuid[])",
                 "TABLE (absence uuid, deputy uuid, of_case uuid, child uuid, family jsonb)", f"""
            DECLARE
                one record;
                held uuid;
                who uuid := (SELECT p.person_id FROM directory_position p WHERE p.id = by_position);
                begins timestamptz := greatest(starts, {NOW});
            BEGIN
                IF of_position NOT IN (SELECT cases_places(true))
                   OR by_position NOT IN (SELECT c.place FROM cases_could_stand_in(of_position) c) THEN
                    RAISE EXCEPTION 'only for one whom one answers for' USING ERRCODE = 'insufficient_privilege';
                END IF;
                absence := gen_random_uuid();
                INSERT INTO cases_absence (id, holder_id, deputy_id, since, until, made_by_id, made_at)
                VALUES (absence, of_position, by_position, begins, ends, laget_person(), {NOW});
                FOR one IN SELECT k.id, k.child_id FROM cases_case k
                    WHERE k.closed_at = {FOREVER} AND (only_cases IS NULL OR k.id = ANY (only_cases))
                      AND EXISTS (SELECT 1 FROM cases_baton b WHERE b.case_id = k.id AND b.until = {FOREVER}
                                  AND b.position_id = of_position)
                    ORDER BY k.id FOR UPDATE OF k
                LOOP
                    -- Asked after the wait for the lock: what another hand has moved meanwhile is somebody else's.
                    SELECT b.id INTO held FROM cases_baton b
                    WHERE b.case_id = one.id AND b.until = {FOREVER} AND b.position_id = of_position;
                    CONTINUE WHEN held IS NULL OR NOT cases_free_to_stand_in(held, by_position, begins, ends);
                    deputy := gen_random_uuid(); of_case := one.id; child := one.child_id;
                    family := cases_family_ids(one.child_id);
                    INSERT INTO cases_deputy (id, absence_id, baton_id, case_id, child_id, position_id, since, until)
                    VALUES (deputy, absence, held, of_case, child, by_position, begins, ends);
                    INSERT INTO sight_seat (id, child_id, since, until, origin, origin_id, kind, person_id, position_id)
                    VALUES (gen_random_uuid(), child, begins, ends, 'deputy', deputy, 'service', who, by_position);
                    RETURN NEXT;
                END LOOP;
            END
            """, how=VOLATILE, to=APP),
        # What a deputy has ends now, the seat too.
        Function("cases_deputy_ends(of_deputy uuid)", "void", f"""
            BEGIN
                UPDATE cases_deputy d SET until = greatest({NOW}, d.since) WHERE d.id = of_deputy AND d.until > {NOW};
                UPDATE sight_seat s SET until = greatest({NOW}, s.since)
                WHERE s.origin = 'deputy' AND s.origin_id = of_deputy AND s.until > {NOW};
            END
            """, how=VOLATILE, to=""),
        # One of the two, or the leader, ends it before its day.
        Function("cases_absence_ends(of_absence uuid)", "TABLE (deputy uuid, of_case uuid, child uuid, family jsonb)", f"""
            BEGIN
                IF NOT EXISTS (SELECT 1 FROM cases_absence a WHERE a.id = of_absence
                               AND (a.holder_id IN (SELECT cases_places(true)) OR a.deputy_id IN (SELECT cases_places(false)))) THEN
                    RAISE EXCEPTION 'only one of the two, or the leader' USING ERRCODE = 'insufficient_privilege';
                END IF;
                UPDATE cases_absence a SET until = greatest({NOW}, a.since) WHERE a.id = of_absence AND a.until > {NOW};
                FOR deputy, of_case, child IN SELECT d.id, d.case_id, d.child_id FROM cases_deputy d
                    WHERE d.absence_id = of_absence AND d.until > {NOW} ORDER BY d.case_id FOR UPDATE
                LOOP
                    PERFORM cases_deputy_ends(deputy);
                    family := cases_family_ids(child);
                    RETURN NEXT;
                END LOOP;
            END
            """, how=VOLATILE, to=APP),
        # Those who can stand in no longer stop: their position has ended, their service is covered no more, they are kept
        # away, or their seat was taken from them. Does only what the facts demand, so anybody's act may cause it.
        Function("cases_deputies_lapse(which uuid)", "TABLE (deputy uuid, of_case uuid, child uuid, holder uuid, family jsonb)", f"""
            BEGIN
                FOR deputy, of_case, child, holder IN
                    SELECT d.id, d.case_id, d.child_id, p.person_id FROM cases_deputy d
                    JOIN cases_baton b ON b.id = d.baton_id JOIN directory_position p ON p.id = b.position_id
                    WHERE d.until > {NOW} AND (which IS NULL OR d.case_id = which)
                      AND (NOT cases_able(d.child_id, d.position_id, false, NULL) OR NOT EXISTS (
                           SELECT 1 FROM sight_seat s WHERE s.origin = 'deputy' AND s.origin_id = d.id AND s.until > {NOW}))
                    ORDER BY d.case_id FOR UPDATE OF d
                LOOP
                    PERFORM cases_deputy_ends(deputy);
                    family := cases_family_ids(child);
                    RETURN NEXT;
                END LOOP;
                UPDATE cases_absence a SET until = greatest({NOW}, a.since) FROM directory_position p
                WHERE a.until > {NOW} AND p.id IN (a.holder_id, a.deputy_id) AND p.until <= {NOW};
            END
            """, how=VOLATILE),
        # When the baton goes on, falls, or ends with the case, nobody stands in for the one who held it.
        Function("cases_baton_let_go()", "trigger", f"""
            BEGIN
                IF NEW.until < {FOREVER} THEN
                    PERFORM cases_deputy_ends(d.id) FROM cases_deputy d WHERE d.baton_id = NEW.id AND d.until > {NOW};
                END IF;
                RETURN NULL;
            END
            """, how="LANGUAGE plpgsql SECURITY DEFINER", to=""),
        Trigger("nobody_stands_in_for_nobody", "cases_baton", "AFTER UPDATE OF until", "cases_baton_let_go"),
        Replaced("laget.cases.migrations.0011_whose_task_it_is", "cases_holder"),
        # The one who holds the baton, and whoever stands in: persons only; the house itself asks too, when a day has come.
        Function("cases_holders(of_child uuid)", "SETOF uuid", f"""
            SELECT p.person_id
            FROM cases_case k
            JOIN cases_baton b ON b.case_id = k.id AND b.until = {FOREVER}
            JOIN directory_position p ON p.id = b.position_id OR p.id IN (
                SELECT d.position_id FROM cases_deputy d WHERE d.baton_id = b.id AND d.since <= {NOW} AND d.until > {NOW})
            WHERE k.child_id = of_child AND k.closed_at = {FOREVER}
              AND (laget_capacity() = 'system' OR of_child IN (SELECT sight_cases()))
            """),
    ]
