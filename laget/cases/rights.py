"""Who may move a case: page, button and action ask the same function, and a refusal says who can help."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.strength import NEEDS_EID
from laget.cases import ground, rules
from laget.cases.access import gripped, places_answered_for, visible_absences, visible_cases, visible_entries
from laget.cases.following import newer_guide
from laget.cases.models import Absence, Case, Invitation, Log, Offer, OfferState
from laget.consents.models import Request
from laget.directory.models import Position
from laget.kernel.actor import Actor
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.law.kinds import Kind
from laget.sight.access import kinds_known

CLOSED = refuse(_("The case is closed. It can be read, but not changed."))
NOT_HOLDER = refuse(_("Only the relay holder can do this. Talk with the one who holds the baton."))
NOT_STANDING = refuse(_("This offer no longer stands. Nothing was changed."))
NOT_WAITING = refuse(_("This invitation has been answered or taken back. Nothing was changed."))
STANDS_IN = refuse(_("You stand in for the one who holds the baton. Only the holder does this."))
NOT_YOURS = refuse(_("This is for the one who was asked."))


def holds(actor: Actor, case: Case) -> bool:
    """Whether the actor does what the holder does now: as holder, as acting holder, or standing in for one."""
    return case.is_open and case.baton is not None and not case.baton.carried_by.isdisjoint(actor.positions)


def stands_in(actor: Actor, case: Case) -> bool:
    """Whether the actor does so for another, who holds the baton all the while."""
    return holds(actor, case) and case.baton is not None and case.baton.position_id not in actor.positions


def _as_holder(actor: Actor, case: Case) -> Verdict:
    if not case.is_open:
        return CLOSED
    return ALLOWED if holds(actor, case) else NOT_HOLDER


def _for_oneself(actor: Actor, case: Case) -> Verdict:
    """What the holder stands by, and nobody does in the holder's place."""
    verdict = _as_holder(actor, case)
    return STANDS_IN if verdict and stands_in(actor, case) else verdict


def may_name_deputy(actor: Actor, place: Position) -> Verdict:
    """The one who is away, or the leader of the unit."""
    if places_answered_for(actor).filter(pk=place.pk).exists():
        return ALLOWED
    return refuse(_("The one who is away finds a deputy, or the leader of the unit."))


def may_end_absence(actor: Actor, absence: Absence) -> Verdict:
    """Both of the two, and the leader; before its day."""
    if absence.until <= timezone.now():
        return refuse(_("This has ended already."))
    mine = visible_absences(actor).filter(pk=absence.pk).exists()
    return ALLOWED if mine else refuse(_("The two of them can end this, or the leader of the unit."))


def writable_kinds(actor: Actor, case: Case) -> frozenset[str]:
    """Kinds of information that the actor may write about."""
    return kinds_known(actor, [case.child_id]) - {Kind.IDENTITY.value}


def may_write(actor: Actor, case: Case, known: frozenset[str] | None = None) -> Verdict:
    """Everybody who takes part writes; a service only about kinds that the consent covers.

    known: the kinds that the actor may know, when the page has asked for them already.
    """
    if not case.is_open:
        return CLOSED
    if actor.is_citizen or (writable_kinds(actor, case) if known is None else known - {Kind.IDENTITY.value}):
        return ALLOWED
    return refuse(_("The consent lets your service know who the child is, and nothing more. Ask the family for more."))


def may_write_for(actor: Actor, case: Case) -> Verdict:
    """A worker writes down what one of the family said and can't write alone."""
    if not actor.is_worker:
        return refuse(_("You write in your own name."))
    return may_write(actor, case)


def may_say_meant(actor: Actor, entry: Log) -> Verdict:
    """Only the one for whom it was written says whether it was meant like that."""
    if entry.spoken_for_id != actor.person or not actor.is_citizen:
        return refuse(_("Only the one whose words these are can say how they were meant."))
    return ALLOWED if entry.case.is_open else CLOSED


def may_correct(actor: Actor, entry: Log) -> Verdict:
    """Only the author corrects, and what stood there stays readable."""
    return ALLOWED if entry.author_id == actor.person else refuse(_("Only the one who wrote this can correct it."))


def may_add_file(actor: Actor, entry: Log) -> Verdict:
    """Only the author adds a file to an entry, while the case is open: whoever reads the entry reads the file."""
    if entry.author_id != actor.person:
        return refuse(_("Only the one who wrote this can add a file to it."))
    if entry.looked_at is not None:
        return refuse(
            _("This was looked through for the child as it stands. Write a new entry, and add the file there.")
        )
    return may_write(actor, entry.case)


def may_add_file_to(actor: Actor, entry: UUID) -> Verdict:
    """As `may_add_file`, by the entry's id."""
    found = visible_entries(actor).select_related("case").filter(pk=entry).first()
    return may_add_file(actor, found) if found is not None else refuse("")


def hold_entry(actor: Actor, entry: UUID) -> None:
    """Nobody else moves the entry's case until the end of the transaction."""
    found = visible_entries(actor).filter(pk=entry).values_list("case_id", flat=True).first()
    if found is not None:
        gripped(actor, found)


def may_move_level(actor: Actor, case: Case) -> Verdict:
    return _as_holder(actor, case)


def may_mark(actor: Actor, case: Case) -> Verdict:
    """The holder says which steps of the guide are done."""
    return _as_holder(actor, case)


def may_follow_newer(actor: Actor, case: Case) -> Verdict:
    """The holder moves the case to the version of the guide that holds now, when it follows an older one."""
    verdict = _as_holder(actor, case)
    if verdict and newer_guide(case, timezone.localdate()) is None:
        return refuse(_("The case follows the newest version already."))
    return verdict


def may_invite(actor: Actor, case: Case) -> Verdict:
    """The holder invites, and only people whose service the consent covers."""
    return _as_holder(actor, case)


def may_ask_for_service(actor: Actor, case: Case) -> Verdict:
    """Only the holder asks the family to let another service take part."""
    return _as_holder(actor, case)


def may_answer_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    if invitation.position_id not in actor.positions:
        return NOT_YOURS
    return ALLOWED if invitation.state == "sent" else NOT_WAITING


def may_take_back_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    """The one who invited, or whoever holds the baton now."""
    if invitation.state != "sent":
        return NOT_WAITING
    mine = invitation.made_by_id == actor.person and actor.is_worker
    if mine:
        return ALLOWED
    case = visible_cases(actor).filter(pk=invitation.case_id).first()
    return ALLOWED if case is not None and holds(actor, case) else NOT_HOLDER


def may_offer(actor: Actor, case: Case) -> Verdict:
    """The holder offers the baton on, to one at a time; an acting holder too."""
    verdict = _for_oneself(actor, case)
    if verdict and case.standing_offer is not None:
        return refuse(_("The baton is already offered to somebody. Take that offer back first."))
    return verdict


def _stands(offer: Offer) -> bool:
    return offer.state == OfferState.OFFERED


def is_receiver(actor: Actor, offer: Offer) -> bool:
    return actor.is_worker and offer.receiver_id in actor.positions


def asked_family(offer: Offer) -> list[UUID]:
    """Those of the family who must say yes before this offer can be accepted."""
    giver, receiver = offer.giver.unit.service_id, offer.receiver.unit.service_id
    return rules.must_agree(giver, receiver, ground.family(offer.child_id))


def views_of(offer: Offer) -> list[rules.View]:
    """What the family has said to this offer."""
    return [rules.View(one.person_id, one.agrees, one.at) for one in offer.views.order_by("at", "id")]


def may_accept(actor: Actor, offer: Offer) -> Verdict:
    """The receiver, never the giver, and only when the family lets another service lead."""
    return may_accept_after(actor, offer, asked_family(offer), views_of(offer))


def may_accept_after(actor: Actor, offer: Offer, asked: list[UUID], views: Iterable[rules.View]) -> Verdict:
    """As `may_accept`, with what the family was asked and has said already fetched."""
    verdict = may_decline(actor, offer)
    if not verdict:
        return verdict
    views = list(views)
    if rules.refusals(asked, views):
        return refuse(_("The family does not want this service to lead. Talk with the one who offers you the baton."))
    if rules.waited_for(asked, views):
        return refuse(_("The family has not answered yet. You get a message when everybody has."))
    return ALLOWED


def may_decline(actor: Actor, offer: Offer) -> Verdict:
    if not _stands(offer):
        return NOT_STANDING
    if not is_receiver(actor, offer):
        return NOT_YOURS
    if offer.giver.person_id == actor.person:
        return refuse(_("Nobody accepts their own offer."))
    return ALLOWED


def may_take_back(actor: Actor, offer: Offer) -> Verdict:
    """The giver, or whoever holds the baton now: also when the receiver has left."""
    if not _stands(offer):
        return NOT_STANDING
    mine = actor.is_worker and offer.giver_id in actor.positions
    return ALLOWED if mine or holds(actor, offer.case) else NOT_HOLDER


def may_answer_offer(actor: Actor, offer: Offer) -> Verdict:
    """Each of the family says what they think while the offer stands."""
    if not _stands(offer):
        return NOT_STANDING
    return ALLOWED if actor.is_citizen else refuse(_("This is for the family to answer."))


def may_note_views(actor: Actor, offer: Offer) -> Verdict:
    """The giver notes what a parent answered orally."""
    return may_take_back(actor, offer)


def may_note_view(actor: Actor, offer: Offer, person: UUID) -> Verdict:
    verdict = may_note_views(actor, offer)
    if verdict and person not in asked_family(offer):
        return refuse(_("This person is not asked whether another service may lead."))
    return verdict


def may_accept_acting(actor: Actor, case: Case) -> Verdict:
    """An acting holder takes the baton for good."""
    verdict = _for_oneself(actor, case)
    if verdict and not (case.baton and case.baton.acting):
        return refuse(_("You already hold the baton."))
    return verdict


def may_close(actor: Actor, case: Case) -> Verdict:
    """The holder closes; an acting one accepts first, so that somebody stands by the choice."""
    verdict = _for_oneself(actor, case)
    if verdict and case.baton and case.baton.acting:
        return refuse(_("You hold the baton for the time being. Accept it before you close the case."))
    return verdict


def may_reopen(actor: Actor, case: Case) -> Verdict:
    """The family takes it up again when a service may know the child; a service does so by asking for consent.

    A child does so alone from the age at which it decides on its own; before that, together with a grown-up.
    """
    if case.is_open:
        return refuse(_("The case is open."))
    if not actor.is_citizen:
        return refuse(_("The family has to agree first. Ask them for consent, as you did the first time."))
    if actor.by_letter:
        return NEEDS_EID
    if actor.person == case.child_id and not rules.begins_alone(case.child.born, timezone.localdate()):
        return refuse(_("Talk with a grown-up you trust. They can begin again together with you."))
    if ground.could_wake(case.pk) is None:
        return refuse(
            _("No service may know about the child now. Call somebody you trust, and they can ask for your consent.")
        )
    return ALLOWED


def may_open_case(actor: Actor, request: Request) -> Verdict:
    """The one who asked opens the case when all have said yes. Says the same whether there is a case already or not."""
    if request.asked_by_id != actor.person or request.position_id not in actor.positions or not request.opens_case:
        return refuse(_("Only the one who asked for this consent can open the case."))
    found = ground.openable(request.pk)
    if not found.covered:
        return refuse(_("Not everybody has said yes yet. Until then the work goes on in your own service."))
    if found.is_open and not found.joins and not visible_cases(actor).filter(child_id=request.child_id).exists():
        return refuse(_("The family has not agreed to a shared case. The work goes on in your own service."))
    return ALLOWED
