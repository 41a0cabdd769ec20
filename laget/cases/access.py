"""Who may see a case and what is in it. Rights to move it stand in `cases/rights.py`."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from laget.cases.models import Audience, Baton, Case, FamilyView, Invitation, Log, Offer, OwnWords, Step, Turn
from laget.directory.models import Position
from laget.kernel.actor import Actor
from laget.sight.access import knows_child, sees_case, sees_kind


def visible_cases(actor: Actor) -> QuerySet[Case]:
    return Case.objects.filter(sees_case(actor))


def visible_turns(actor: Actor) -> QuerySet[Turn]:
    return Turn.objects.filter(sees_case(actor))


def visible_steps(actor: Actor) -> QuerySet[Step]:
    return Step.objects.filter(sees_case(actor))


def visible_batons(actor: Actor) -> QuerySet[Baton]:
    return Baton.objects.filter(sees_case(actor))


def visible_offers(actor: Actor) -> QuerySet[Offer]:
    return Offer.objects.filter(sees_case(actor))


def visible_views(actor: Actor) -> QuerySet[FamilyView]:
    return FamilyView.objects.filter(sees_case(actor))


def visible_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Invitations in the actor's cases, and those made to the actor while the child may be known."""
    to_me = Q(position__in=Position.objects.filter(person_id=actor.person)) & knows_child(actor)
    return Invitation.objects.filter(sees_case(actor) | to_me)


def visible_entries(actor: Actor) -> QuerySet[Log]:
    """Entries of the kinds the actor may know, as far back as the consent reaches, whose audience holds the actor."""
    return Log.objects.filter(sees_kind(actor, "at", "log_from") & _audience(actor))


def _audience(actor: Actor) -> Q:
    if actor.is_citizen:
        return Q(audience__in=[Audience.TEAM, Audience.OWN_SERVICE, Audience.FAMILY])
    return Q(audience=Audience.TEAM) | Q(audience=Audience.OWN_SERVICE, service_id__in=actor.services)


def visible_own_words(actor: Actor) -> QuerySet[OwnWords]:
    """Words that came back to the one who wrote them."""
    return OwnWords.objects.filter(owner_id=actor.person) if actor.is_worker else OwnWords.objects.none()
