"""The baton is held out, answered or taken back; the old holder keeps it until it is accepted."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F
from django.db.models.functions import Greatest, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.cases import ground, rules
from laget.cases.access import gripped, gripped_offer, standing_in, visible_team
from laget.cases.following import guide_of
from laget.cases.models import Baton, Case, Offer, OfferState
from laget.cases.rights import NOT_STANDING, asked_family, may_accept, may_decline, may_offer, may_take_back
from laget.cases.rules import Act
from laget.cases.telling import offer_page, tell_about_offer, tell_family, tell_givers, tell_gone
from laget.cases.typed import kept
from laget.consents.actions import ask_again
from laget.directory.models import Position
from laget.guide.rules import Again
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid, Refused
from laget.kernel.outcome import AlreadyDone, Done
from laget.kernel.period import FOREVER
from laget.sight.actions import end_seats, give_seat
from laget.sight.models import SeatKind


@action("cases.baton_offered")
def offer_baton(actor: Actor, case: Case, *, position: UUID, words: str = "") -> Done[Offer]:
    """Hold the baton out to a position in a covered service; the receiver may read while the offer stands."""
    case = gripped(actor, case.pk)
    require(may_offer(actor, case))
    receiver = _receiver(actor, case, position)
    assert case.baton is not None
    made = Offer(
        case=case, child_id=case.child_id, giver_id=case.baton.position_id, receiver_id=position,
        words=kept(words, "words", rules.SHORT_WORDS),
    )  # fmt: skip
    made.save(force_insert=True)
    if not visible_team(actor, case.child_id).filter(position_id=position).exists():
        give_seat(
            child=case.child_id, person=receiver, kind=SeatKind.SERVICE, position=position, origin="offer",
            origin_id=made.pk,
        )  # fmt: skip
    record(actor, "cases.baton_offered", child=case.child_id, object_id=made.pk, details={"position": str(position)})
    tell_about_offer([receiver], made, "cases.baton_offered")
    asked = "cases.lead_asked" if asked_family(made) else "cases.baton_offered_within"
    tell_family(actor, case, asked, offer_page(made.pk))
    return Done(made)


def _receiver(actor: Actor, case: Case, position: UUID) -> UUID:
    """The person in the position, when the baton may be offered there."""
    if position not in ground.candidates(case.child_id):
        raise Invalid(_("The family has not agreed to this service. Ask them first; then you can offer."), "position")
    person = Position.objects.values_list("person_id", flat=True).get(pk=position)
    if person == actor.person:
        raise Invalid(_("You can't offer the baton to yourself."), "position")
    return person


@action("cases.baton_accepted")
def accept_baton(actor: Actor, offer: Offer, *, words: str = "") -> Done[Offer] | AlreadyDone[Offer]:
    """The baton changes hands: the old one ends and the new one begins in one transaction."""
    offer = gripped_offer(actor, offer.pk)
    if offer.state == OfferState.ACCEPTED and offer.receiver_id in actor.positions:
        return AlreadyDone(offer)
    require(may_accept(actor, offer))
    _answer(offer, Act.ACCEPT, words)
    stood_in = standing_in(actor, offer.case)
    held = Baton.objects.filter(case_id=offer.case_id, until=FOREVER)
    touched(held.update(until=Greatest(F("since"), Now())), "baton")
    Baton(
        case_id=offer.case_id, child_id=offer.child_id, position_id=offer.receiver_id, since=Now(), origin="offer",
        origin_id=offer.pk,
    ).save(force_insert=True)  # fmt: skip
    record(
        actor, "cases.baton_accepted", child=offer.child_id, object_id=offer.pk, position=offer.receiver_id,
        details={"from": str(offer.giver_id)},
    )  # fmt: skip
    tell_about_offer([offer.giver.person_id], offer, "cases.baton_accepted")
    tell_gone(stood_in, "cases.absence_ended", reverse("deputies"))
    tell_family(actor, offer.case, "cases.new_holder")
    if offer.giver.unit.service_id != offer.receiver.unit.service_id:
        ask_again(actor, offer.child_id, Again.HOLDER_CHANGES_SERVICE, guide_of(offer.case))
    return Done(offer)


@action("cases.baton_declined")
def decline_baton(actor: Actor, offer: Offer, *, words: str = "") -> Done[Offer] | AlreadyDone[Offer]:
    """The receiver says no; the seat that the offer gave ends."""
    offer = gripped_offer(actor, offer.pk)
    if offer.state == OfferState.DECLINED and offer.receiver_id in actor.positions:
        return AlreadyDone(offer)
    require(may_decline(actor, offer))
    _answer(offer, Act.DECLINE, words)
    record(actor, "cases.baton_declined", child=offer.child_id, object_id=offer.pk, position=offer.receiver_id)
    tell_givers(offer, "cases.baton_declined")
    tell_family(actor, offer.case, "cases.offer_ended", offer_page(offer.pk))
    end_seats(child=offer.child_id, kinds=(SeatKind.SERVICE,), origin_id=offer.pk)
    return Done(offer)


@action("cases.baton_taken_back")
def take_back_baton(actor: Actor, offer: Offer, *, words: str = "") -> Done[Offer] | AlreadyDone[Offer]:
    """The giver takes the offer back, also when the receiver has left; the seat that the offer gave ends."""
    offer = gripped_offer(actor, offer.pk)
    if offer.state == OfferState.WITHDRAWN:
        return AlreadyDone(offer)
    require(may_take_back(actor, offer))
    _answer(offer, Act.WITHDRAW, words)
    end_seats(child=offer.child_id, kinds=(SeatKind.SERVICE,), origin_id=offer.pk)
    record(actor, "cases.baton_taken_back", child=offer.child_id, object_id=offer.pk)
    tell_gone([offer.receiver.person_id], "cases.baton_taken_back")
    tell_family(actor, offer.case, "cases.offer_ended", offer_page(offer.pk))
    return Done(offer)


def _answer(offer: Offer, act: Act, words: str) -> None:
    """Move the offer to where the act leads; accepting what does not stand does nothing."""
    state = rules.after(offer.state, act)
    if state is None:
        raise Refused(NOT_STANDING)
    answer = kept(words, "words", rules.SHORT_WORDS)
    standing = Offer.objects.filter(pk=offer.pk, state=offer.state)
    touched(standing.update(state=state, answered_at=Now(), answer_words=answer), "offer")
    offer.state = state
