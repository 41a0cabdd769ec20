"""Nobody speaks for another unseen, what came back to a service stays there, and outsiders are told nothing."""

from django.db import migrations

from laget.audit.ground import APP, WORKER, Function

BOTH = f"{APP}, {WORKER}"
AROUND = "child_id = ANY (ARRAY(SELECT sight_cases()))"
MINE = "owner_id = (SELECT laget_person()) AND (SELECT laget_capacity()) = 'worker'"
SAID = f"""{AROUND} AND CASE (SELECT laget_capacity())
    WHEN 'citizen' THEN person_id = (SELECT laget_person()) AND noted_by_id IS NULL
    WHEN 'worker' THEN (NOT agrees OR NOT cases_said(offer_id, person_id)) AND noted_by_id IN (
        SELECT p.id FROM directory_position p WHERE p.person_id = (SELECT laget_person())
        AND p.since <= statement_timestamp() AND p.until > statement_timestamp())
    ELSE false END"""


def said(check: str) -> list[str]:
    return [
        'DROP POLICY "add" ON "cases_familyview"',
        f'CREATE POLICY "add" ON "cases_familyview" FOR INSERT TO laget_app WITH CHECK ({check})',
    ]


def own_words(using: str) -> list[str]:
    return [
        'DROP POLICY "mine" ON "cases_ownwords"',
        f'CREATE POLICY "mine" ON "cases_ownwords" FOR SELECT TO laget_app USING ({using})',
    ]


def kept_inside(name: str, types: str, inner: str) -> migrations.RunSQL:
    """The function goes on under another name that nobody but the owner may call."""
    return migrations.RunSQL(
        [f"ALTER FUNCTION {name}({types}) RENAME TO {inner}", f"REVOKE EXECUTE ON FUNCTION {inner}({types}) FROM {BOTH}"],
        [f"ALTER FUNCTION {inner}({types}) RENAME TO {name}", f"GRANT EXECUTE ON FUNCTION {name}({types}) TO {BOTH}"],
    )


class Migration(migrations.Migration):

    dependencies = [("cases", "0002_who_would_be_heir"), ("sight", "0003_had_a_place")]

    operations = [
        # Whether this person has answered the offer by signing in.
        Function("cases_said(of_offer uuid, by_person uuid)", "boolean", """
            SELECT EXISTS (SELECT 1 FROM cases_familyview v WHERE v.offer_id = of_offer AND v.person_id = by_person
                           AND v.noted_by_id IS NULL AND v.child_id IN (SELECT sight_cases()))
            """, to=APP),
        # One says what is one's own; a worker notes in the own name, and no yes over what the person said alone.
        migrations.RunSQL(said(SAID), said(AROUND)),
        # What came back is for the record of the service: one reads it as long as one works there.
        migrations.RunSQL(own_words(f"{MINE} AND service_id IN (SELECT sight_services())"), own_words(MINE)),
        migrations.RunSQL(
            f"REVOKE EXECUTE ON FUNCTION cases_unheld() FROM {APP}", f"GRANT EXECUTE ON FUNCTION cases_unheld() TO {APP}"
        ),
        # The same answers and consequences as before, for those who had a place around the child.
        kept_inside("cases_of", "uuid", "cases_open_of"),
        Function("cases_of(of_child uuid)", "SETOF uuid", """
            SELECT c FROM cases_open_of(of_child) AS c WHERE sight_had_place(of_child)
            """),
        kept_inside("cases_give_back", "uuid, uuid, text[]", "cases_words_back"),
        Function("cases_give_back(of_child uuid, of_service uuid, lost text[])", "TABLE (owner uuid, batch uuid)", """
            BEGIN
                IF sight_had_place(of_child) THEN
                    RETURN QUERY SELECT w.owner, w.batch FROM cases_words_back(of_child, of_service, lost) w;
                END IF;
            END
            """, how="LANGUAGE plpgsql VOLATILE SECURITY DEFINER"),
        # Anybody's act may cause a baton to fall; whose child it is, is told only when it did.
        kept_inside("cases_settle", "uuid, date, text, text", "cases_settled"),
        Function("cases_settle(of_case uuid, must_answer_by date, because text, closing text)", "jsonb", """
            SELECT CASE WHEN s->>'outcome' IN ('acting', 'closed') THEN s ELSE s - 'child' - 'family' - 'case' END
            FROM cases_settled(of_case, must_answer_by, because, closing) AS s
            """, how="LANGUAGE sql VOLATILE SECURITY DEFINER"),
    ]
