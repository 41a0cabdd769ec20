"""What gives a parent responsibility, a page and a say takes two people; the database writes it, and nobody else can."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from laget.audit.ground import APP, WORKER, Function, Guard, Policy, Trigger

NOW = "statement_timestamp()"
FOREVER = "timestamptz '9999-01-01 00:00+00'"
ME = "(SELECT laget_person())"
WORKS = "(SELECT laget_capacity()) = 'worker'"
CASE = "child_id = ANY (ARRAY(SELECT sight_cases()))"
LEADS = f"services && ARRAY(SELECT families_services_led()) AND by_id <> {ME} AND child_id <> ALL (ARRAY(SELECT families_kin()))"
DEFINER = "LANGUAGE plpgsql VOLATILE SECURITY DEFINER"


def person(null=False):
    return models.ForeignKey(null=null, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0007_never_two_as_one"),
        ("families", "0012_only_by_the_whole_name"),
        ("people", "0002_a_contact_ends"),
        ("sight", "0008_given_without_being_read_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("called", models.CharField(max_length=200)),
                ("child_called", models.CharField(max_length=200)),
                ("relation", models.CharField(max_length=20)),
                ("source", models.CharField(choices=[("register", "Register"), ("court", "Court"), ("agreement", "Agreement"), ("declared", "Declared")], max_length=12)),
                ("source_date", models.DateField()),
                ("services", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("falls_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("agreed", models.BooleanField(null=True)),
                ("words", models.TextField(blank=True)),
                ("registered_at", models.DateTimeField(null=True)),
                ("fell_at", models.DateTimeField(null=True)),
                ("answered_by", person(null=True)),
                ("by", person()),
                ("child", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.child")),
                ("person", person()),
                ("position", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.position")),
                ("tie", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.parent")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(models.Q(("agreed", True), _negated=True), models.Q(("answered_by", models.F("by")), _negated=True), _connector="OR"), name="a_second_person_lets_in"),
                    models.CheckConstraint(condition=models.Q(models.Q(("agreed__isnull", True), ("answered_at__isnull", True), ("answered_by__isnull", True)), models.Q(("agreed__isnull", False), ("answered_at__isnull", False), ("answered_by__isnull", False)), _connector="OR"), name="claim_answered_by_somebody"),
                    models.CheckConstraint(condition=models.Q(("registered_at__isnull", True), ("agreed", True), _connector="OR"), name="registered_when_confirmed"),
                    models.UniqueConstraint(condition=models.Q(("answered_at__isnull", True), ("fell_at__isnull", True)), fields=("tie",), name="claimed_once_at_a_time"),
                ],
            },
        ),
    ]

    # The locks of this table.
    operations += [
        # Of children whom the actor has to do with in private, or must not know, one confirms nothing.
        Function("families_kin()", "SETOF uuid", f"""
            SELECT f.child_id FROM sight_forbid f
            WHERE f.person_id = laget_person() AND f.since <= {NOW} AND f.until > {NOW}
            UNION SELECT s.child_id FROM sight_seat s
                  WHERE s.person_id = laget_person() AND s.kind IN ('parent', 'child', 'guardian')
            """),
        Function("families_services_led()", "SETOF uuid", f"""
            SELECT u.service_id FROM directory_position p JOIN directory_unit u ON u.id = p.unit_id
            WHERE laget_capacity() = 'worker' AND p.person_id = laget_person() AND p.leads
              AND p.since <= {NOW} AND p.until > {NOW}
            """),
        # Whether this is a parent of this child now, without proven responsibility: about nobody else is anything claimed.
        Function("families_to_prove(of_tie uuid, of_child uuid, of_person uuid)", "boolean", f"""
            SELECT EXISTS (SELECT 1 FROM families_parent p WHERE p.id = of_tie AND p.child_id = of_child
                AND p.person_id = of_person AND p.until > {NOW} AND NOT (p.responsibility AND p.source <> 'declared'))
            """),
        Guard("families_claim",
              Policy("around", "SELECT", using=f"{WORKS} AND {CASE}"),
              Policy("leads", "SELECT", using=LEADS),
              Policy("claim", "INSERT", check=f"{WORKS} AND {CASE} AND by_id = {ME} AND answered_at IS NULL "
                     f"AND registered_at IS NULL AND fell_at IS NULL AND falls_at <= {NOW} + interval '15 days' "
                     "AND families_to_prove(tie_id, child_id, person_id)"),
              Policy("answer", "UPDATE",
                     using=f"(({WORKS} AND {CASE}) OR ({LEADS})) AND answered_at IS NULL AND fell_at IS NULL AND falls_at > {NOW}",
                     check=f"answered_by_id = {ME}"),
              app="SELECT, INSERT, UPDATE (answered_by_id, answered_at, agreed, words)"),
        # Who may answer what the actor has claimed: others in the case, and leaders with nothing to do with it in private.
        Function("families_claim_confirmers(of_claim uuid)", "TABLE (person uuid, around boolean)", f"""
            WITH mine AS (SELECT * FROM families_claim q WHERE q.id = of_claim AND q.by_id = laget_person()
                          AND laget_capacity() = 'worker'),
            around AS (
                SELECT DISTINCT s.person_id FROM mine q
                JOIN sight_seat s ON s.child_id = q.child_id AND s.kind = 'service' AND s.since <= {NOW} AND s.until > {NOW}
                JOIN directory_position p ON p.id = s.position_id AND p.person_id = s.person_id
                     AND p.since <= {NOW} AND p.until > {NOW}
                JOIN directory_unit u ON u.id = p.unit_id
                WHERE s.person_id <> q.by_id AND NOT sight_barred(q.child_id, s.person_id, 'worker')
                  AND EXISTS (SELECT 1 FROM sight_cover c WHERE c.child_id = q.child_id AND c.service_id = u.service_id
                              AND c.since <= {NOW} AND c.until > {NOW})),
            led AS (
                SELECT DISTINCT p.person_id FROM mine q
                JOIN directory_unit u ON u.service_id = ANY (q.services)
                JOIN directory_position p ON p.unit_id = u.id AND p.leads AND p.since <= {NOW} AND p.until > {NOW}
                WHERE p.person_id <> q.by_id
                  AND NOT EXISTS (SELECT 1 FROM sight_forbid f WHERE f.child_id = q.child_id
                                  AND f.person_id = p.person_id AND f.since <= {NOW} AND f.until > {NOW})
                  AND NOT EXISTS (SELECT 1 FROM sight_seat s WHERE s.child_id = q.child_id AND s.person_id = p.person_id
                                  AND s.kind IN ('parent', 'child', 'guardian')))
            SELECT a.person_id, true FROM around a
            UNION ALL SELECT l.person_id, false FROM led l WHERE l.person_id NOT IN (SELECT person_id FROM around)
            """, to=APP),
        # Two have said so: the tie that was ends, the new one and the parent's place begin, by one in the child's case.
        Function("families_register_claimed(of_claim uuid, family_until timestamptz)", "uuid", f"""
            DECLARE
                said families_claim;
                was families_parent;
                tie uuid := gen_random_uuid();
            BEGIN
                SELECT * INTO said FROM families_claim q
                WHERE q.id = of_claim AND q.agreed AND q.answered_by_id <> q.by_id AND q.registered_at IS NULL
                  AND q.fell_at IS NULL AND q.falls_at > {NOW}
                  AND laget_capacity() = 'worker' AND q.child_id IN (SELECT sight_cases()) FOR UPDATE;
                IF NOT FOUND THEN RETURN NULL; END IF;
                UPDATE families_parent p SET until = {NOW} WHERE p.id = said.tie_id AND p.until > {NOW} RETURNING * INTO was;
                IF NOT FOUND THEN RETURN NULL; END IF;
                INSERT INTO families_parent (id, child_id, person_id, relation, responsibility, source, source_date, language,
                                             interpreter, since, until, registered_by)
                VALUES (tie, was.child_id, was.person_id, was.relation, true, said.source, said.source_date, was.language,
                        was.interpreter, {NOW}, {FOREVER}, said.by_id);
                UPDATE families_claim q SET registered_at = {NOW} WHERE q.id = of_claim;
                IF family_until > {NOW} AND NOT EXISTS (
                    SELECT 1 FROM sight_seat s WHERE s.child_id = was.child_id AND s.person_id = was.person_id
                    AND s.kind IN ('parent', 'child', 'guardian') AND s.since <= {NOW} AND s.until > {NOW}) THEN
                    INSERT INTO sight_seat (id, child_id, since, until, origin, origin_id, kind, person_id)
                    VALUES (gen_random_uuid(), was.child_id, {NOW}, family_until, 'parent', tie, 'parent', was.person_id);
                END IF;
                RETURN tie;
            END
            """, how=DEFINER, to=APP),
        # What was not confirmed and registered in its time falls, told once.
        Function("families_claims_fall()", "TABLE (claim uuid, child uuid, asked_by uuid)", f"""
            UPDATE families_claim q SET fell_at = {NOW}
            WHERE q.fell_at IS NULL AND q.registered_at IS NULL AND q.falls_at <= {NOW} AND q.agreed IS DISTINCT FROM false
            RETURNING q.id, q.child_id, q.by_id
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=WORKER),
    ]

    # Nobody writes that somebody has responsibility, and nobody gives a parent's place, but as above: a login that runs
    # what it likes neither. What is known already may be written again, from another document.
    operations += [
        Function("families_holds(of_child uuid, of_person uuid)", "boolean", """
            SELECT EXISTS (SELECT 1 FROM families_parent p WHERE p.child_id = of_child AND p.person_id = of_person
                AND p.responsibility AND p.source <> 'declared' AND p.until >= transaction_timestamp())
            """),
        migrations.RunSQL(
            'ALTER POLICY "register" ON "families_parent" WITH CHECK ('
            f"{CASE} AND (NOT responsibility OR source = 'declared' OR families_holds(child_id, person_id)))",
            f'ALTER POLICY "register" ON "families_parent" WITH CHECK ({CASE})',
        ),
        migrations.RunSQL(
            f'ALTER POLICY "end" ON "families_parent" USING ({CASE}) WITH CHECK (until <= {NOW})',
            f'ALTER POLICY "end" ON "families_parent" USING ({CASE}) WITH CHECK ({CASE})',
        ),
        Function("families_place_of_a_parent()", "trigger", """
            BEGIN
                IF NEW.kind = 'parent' AND laget_capacity() IS NOT NULL
                   AND NOT families_holds(NEW.child_id, NEW.person_id) THEN
                    RAISE EXCEPTION 'a parent has a place by responsibility that is proven'
                        USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN NEW;
            END
            """, to="", how="LANGUAGE plpgsql STABLE SECURITY DEFINER"),
        Trigger("by_responsibility", "sight_seat", "BEFORE INSERT", "families_place_of_a_parent"),
    ]
