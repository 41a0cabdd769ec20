import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import APP, WORKER, Function, Guard, Policy, Replaced, Trigger

NOW = "statement_timestamp()"
FOREVER = "timestamptz '9999-01-01 00:00+00'"
ME = "(SELECT laget_person())"
VOLATILE = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"
CURRENT = f"p.since <= {NOW} AND p.until > {NOW}"


def caused(name: str, body: str) -> Function:
    """A trigger's function: what has become known shuts out in the same transaction, whoever made it known."""
    return Function(f"{name}()", "trigger", f"BEGIN {body} RETURN NULL; END", how="LANGUAGE plpgsql SECURITY DEFINER", to="")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("audit", "0001_initial"),
        ("directory", "0008_which_human"),
        ("families", "0007_what_was_is_kept"),
        ("people", "0002_a_contact_ends"),
        ("protection", "0001_initial"),
        ("sight", "0005_at_work_and_in_an_emergency"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("relation", models.CharField(max_length=12)),
                ("found", models.CharField(max_length=8)),
                ("words", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_by", models.UUIDField(null=True)),
                ("seated", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField(null=True)),
                ("child", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("position", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.position")),
                ("unit", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit")),
                ("worker", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "made_at"], name="ties_tie_of_unit")],
                "constraints": [models.UniqueConstraint(condition=models.Q(("found", "register")), fields=("child", "worker"), name="found_once_in_the_register")],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("outcome", models.CharField(max_length=8)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("tie", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rulings", to="ties.tie")),
            ],
            options={"indexes": [models.Index(fields=["tie", "at"], name="ties_ruling_of_tie")]},
        ),
        # The units that the one who acts leads, and the children from whom that one is kept away at work.
        Function("ties_units()", "SETOF uuid", f"""
            SELECT p.unit_id FROM directory_position p
            WHERE laget_capacity() = 'worker' AND p.person_id = laget_person() AND p.leads AND {CURRENT}
            """),
        Function("ties_barred()", "SETOF uuid", f"""
            SELECT f.child_id FROM sight_forbid f WHERE f.person_id = laget_person() AND f.capacity IN ('', 'worker')
            AND f.since <= {NOW} AND f.until > {NOW}
            """),
        Guard("ties_tie",
              Policy("told_of", "SELECT", using=f"made_by = {ME} AND (SELECT laget_capacity()) IN ('worker', 'citizen')"),
              Policy("leads", "SELECT", using=f"unit_id = ANY (ARRAY(SELECT ties_units())) AND worker_id <> {ME} "
                     "AND child_id <> ALL (ARRAY(SELECT ties_barred()))"),
              app="SELECT"),
        Guard("ties_ruling",
              Policy("of_a_tie", "SELECT", using="EXISTS (SELECT 1 FROM ties_tie t WHERE t.id = tie_id)"),
              app="SELECT"),
        # Everybody who is registered as close to a child or a parent, as near as the law says: the direct line, siblings,
        # guardians. Parties are the child and the parents.
        Function("ties_kin(of_child uuid)", "TABLE (person uuid, relation text)", f"""
            WITH RECURSIVE party AS (
                SELECT of_child AS person
                UNION SELECT p.person_id FROM families_parent p WHERE p.child_id = of_child AND p.until > {NOW}),
            up AS (
                SELECT person FROM party
                UNION SELECT p.person_id FROM up JOIN families_parent p ON p.child_id = up.person AND p.until > {NOW}),
            down AS (
                SELECT person FROM party
                UNION SELECT p.child_id FROM down JOIN families_parent p ON p.person_id = down.person AND p.until > {NOW}),
            beside AS (
                SELECT b.child_id AS person FROM party JOIN families_parent a ON a.child_id = party.person AND a.until > {NOW}
                JOIN families_parent b ON b.person_id = a.person_id AND b.until > {NOW}
                UNION SELECT s.sibling_id FROM families_sibling s JOIN party ON party.person = s.child_id
                UNION SELECT s.child_id FROM families_sibling s JOIN party ON party.person = s.sibling_id)
            SELECT DISTINCT ON (k.person) k.person, k.relation FROM (
                SELECT of_child AS person, 'self' AS relation, 1 AS rank
                UNION ALL SELECT person, 'sibling', 2 FROM beside
                UNION ALL SELECT person, 'line', 3 FROM up UNION ALL SELECT person, 'line', 3 FROM down
                UNION ALL SELECT s.person_id, 'guardian', 4 FROM sight_seat s
                          WHERE s.child_id = of_child AND s.kind = 'guardian' AND s.until > {NOW}) k
            ORDER BY k.person, k.rank
            """, to=""),
        # Where somebody decides: a leader of the worker's unit, else of the service, else any; never the worker, never
        # one who is kept away too.
        Function("ties_unit_for(of_position uuid, of_worker uuid, of_child uuid)", "uuid", f"""
            SELECT p.unit_id FROM directory_position own
            JOIN directory_unit ou ON ou.id = own.unit_id
            JOIN directory_position p ON p.leads AND {CURRENT} AND p.person_id <> of_worker
            JOIN directory_unit pu ON pu.id = p.unit_id
            WHERE own.id = of_position AND NOT sight_barred(of_child, p.person_id, 'worker')
            ORDER BY (p.unit_id = own.unit_id) DESC, (pu.service_id = ou.service_id) DESC, p.since, p.id LIMIT 1
            """, to=""),
        # Keep the worker away from now on: a forbid that holds at work, and the places around the child end.
        Function("ties_shut(of_tie uuid)", "void", f"""
            DECLARE
                t ties_tie;
            BEGIN
                SELECT * INTO t FROM ties_tie WHERE id = of_tie;
                IF NOT EXISTS (SELECT 1 FROM sight_forbid f WHERE f.origin_id = t.id AND f.until > {NOW}) THEN
                    INSERT INTO sight_forbid (id, child_id, since, until, origin, origin_id, person_id, capacity)
                    VALUES (gen_random_uuid(), t.child_id, {NOW}, {FOREVER}, 'tie', t.id, t.worker_id, 'worker');
                END IF;
                UPDATE sight_seat s SET until = greatest({NOW}, s.since)
                WHERE s.child_id = t.child_id AND s.person_id = t.worker_id
                  AND s.kind IN ('service', 'asking', 'emergency') AND s.until > {NOW};
            END
            """, how=VOLATILE, to=""),
        # Everybody who works here and is registered as close to this child is kept away. Never widens anything.
        Function("ties_find(of_child uuid)", "void", f"""
            DECLARE
                one record;
                place uuid;
                made uuid;
            BEGIN
                FOR one IN
                    SELECT DISTINCT ON (w) w AS worker, k.relation FROM ties_kin(of_child) k
                    CROSS JOIN LATERAL directory_selves(k.person) w
                    WHERE EXISTS (SELECT 1 FROM directory_position p WHERE p.person_id = w)
                      AND NOT EXISTS (SELECT 1 FROM ties_tie t WHERE t.child_id = of_child AND t.worker_id = w
                                      AND t.found = 'register')
                    ORDER BY w, k.relation = 'self' DESC
                LOOP
                    place := NULL;
                    SELECT s.position_id INTO place FROM sight_seat s
                    WHERE s.child_id = of_child AND s.person_id = one.worker AND s.kind IN ('service', 'asking')
                      AND s.until > {NOW} ORDER BY s.kind DESC, s.since, s.id LIMIT 1;
                    made := gen_random_uuid();
                    INSERT INTO ties_tie (id, child_id, worker_id, position_id, unit_id, relation, found, words, made_at,
                                          seated, told_at)
                    VALUES (made, of_child, one.worker, place,
                            CASE WHEN place IS NOT NULL THEN ties_unit_for(place, one.worker, of_child) END,
                            one.relation, 'register', '', {NOW}, place IS NOT NULL,
                            CASE WHEN place IS NULL THEN {NOW} END);
                    PERFORM ties_shut(made);
                END LOOP;
            END
            """, how=VOLATILE, to=""),
        # Children who may be close to this human, wide enough: which of them are is asked of each.
        Function("ties_find_of(of_person uuid)", "void", f"""
            DECLARE
                child uuid;
            BEGIN
                FOR child IN
                    WITH RECURSIVE me AS (SELECT directory_selves(of_person) AS person),
                    up AS (SELECT person FROM me UNION SELECT p.person_id FROM up JOIN families_parent p ON p.child_id = up.person),
                    linked AS (
                        SELECT person FROM up
                        UNION SELECT s.sibling_id FROM families_sibling s JOIN up ON up.person = s.child_id
                        UNION SELECT s.child_id FROM families_sibling s JOIN up ON up.person = s.sibling_id),
                    down AS (SELECT person FROM linked UNION SELECT p.child_id FROM down JOIN families_parent p ON p.person_id = down.person),
                    wide AS (
                        SELECT person FROM down
                        UNION SELECT s.sibling_id FROM families_sibling s JOIN down ON down.person = s.child_id
                        UNION SELECT s.child_id FROM families_sibling s JOIN down ON down.person = s.sibling_id
                        UNION SELECT s.child_id FROM sight_seat s JOIN me ON me.person = s.person_id WHERE s.kind = 'guardian')
                    SELECT c.person_id FROM wide JOIN families_child c ON c.person_id = wide.person
                LOOP
                    PERFORM ties_find(child);
                END LOOP;
            END
            """, how=VOLATILE, to=""),
        # A tie reaches the child, its siblings, and the children of both.
        caused("ties_of_parent", "PERFORM ties_find(NEW.child_id); PERFORM ties_find_of(NEW.person_id);"),
        caused("ties_of_sibling", "PERFORM ties_find_of(NEW.child_id);"),
        caused("ties_of_person", "PERFORM ties_find_of(NEW.person_id);"),
        caused("ties_of_seat", "IF NEW.kind = 'guardian' THEN PERFORM ties_find(NEW.child_id); END IF;"),
        Trigger("ties_follow", "families_parent", "AFTER INSERT", "ties_of_parent"),
        Trigger("ties_follow", "families_sibling", "AFTER INSERT", "ties_of_sibling"),
        Trigger("ties_follow", "people_nationalnumber", "AFTER INSERT OR UPDATE", "ties_of_person"),
        Trigger("ties_follow", "directory_identity", "AFTER INSERT OR UPDATE", "ties_of_person"),
        Trigger("ties_follow", "directory_position", "AFTER INSERT", "ties_of_person"),
        Trigger("ties_follow", "sight_seat", "AFTER INSERT", "ties_of_seat"),
        # A worker tells of a tie to a child whom that one may know. Nobody can decide: nothing is written.
        Function("ties_declare(of_child uuid, of_position uuid, what text, why text, lawful boolean)", "uuid", f"""
            DECLARE
                made uuid := gen_random_uuid();
                where_to uuid;
            BEGIN
                IF laget_capacity() IS DISTINCT FROM 'worker' OR NOT EXISTS (
                    SELECT 1 FROM directory_position p WHERE p.id = of_position AND p.person_id = laget_person() AND {CURRENT})
                    OR NOT (of_child IN (SELECT sight_children()) OR of_child IN (SELECT o.child FROM sight_opened() o)) THEN
                    RAISE EXCEPTION 'only one who has a place around the child' USING ERRCODE = 'insufficient_privilege';
                END IF;
                where_to := ties_unit_for(of_position, laget_person(), of_child);
                IF where_to IS NULL THEN RETURN NULL; END IF;
                INSERT INTO ties_tie (id, child_id, worker_id, position_id, unit_id, relation, found, words, made_at, made_by,
                                      seated, told_at)
                VALUES (made, of_child, laget_person(), of_position, where_to, what, 'declared', why, {NOW}, laget_person(),
                        true, {NOW});
                IF lawful THEN PERFORM ties_shut(made); END IF;
                RETURN made;
            END
            """, how=VOLATILE, to=APP),
        # Somebody around the child holds that one in the team is too close. The leader decides.
        Function("ties_raise(of_child uuid, of_position uuid, what text, why text)", "uuid", f"""
            DECLARE
                made uuid := gen_random_uuid();
                who uuid;
                where_to uuid;
            BEGIN
                SELECT s.person_id INTO who FROM sight_seat s WHERE s.child_id = of_child AND s.position_id = of_position
                    AND s.kind = 'service' AND s.since <= {NOW} AND s.until > {NOW} LIMIT 1;
                IF who IS NULL OR who = laget_person() OR of_child NOT IN (SELECT sight_cases()) THEN
                    RAISE EXCEPTION 'only about one in the team' USING ERRCODE = 'insufficient_privilege';
                END IF;
                where_to := ties_unit_for(of_position, who, of_child);
                IF where_to IS NULL THEN RETURN NULL; END IF;
                INSERT INTO ties_tie (id, child_id, worker_id, position_id, unit_id, relation, found, words, made_at, made_by,
                                      seated, told_at)
                VALUES (made, of_child, who, of_position, where_to, what, 'raised', why, {NOW}, laget_person(), true, {NOW});
                RETURN made;
            END
            """, how=VOLATILE, to=APP),
        # Which leaders decide about a tie that one told of.
        Function("ties_leaders(of_tie uuid)", "SETOF uuid", f"""
            SELECT DISTINCT p.person_id FROM ties_tie t JOIN directory_position p ON p.unit_id = t.unit_id
            WHERE t.id = of_tie AND p.leads AND {CURRENT} AND p.person_id <> t.worker_id
              AND NOT sight_barred(t.child_id, p.person_id, 'worker')
            """),
        # A leader of the unit decides; keeps away, or lets in again what this tie kept away. The child and the worker.
        Function("ties_rule(of_tie uuid, what text, why text)", "TABLE (child uuid, worker uuid)", f"""
            DECLARE
                t ties_tie;
            BEGIN
                SELECT * INTO t FROM ties_tie WHERE id = of_tie FOR UPDATE;
                IF t.unit_id IS NULL OR t.unit_id NOT IN (SELECT ties_units()) OR t.worker_id = laget_person()
                   OR t.child_id IN (SELECT ties_barred()) OR what NOT IN ('unable', 'able') THEN
                    RAISE EXCEPTION 'only the leader' USING ERRCODE = 'insufficient_privilege';
                END IF;
                INSERT INTO ties_ruling (id, tie_id, outcome, reason, by_id, at)
                VALUES (gen_random_uuid(), t.id, what, why, laget_person(), clock_timestamp());
                IF what = 'unable' THEN
                    PERFORM ties_shut(t.id);
                ELSE
                    UPDATE sight_forbid f SET until = greatest({NOW}, f.since)
                    WHERE f.origin = 'tie' AND f.origin_id = t.id AND f.until > {NOW};
                END IF;
                RETURN QUERY SELECT t.child_id, t.worker_id;
            END
            """, how=VOLATILE, to=APP),
        # As before, in the capacity it is about: a worker who is kept from the own child at work is no parent kept away, and
        # a leader who is too close confirms nothing.
        Replaced("laget.protection.migrations.0001_initial", "protection_confirmers", "protection_kept_away"),
        Function("protection_confirmers(of_proposal uuid)", "SETOF uuid", f"""
            SELECT DISTINCT p.person_id FROM protection_proposal q
            JOIN directory_unit u ON u.service_id = ANY (q.services)
            JOIN directory_position p ON p.unit_id = u.id AND p.leads AND {CURRENT}
            WHERE q.id = of_proposal AND q.asked_by_id = laget_person() AND p.person_id <> q.asked_by_id
              AND NOT sight_barred(q.child_id, p.person_id, 'worker')
              AND NOT EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = q.child_id AND s.person_id = p.person_id
                              AND s.kind IN ('parent', 'child', 'guardian'))
            """),
        Function("protection_kept_away(of_child uuid)", "SETOF uuid", f"""
            SELECT DISTINCT f.person_id FROM sight_forbid f
            WHERE f.child_id = of_child AND f.since <= {NOW} AND f.until > {NOW} AND f.capacity IN ('', 'citizen')
              AND f.person_id IN (SELECT protection_family(of_child))
            """),
        # What the register has shut out, and what that has left is not yet taken over: ids only. Told once.
        Function("ties_untold()", "TABLE (tie uuid, child uuid, worker uuid)", f"""
            UPDATE ties_tie t SET told_at = {NOW} WHERE t.told_at IS NULL RETURNING t.id, t.child_id, t.worker_id
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=f"{APP}, {WORKER}"),
    ]
