"""Every policy that lets the application read leans on the facts of sight, or is named here with the reason."""

import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.locks]

AS_THE_ROW = "whoever sees the row that was corrected, by the row's own policy"
OWN = {
    "access_draft.own_draft": "what one is typing oneself",
    "access_receipt.own_receipt": "what one has sent oneself",
    "access_signin.own_sign_in": "one's own sign-ins",
    "audit_change.cases_offer": AS_THE_ROW,
    "audit_change.directory_position": AS_THE_ROW,
    "audit_change.directory_service": AS_THE_ROW,
    "audit_change.directory_unit": AS_THE_ROW,
    "audit_change.families_child": AS_THE_ROW,
    "audit_change.people_name": AS_THE_ROW,
    "audit_change.plans_measure": AS_THE_ROW,
    "audit_entry.own_deeds": "what one has done oneself",
    "audit_reading.own_readings": "what one has looked at oneself",
    "cases_absence.answered_for": "who is away and who stands in: the two of them, and a leader's; no child is named",
    "concerns_talk.mine": "a talk about one's own worry",
    "concerns_talk.to_hold": "a leader's talk with somebody who works there: whose and when, not about what",
    "emergency_hold.of_an_opening": "whoever controls the opening, or made it",
    "emergency_opening.controls": "the officer's work, which names no child",
    "emergency_opening.leads": "a leader's: who of one's own opened, which names no child",
    "emergency_opening.own": "what one has asked for oneself",
    "emergency_review.of_an_opening": "whoever controls the opening, or made it",
    "directory_account.administrators_read": "what somebody signs in with, for those who let people in",
    "consents_hiding.with_it": "whoever at work reads what was shared, whose own policy leans on the facts",
    "consents_party.with_the_request": "whoever sees the request, whose own policy leans on the facts",
    "protection_letter.with_the_proposal": "whoever sees what is asked, whose own policy leans on the facts",
    "protection_look.controls": "the officer's: who has opened pages of protected children, which names no child",
    "protection_proposal.leads": "what a leader is asked to confirm, with the names that it is about",
    "protection_restriction.leads": "who is kept away by a decision made where one leads",
    "protection_why.decided_here": "why, for the one who decided and the leader there",
    "documents_content.of_a_file_that_opens": "whoever sees the file",
    "documents_file.of_a_paper": "whoever sees the answer on paper, whose own policy leans on the facts",
    "documents_file.of_an_entry": "whoever reads the entry, whose own policy leans on the facts",
    "families_claim.leads": "what a leader is asked to confirm, with the names that it is about",
    "families_informationanswer.of_ours": "whoever sees the request, whose own policy leans on the facts",
    "families_informationright.of_ours": "whoever sees the request, whose own policy leans on the facts",
    "notices_mailwish.own_wish": "how one wants to be told oneself",
    "participation_remark.with_the_set_up": "whoever sees the set-up, whose own policy leans on the facts",
    "people_contact.own_contact": "one's own address",
    "people_name.families_have_names": "whoever sees the tie to a child, whose own policy leans on the facts",
    "people_name.own_name": "one's own name",
    "people_name.workers_have_names": "those who work for the municipality, by name",
    "people_person.opaque": "an id and nothing else",
    "ties_objection.of_a_tie": "whoever sees the tie",
    "ties_tie.keeps_me_away": "what one is kept away by oneself, by the register, from where one had a place",
    "ties_ruling.of_a_tie": "whoever sees the tie",
    "ties_tie.leads": "a leader's: who of one's own is too close to a family, which names no child",
    "ties_tie.told_of": "what one has told of oneself",
    "trust_finding.controls": "the data protection officer's work, which names no child",
    "trust_finding.leads": "a leader's: who of one's own looked, which names no child",
    "trust_inquiry.own": "the officer's own inquiry",
    "trust_question.controls": "what a family's question was passed on to the officer for",
    "trust_question.leads": "what a family asks the leader of the one who looked",
    "trust_reply.of_the_family": "what was answered to one's own question",
    "trust_reply.of_the_house": "what was answered to a question one may see",
    "trust_verification.controls": "whether the record is whole, in numbers",
    "trust_round.controls": "that a day was controlled, in numbers",
    "sight_forbid.concerns_me": "read only to deny",
}


def test_a_policy_that_leans_on_no_fact_of_sight_has_a_reason():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename || '.' || policyname FROM pg_policies WHERE 'laget_app' = ANY (roles) "
            "AND cmd IN ('SELECT', 'ALL') AND coalesce(qual, '') NOT LIKE '%sight\\_%'"
        )
        found = {name for (name,) in cursor.fetchall()}
    assert not sorted(found - set(OWN)), "a policy without a fact of sight needs its reason here"
    assert not sorted(set(OWN) - found), "a reason that is no longer needed"
