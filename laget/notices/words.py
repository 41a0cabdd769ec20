"""What a kind of event is called in the inbox and in e-mail: never a name, a child, a unit or a service."""

from __future__ import annotations

from django.utils.translation import gettext

from laget.kernel.text import N_

SENTENCES: dict[str, str] = {
    "consents.asked": N_("Somebody asks for your consent."),
    "consents.reminder": N_(
        "Somebody has asked for your consent and waits for an answer. You decide whether you answer."
    ),
    "consents.given": N_("Everybody has answered the request for consent. Something may be shared."),
    "consents.not_shared": N_("Everybody has answered the request for consent. Nothing will be shared."),
    "consents.noted": N_("An answer has been noted in your name. See whether it is right."),
    "consents.asked_for_child_welfare": N_("Somebody asks child welfare for consent, and you are to answer."),
    "consents.say_is_yours": N_(
        "You answer for child welfare from now, to a question that somebody else there answered or was to answer."
    ),
    "consents.say_moved": N_("Somebody else in child welfare answers a question of yours from now."),
    "consents.say_unheld": N_(
        "Nobody in child welfare answers a question of yours any more. What is shared ends on the day to answer. You "
        "can ask anew."
    ),
    "consents.care_changed": N_("A consent no longer stands, since others have the care of the child now."),
    "consents.paper_to_see": N_("Somebody asks you to see an answer on paper, and to say whether it is right."),
    "consents.paper_refused": N_("An answer on paper that you registered was not right. The page says why."),
    "consents.lapsed": N_("A request for consent has ended without all answers. The work goes on in your own service."),
    "consents.holders_changed": N_("A consent no longer stands, since others have parental responsibility now."),
    "families.parent_let_in": N_("Somebody is registered with parental responsibility. See whether it is right."),
    "families.parent_let_in_here": N_(
        "Somebody in your service has registered that a parent has parental responsibility. That opens the family's "
        "pages."
    ),
    "families.to_confirm": N_("Somebody asks you to confirm what a document says. Nothing opens before you answer."),
    "families.claim_answered": N_("What you asked another to confirm is answered."),
    "families.claim_fell": N_("Nobody confirmed in time what you asked for. Nothing is changed."),
    "consents.hidden_review": N_("Something that a family is not shown is to be looked at again."),
    "consents.hidden_alone": N_(
        "Something that a family is not shown is to be looked at again, and nobody in your service takes part in that "
        "case any more. Find out which case it is, and who takes it over."
    ),
    "consents.shown_by_itself": N_("The day has come: the family can read something that was hidden from it."),
    "consents.expired": N_("A consent has run out."),
    "consents.ask_again": N_("A consent is to be asked for again. The page says why."),
    "consents.changed": N_("What is shared about your child has changed."),
    "consents.answered": N_("A request for consent has been answered."),
    "consents.withdrawn": N_("What is shared about your child has changed."),
    "cases.opened": N_("The cooperation has begun."),
    "cases.joined": N_("Somebody has joined the team."),
    "cases.invited": N_("You are invited to a team."),
    "cases.somebody_invited": N_("Somebody is invited to the team."),
    "cases.invitation_accepted": N_("Somebody you invited has joined the team."),
    "cases.invitation_declined": N_("Somebody you invited could not join the team."),
    "cases.invitation_taken_back": N_("An invitation to you was taken back."),
    "cases.lead_asked": N_("We ask what you think about who leads the team."),
    "cases.baton_offered": N_("You are offered the baton."),
    "cases.baton_offered_within": N_("Somebody else in the same service is asked to lead the team."),
    "cases.baton_accepted": N_("The baton you offered is accepted."),
    "cases.baton_declined": N_("The baton you offered was declined. You still hold it."),
    "cases.baton_taken_back": N_("An offer of the baton to you was taken back."),
    "cases.offer_lapsed": N_("An offer of the baton no longer stands."),
    "cases.offer_ended": N_("The question of who leads the team is no longer open."),
    "cases.family_agreed": N_("The family has said yes to who leads the team."),
    "cases.family_answered": N_("The family has said what they think about who leads the team."),
    "cases.view_noted": N_("An answer about who leads the team has been noted in your name. See whether it is right."),
    "cases.new_holder": N_("The team has a new relay holder."),
    "cases.new_acting_holder": N_("Somebody leads the team for the time being."),
    "cases.acting_accepted": N_("The one who led for the time being has accepted the baton."),
    "cases.baton_fell_to_you": N_("The baton has come to you. Accept it, or offer it on."),
    "cases.acting_overdue": N_("A baton still waits for somebody to accept it or offer it on."),
    "cases.offer_unanswered": N_("An offer of the baton still waits for your answer."),
    "cases.baton_lost": N_("You no longer hold a baton."),
    "cases.deputy_named": N_("Somebody stands in for the one who leads your team. See who, and from when to when."),
    "cases.deputy_ended": N_("Nobody stands in any more for the one who leads your team."),
    "cases.deputy_fell": N_("The one who stood in for you can't go on. See whether somebody else should."),
    "cases.you_stand_in": N_("A colleague is away, and somebody stands in. See who, and from when to when."),
    "cases.absence_ended": N_("Nobody stands in any more. See what it is about."),
    "cases.family_wrote": N_("The family has written in the log."),
    "cases.written_to_you": N_("Somebody has written something for you."),
    "cases.written_for": N_("Somebody has written down what you said. See whether it is right."),
    "cases.meant_otherwise": N_("Somebody says that what was written for them was meant otherwise."),
    "cases.readers_review": N_("It is time to look again at who can read a text."),
    "cases.written": N_("There is something new in the log."),
    "cases.corrected": N_("An entry in the log is corrected."),
    "cases.look_through": N_("A child has got a page. Look through what was written before, so that it can be read."),
    "cases.older_open": N_("You can read more now."),
    "cases.level_moved": N_("The way you work together has changed."),
    "cases.guide_followed": N_("The team follows a newer guide now. Read what it means for you."),
    "cases.closed": N_("The cooperation is closed."),
    "cases.closed_to_you": N_("A cooperation you took part in is closed."),
    "cases.closed_by_itself": N_("The cooperation is closed, since nothing is shared any more."),
    "cases.reopened": N_("The cooperation has begun again."),
    "cases.own_words": N_("What you wrote has come back to you, for your own record."),
    "cases.words_given_back": N_("What you wrote has come back to you, for your own record."),
    "plans.goal_agreed": N_("A new goal is agreed."),
    "plans.goal_revised": N_("A goal has a new text."),
    "plans.measure_added": N_("A new measure is agreed."),
    "plans.measure_revised": N_("A measure is changed."),
    "plans.evaluated": N_("You have a new evaluation to read."),
    "plans.next_level_proposed": N_("An evaluation says that it has not helped enough, and that more should help."),
    "trust.asked": N_("Somebody asks why a page was opened. You are to answer."),
    "trust.controlled": N_("The control of who has looked has a question to you."),
    "trust.reminder": N_("A question about who has looked still waits for your answer."),
    "trust.late": N_("A question about who has looked has passed its day without an answer."),
    "trust.passed_to_officer": N_("A question about who has looked is passed on to you."),
    "trust.not_whole": N_("The record of who has looked does not hold. Read what was found, at once."),
    "trust.passed_on": N_("Your question about who has looked is passed on to the data protection officer."),
    "trust.answered": N_("Your question about who has looked is answered."),
    "plans.matter_told": N_("Somebody has told what matters to the child."),
    "directory.entrusted": N_("Somebody leads, administers or controls from now on. See whether it is right."),
    "directory.account_changed": N_("What somebody here signs in with is changed. See whether it is right."),
    "emergency.to_review": N_("Somebody has opened a record in an emergency. You are to review it."),
    "emergency.late": N_("An opening in an emergency has passed its day without a review."),
    "emergency.opened": N_("Somebody has read about your child in an emergency. The page says who and why."),
    "emergency.not_ok": N_(
        "Somebody has read about your child without a need. The municipality calls it against the rules."
    ),
    "exchange.answer_due": N_("An answer that you wait for has not come by its day. The page says what to do."),
    "participation.own_way_in": N_(
        "A letter for signing in is made for you. If you did not ask for it, close that sign-in."
    ),
    "participation.set_up": N_("A letter for signing in is made for somebody in a family. See whether it is right."),
    "participation.health_decided": N_("Somebody has decided who at home may know something. See who, and why."),
    "participation.must_know_ends": N_(
        "What a parent may know about a young person ends soon. Is it still needed, the health service decides it anew."
    ),
    "participation.must_know_lapsed": N_(
        "What a parent could know about a young person has ended. "
        "Is it still needed, the health service decides it anew."
    ),
    "participation.health_lapsed": N_("Those at home may know less than before. See who, and what you can do."),
    "participation.birthday": N_("Something changes soon. The page says what."),
    "protection.kept_away": N_("A decision is made where you lead. Read it."),
    "protection.review_due": N_("A decision is to be looked at again."),
    "protection.register_lower": N_("The register says something else than what holds here. Two people decide."),
    "protection.looked": N_("Somebody has opened pages of protected children."),
    "protection.mail_held": N_("E-mail was held for what it could tell. Look at it, and decide with a leader."),
    "protection.mail_not_sent": N_("An e-mail that two people let leave was not sent. The page says what to do."),
    "protection.to_confirm": N_("Somebody asks you to confirm a decision."),
    "protection.answered": N_("What you asked a leader to confirm is answered."),
    "ties.to_decide": N_("Somebody may be too close to a family. You are to decide."),
    "ties.shut_out": N_("Somebody is too close to a family and can't go on. See that another has taken over."),
    "ties.you_are_out": N_("You can't go on with a case. The page says why, and what to do if it is wrong."),
    "ties.you_wait": N_("The leader has not decided in time what you said was wrong. The page says what happens now."),
    "ties.objected": N_("Somebody who is kept away says that it is wrong. The page says by when you decide."),
    "ties.objection_late": N_("Somebody who is kept away still waits for your decision. It is late."),
    "ties.objected_on": N_(
        "Somebody who is kept away says that it is wrong, and nobody has decided in time. Now you decide."
    ),
    "ties.nobody_decides": N_("A decision about a worker waits, and no other leader is left. See who leads."),
    "ties.answered": N_("A leader has decided about somebody you said was too close to the family."),
    "ties.decided": N_("A leader has decided whether you can work with a case. Talk with your leader."),
    "concerns.talk_wanted": N_("A colleague wants to talk with you. The page says who."),
}


class UnknownEvent(LookupError):
    """A room tells of an event that has no sentence."""


def known(event: str) -> str:
    """The code itself. Raises UnknownEvent, so that no notice is made that nobody can read."""
    if event not in SENTENCES:
        raise UnknownEvent(event)
    return event


def sentence(event: str) -> str:
    """The kind of event in the reader's language."""
    return gettext(SENTENCES[known(event)])
