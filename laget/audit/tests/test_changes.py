"""What may be corrected keeps what it was: no column that the web may change is left without history or a reason."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection, transaction

from laget.audit.models import Change
from laget.directory.models import Position
from laget.families.models import Child
from laget.people.models import Name

pytestmark = [pytest.mark.django_db, pytest.mark.locks]

# What the web's login may change and no trigger keeps: where its history stands, or why it has none.
WITHOUT = {
    "access_draft": "one's own unfinished typing; it is replaced while one types, and leaves when it is sent",
    "access_receipt": "where a form led: written once, right after the receipt itself",
    "django_session": "holds nothing that anybody wrote about a child",
    "cases_baton.acting": "an acting holder accepts: cases.baton_kept in the record",
    "cases_baton.answer_by": "as acting",
    "cases_baton.until": "the end of an interval",
    "cases_case.closed_at": "each closing and reopening is a row (cases_turn)",
    "cases_case.guide_version": "each move to another version is a row (cases_crossing)",
    "cases_case.level": "each level is a row (cases_step)",
    "cases_log.looked_at": "looked through once: cases.looked_through in the record",
    "plans_goal.looked_at": "looked through once: plans.looked_through in the record",
    "plans_measure.looked_at": "looked through once: plans.looked_through in the record",
    "plans_revision.looked_at": "looked through once: plans.looked_through in the record",
    "plans_evaluation.looked_at": "looked through once: plans.looked_through in the record",
    "plans_matter.looked_at": "looked through once: plans.looked_through in the record",
    "cases_invitation.answered_at": "with its state",
    "cases_invitation.state": "answered once",
    "cases_offer.answered_at": "with its state",
    "cases_offer.state": "answered once",
    "cases_log.audience": "each choice of readers is a row (cases_readership), or the commit is refused",
    "cases_log.persons": "as audience",
    "concerns_talk": "when a talk is due and with whom: no text; the talk itself is noted in the owner's worry",
    "concerns_worry": "one's own notebook, sealed, which nobody else reads and which is deleted on its own day",
    "consents_disclosure.hidden": "shown to the family once, and never hidden again: consents.disclosure_shown",
    "consents_paper.decided_at": "with its state",
    "consents_paper.state": "decided once, and each decision is in the record",
    "consents_paper.why": "with its state",
    "consents_renewal.done_at": "when it was asked for again, once",
    "consents_request.ended_at": "the end of an interval",
    "consents_request.first_words": "can only be emptied, when they become the first entry (first_words_only_leave)",
    "consents_request.reminded_at": "when a reminder was sent",
    "directory_account.until": "the end of an interval",
    "directory_position.until": "the end of an interval",
    "exchange_report": "one's own report, sealed; what is delivered is a row that stays as it was (exchange_version)",
    "exchange_version": "only that it was delivered, once: its words are never changed",
    "families_claim": "answered once, by another person than the one who asked when it lets somebody in",
    "families_careorder.ended_at": "the end of an interval, once",
    "families_careorder.ended_by_id": "with its end",
    "families_careorder.ended_on": "with its end",
    "families_careorder.ended_why": "with its end",
    "families_parent.until": "the end of an interval",
    "guide_draft": "only that a draft was put away, and by whom; each wording is a row",
    "notices_notice.read_at": "one's own: read or not",
    "protection_heldmail": "decided once: protection.mail_put_away in the record",
    "protection_proposal": "answered once, by another person than the one who asked",
    "protection_restriction.review_on": "the next day to look at it: protection.looked_again in the record",
    "people_contact.until": "the end of an interval",
    **{
        f"plans_{one}.{column}": "each choice of readers is a row (cases_readership), or the commit is refused"
        for one in ("goal", "measure", "revision", "evaluation", "matter")
        for column in ("audience", "persons")
    },
    "plans_goal.ended_at": "the end of an interval; the evaluation is a row",
    "plans_goal.outcome": "the evaluation is a row (plans_evaluation)",
    "plans_goal.version": "counts the rows of plans_revision",
    "plans_goal.words": "the earlier words are a row, or the commit is refused (earlier_is_kept)",
    "plans_measure.ended_at": "the end of an interval; the evaluation is a row",
    "plans_measure.outcome": "the evaluation is a row (plans_evaluation)",
    "plans_measure.version": "counts the rows of plans_revision",
    "plans_measure.words": "the earlier words are a row, or the commit is refused (earlier_is_kept)",
    "sight_cover.until": "the end of an interval",
    "sight_seat.until": "the end of an interval",
    "trust_finding.escalated_at": "passed on once; the reply that passes it on is a row",
    "trust_question.escalated_at": "passed on once; the reply that passes it on is a row",
}

CHANGEABLE = """
    SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      AND has_column_privilege('laget_app', c.oid, a.attnum, 'UPDATE')
"""
KEPT = """
    SELECT c.relname, a.attname FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (t.tgattr::int2[])
    WHERE p.proname = 'audit_keep' AND t.tgenabled = 'O'
"""


def asked(sql: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_every_column_that_can_be_changed_keeps_what_it_was():
    changeable, kept = set(asked(CHANGEABLE)), set(asked(KEPT))
    forgotten = {
        f"{table}.{column}" for table, column in changeable - kept if table not in WITHOUT
    } - WITHOUT.keys()  # fmt: skip
    assert not forgotten
    names = {table for table, _ in changeable} | {f"{table}.{column}" for table, column in changeable}
    assert not WITHOUT.keys() - names, "a reason that is no longer needed"
    assert {("plans_measure", "due"), ("families_child", "born"), ("cases_offer", "answer_words")} <= kept & changeable


def test_what_is_kept_is_what_the_trigger_and_its_function_both_name():
    for table, definition in asked(
        "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'what_was_is_kept'"
    ):
        columns = re.search(r"UPDATE OF (.*) ON public", definition)[1].split(", ")
        given = re.findall(r"'(\w+)'", re.search(r"audit_keep\((.*)\)", definition)[1])
        assert given[1:] == columns, table
        assert [policy for policy in asked(f"SELECT 1 FROM pg_policies WHERE policyname = '{table}'")], table


def test_a_correction_keeps_what_was_and_who_did_it(cast, as_app):
    child = Child.objects.get(pk=cast.sara.person)
    before = child.born.isoformat()
    with as_app(cast.maja.actor):
        assert Child.objects.filter(pk=child.pk).update(born="2015-02-03") == 1
        assert Child.objects.filter(pk=child.pk).update(born="2015-02-03") == 1  # nothing was changed
        (kept,) = Change.objects.filter(source="families_child")
    assert (kept.row, kept.old, kept.person, kept.capacity) == (child.pk, {"born": before}, cast.maja.person, "worker")


@pytest.mark.parametrize("who, sees", [
    ("maja", True), ("omar", True), ("vera", False), ("idris", False), ("otto", False), ("ada", False), ("liv", False),
    ("kari", True), ("per", False),
])  # fmt: skip
def test_who_sees_the_row_sees_what_it_was_and_nobody_else(cast, as_app, who, sees):
    with as_app(cast.maja.actor):
        Child.objects.filter(pk=cast.sara.person).update(born="2015-02-03")
    with as_app(getattr(cast, who).actor):
        assert Child.objects.filter(pk=cast.sara.person).exists() == sees
        assert Change.objects.filter(source="families_child").exists() == sees
    with as_app(None):
        assert not Change.objects.exists()


def test_a_name_and_a_title_keep_what_they_were(cast, as_app):
    position = Position.objects.filter(person_id=cast.maja.person).first()
    before = position.title
    Position.objects.filter(pk=position.pk).update(title="another")
    Name.objects.filter(person_id=cast.sara.person).update(given="Saara")
    with as_app(cast.otto.actor):
        assert [one.old for one in Change.objects.all()] == [{"title": before}]
    with as_app(cast.maja.actor):
        assert Change.objects.get(source="people_name").old.keys() == {"given"}


@pytest.mark.parametrize("statement", [
    "INSERT INTO audit_change (id, at, capacity, source, row, old) "
    "VALUES (gen_random_uuid(), now(), '', 'families_child', gen_random_uuid(), '{}')",
    "UPDATE audit_change SET old = '{}'",
    "DELETE FROM audit_change",
    "UPDATE directory_position SET title = 'x'",
    "UPDATE directory_service SET name = 'x'",
    "UPDATE people_contact SET value = 'x'",
])  # fmt: skip
def test_nobody_writes_history_or_past_it(cast, as_app, statement):
    denied = pytest.raises(DatabaseError, match="permission denied")
    with denied, transaction.atomic(), as_app(cast.maja.actor), connection.cursor() as cursor:
        cursor.execute(statement)
