"""After a care order a named worker in child welfare answers, by signing in at work, and never the one who asks."""

import django.db.models.deletion
from django.db import migrations, models

from laget.audit.ground import APP, Function, Permit, Policy

FOREVER = "timestamptz '9999-01-01 00:00+00'"
NOW = "statement_timestamp()"
BY_IT = "laget_capacity() = 'worker' AND p.role = 'child_welfare' AND p.person_id = laget_person()"
IN_FORCE = "p.since <= statement_timestamp() AND p.until > statement_timestamp()"
MY_POSITIONS = f"SELECT p.id FROM directory_position p WHERE p.person_id = (SELECT laget_person()) AND {IN_FORCE}"
ABOUT = "child_id = ANY (ARRAY(SELECT sight_children()))"
DECIDES = " AND NOT consents_decides_no_more(request_id, person_id)"
ANSWERS_ITSELF = " AND NOT consents_answers_itself(request_id, person_id)"
CHECKS = {
    "answer": (
        f"person_id = (SELECT laget_person()) AND form IN ('own_sign_in', 'letter') AND {ABOUT}{DECIDES}",
        " AND consents_may_speak(request_id, person_id, cardinality(kinds) > 0)",
    ),
    "note": (
        f"""form = 'oral' AND {ABOUT} AND noted_by_id IN ({MY_POSITIONS})
        AND (cardinality(kinds) = 0 OR NOT consents_signed(request_id, person_id)){DECIDES}""",
        ANSWERS_ITSELF,
    ),
    "on_paper": (
        f"""form = 'paper' AND {ABOUT} AND (
        (cardinality(kinds) = 0 AND paper_id IS NULL AND noted_by_id IN ({MY_POSITIONS}))
        OR (checked_by_id = (SELECT laget_person()) AND NOT consents_signed(request_id, person_id) AND EXISTS (
            SELECT 1 FROM consents_paper s
            WHERE s.id = paper_id AND s.state = 'confirmed' AND s.checker_id = checked_by_id
              AND s.request_id = consents_answer.request_id AND s.person_id = consents_answer.person_id
              AND s.kinds = consents_answer.kinds AND s.position_id = noted_by_id))){DECIDES}""",
        ANSWERS_ITSELF,
    ),
}
ASK = f'ALTER POLICY "ask" ON "consents_party" WITH CHECK ({ABOUT}'
NEVER_ONESELF = " AND NOT (role = 'child_welfare' AND person_id = (SELECT laget_person()))"
COLUMNS = ("id", "child_id", "service_id", "purpose", "kinds", "reach", "until", "asked_by_id", "position_id", "asked_at",
           "answer_by", "ended_at", "opens_case", "guide", "why", "excluded", "matter")


def policies(now: bool) -> list[str]:
    return [
        *(f'ALTER POLICY "{name}" ON "consents_answer" WITH CHECK ({check}{also if now else ""})'
          for name, (check, also) in CHECKS.items()),
        f"{ASK}{NEVER_ONESELF if now else ''})",
    ]


class Migration(migrations.Migration):

    dependencies = [
        ("consents", "0018_hidden_until_somebody_looks"), ("directory", "0008_which_human"), ("families", "0015_who_has_the_care"),
    ]

    operations = [
        migrations.AlterField("party", "role", models.CharField(max_length=13)),
        migrations.AddField("party", "position", models.ForeignKey(
            null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.position",
        )),
        migrations.AddConstraint("party", models.CheckConstraint(
            condition=models.Q(("position__isnull", False), ("role", "child_welfare"))
            | models.Q(models.Q(("role", "child_welfare"), _negated=True), ("position__isnull", True)),
            name="child_welfare_answers_in_a_position",
        )),
        # Whether this person is asked as child welfare, and so answers by signing in at work, and in no other way.
        Function("consents_answers_itself(of_request uuid, of_person uuid)", "boolean", """
            SELECT EXISTS (
                SELECT 1 FROM consents_party p WHERE p.request_id = of_request AND p.person_id = of_person
                AND p.role = 'child_welfare' AND p.child_id IN (SELECT sight_children()))
            """, to=APP),
        # Whoever is asked as child welfare answers at work, in the position that was asked, to a question of somebody
        # else's; and says yes only while a care order is registered. All others as before.
        Function("consents_may_speak(of_request uuid, of_person uuid, yes boolean)", "boolean", f"""
            SELECT NOT EXISTS (
                SELECT 1 FROM consents_party p WHERE p.request_id = of_request AND p.person_id = of_person
                AND p.role = 'child_welfare')
            OR EXISTS (
                SELECT 1 FROM consents_party p
                JOIN consents_request r ON r.id = p.request_id
                JOIN directory_position d ON d.id = p.position_id
                WHERE p.request_id = of_request AND p.person_id = of_person AND {BY_IT}
                  AND r.asked_by_id <> p.person_id AND d.person_id = p.person_id
                  AND d.since <= {NOW} AND d.until > {NOW} AND (NOT yes OR families_in_care(p.child_id)))
            """, to=APP),
        Permit("consents_party",
               Policy("for_child_welfare", "SELECT", using="(SELECT laget_capacity()) = 'worker' AND role = 'child_welfare' "
                      f"AND person_id = (SELECT laget_person()) AND {ABOUT}")),
        migrations.RunSQL(policies(True), policies(False)),
        # What is asked, for the one who answers for child welfare: never what was typed of the family, or who has answered.
        Function("consents_asked_of_welfare(of_party uuid)",
                 "TABLE (id uuid, child_id uuid, service_id uuid, purpose text, kinds text[], reach text, until date, "
                 "asked_by_id uuid, position_id uuid, asked_at timestamptz, answer_by timestamptz, ended_at timestamptz, "
                 "opens_case boolean, guide text, why text, excluded text, matter text)", f"""
            SELECT {", ".join(f"r.{one}" for one in COLUMNS)}
            FROM consents_party p JOIN consents_request r ON r.id = p.request_id
            WHERE p.id = of_party AND {BY_IT} AND r.child_id IN (SELECT sight_children())
            """, to=APP),
        # What the one who answers for child welfare gives no more, of the question it was asked: also when it sees no case.
        Function("consents_end_covers(of_request uuid, of_kinds text[])", "void", f"""
            UPDATE sight_cover c SET until = greatest(c.since, {NOW})
            WHERE c.origin = 'consent' AND c.origin_id = of_request AND c.kind = ANY (of_kinds) AND c.until > {NOW}
              AND c.child_id IN (SELECT sight_children()) AND EXISTS (
                SELECT 1 FROM consents_party p WHERE p.request_id = of_request AND p.ended_at > {NOW} AND {BY_IT})
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=APP),
        # One whom the child lives with, whom nobody knows here: a row without a name, for the answer to belong to.
        Function("consents_carer()", "uuid", f"""
            INSERT INTO people_person (id, registered_at) SELECT gen_random_uuid(), {NOW} WHERE laget_capacity() = 'worker'
            RETURNING id
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER", to=APP),
        # The care has changed hands. Those who decided count no more, in every question that is open. What they gave lasts to
        # a day, or ends now when there is none; a question on which nothing is shared ends too. Answers what became of each.
        Function("consents_care_changes(of_child uuid, gone text[], by_day date)",
                 "TABLE (request uuid, service uuid, asked_by uuid, renewal uuid, ended boolean, lost text[])", f"""
            DECLARE
                one record;
                mine uuid[];
            BEGIN
                IF NOT families_cares_for(of_child)
                   OR gone <> (CASE WHEN families_in_care(of_child) THEN ARRAY['parent'] ELSE ARRAY['child_welfare', 'carer'] END) THEN
                    RAISE EXCEPTION 'child welfare says who has the care' USING ERRCODE = 'insufficient_privilege';
                END IF;
                FOR one IN
                    SELECT r.* FROM consents_request r WHERE r.child_id = of_child AND r.ended_at = {FOREVER} AND EXISTS (
                        SELECT 1 FROM consents_party p WHERE p.request_id = r.id AND p.role = ANY (gone) AND p.ended_at > {NOW})
                    ORDER BY r.asked_at, r.id FOR UPDATE
                LOOP
                    UPDATE consents_party p SET ended_at = {NOW}
                    WHERE p.request_id = one.id AND p.role = ANY (gone) AND p.ended_at > {NOW};
                    UPDATE sight_seat s SET until = greatest({NOW}, s.since)
                    WHERE s.child_id = of_child AND s.kind = 'asking' AND s.origin = 'care' AND s.origin_id = one.id
                      AND s.until > {NOW} AND 'child_welfare' = ANY (gone) AND s.person_id <> laget_person();
                    request := one.id; service := one.service_id; asked_by := one.asked_by_id; renewal := NULL;
                    lost := ARRAY[]::text[];
                    mine := ARRAY(SELECT c.id FROM sight_cover c WHERE c.origin = 'consent' AND c.origin_id = one.id
                                  AND c.since <= {NOW} AND c.until > {NOW});
                    ended := by_day IS NULL OR cardinality(mine) = 0;
                    IF cardinality(mine) > 0 THEN
                        INSERT INTO consents_renewal (id, request_id, child_id, service_id, kinds, reach, cause, due, at)
                        VALUES (gen_random_uuid(), one.id, of_child, one.service_id, one.kinds, one.reach, 'responsibility',
                                least(one.until, coalesce(by_day, ({NOW} AT TIME ZONE 'Europe/Oslo')::date)), {NOW})
                        ON CONFLICT (request_id) WHERE done_at IS NULL DO UPDATE
                            SET cause = EXCLUDED.cause, due = least(consents_renewal.due, EXCLUDED.due)
                        RETURNING consents_renewal.id INTO renewal;
                    END IF;
                    IF ended THEN
                        UPDATE consents_request r SET ended_at = {NOW} WHERE r.id = one.id;
                        UPDATE sight_cover c SET until = greatest({NOW}, c.since) WHERE c.id = ANY (mine);
                        lost := ARRAY(SELECT DISTINCT c.kind::text FROM sight_cover c WHERE c.id = ANY (mine) AND NOT EXISTS (
                            SELECT 1 FROM sight_cover x WHERE x.child_id = of_child AND x.service_id = one.service_id
                            AND x.kind = c.kind AND x.since <= {NOW} AND x.until > {NOW}));
                    ELSE
                        UPDATE consents_request r SET until = least(r.until, by_day) WHERE r.id = one.id;
                        UPDATE sight_cover c SET until = least(c.until, (by_day + 1)::timestamp AT TIME ZONE 'Europe/Oslo')
                        WHERE c.id = ANY (mine);
                    END IF;
                    RETURN NEXT;
                END LOOP;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER", to=APP),
    ]
