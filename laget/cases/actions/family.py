"""What the family says to an offer: may this service lead, and what do they wish?"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.cases import rules
from laget.cases.access import gripped_offer
from laget.cases.models import FamilyView, Offer
from laget.cases.rights import asked_family, may_answer_offer, may_note_view, views_of
from laget.cases.telling import offer_page, tell_about_offer, tell_givers
from laget.cases.typed import kept
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.notices.actions import tell


@action("cases.family_answered")
def answer_offer(
    actor: Actor, offer: Offer, *, agrees: bool, wish: str = ""
) -> Done[FamilyView] | Unchanged[FamilyView]:
    """One of the family says yes or no to the service leading, and what they wish. The last word holds."""
    offer = gripped_offer(actor, offer.pk)
    require(may_answer_offer(actor, offer))
    said = FamilyView(offer=offer, child_id=offer.child_id, person_id=actor.person, agrees=agrees)
    return _said(actor, offer, said, wish)


@action("cases.family_answered")
def note_view(
    actor: Actor, offer: Offer, person: UUID, *, agrees: bool, wish: str = ""
) -> Done[FamilyView] | Unchanged[FamilyView]:
    """The giver notes what a parent answered orally, and the parent is told. A no given by signing in stays a no."""
    offer = gripped_offer(actor, offer.pk)
    require(may_note_view(actor, offer, person))
    if agrees and offer.views.filter(person_id=person, noted_by=None).exists():
        raise Invalid(_("This person has answered by signing in, and says yes only that way."), "agrees")
    said = FamilyView(
        offer=offer, child_id=offer.child_id, person_id=person, agrees=agrees, noted_by_id=_noting(actor, offer)
    )  # fmt: skip
    outcome = _said(actor, offer, said, wish)
    if isinstance(outcome, Done):
        address = offer_page(offer.pk)
        tell([person], Capacity.CITIZEN, "cases.view_noted", address=address, child=offer.child_id)
    return outcome


def _noting(actor: Actor, offer: Offer) -> UUID:
    """The position one notes from: the giver's, or that of whoever holds the baton now or stands in."""
    if offer.giver_id in actor.positions or offer.case.baton is None:
        return offer.giver_id
    carried = offer.case.baton.carried_by
    return next((one for one in actor.positions if one in carried), offer.case.baton.position_id)


def _said(actor: Actor, offer: Offer, said: FamilyView, wish: str) -> Done[FamilyView] | Unchanged[FamilyView]:
    said.wish = kept(wish, "wish", rules.SHORT_WORDS)
    before = offer.views.filter(person_id=said.person_id).order_by("-at", "-id").first()
    if before is not None and (before.agrees, before.wish) == (said.agrees, said.wish):
        return Unchanged(before)
    said.save(force_insert=True)
    details = {"agrees": said.agrees, "oral": said.noted_by_id is not None}
    record(actor, "cases.family_answered", child=offer.child_id, object_id=offer.pk, details=details)
    _tell(actor, offer)
    return Done(said)


def _tell(actor: Actor, offer: Offer) -> None:
    """The giver hears each answer; the receiver hears when all have said yes."""
    asked, views = asked_family(offer), views_of(offer)
    if offer.giver.person_id != actor.person:
        tell_givers(offer, "cases.family_answered")
    if asked and not rules.waited_for(asked, views):
        tell_about_offer([offer.receiver.person_id], offer, "cases.family_agreed")
