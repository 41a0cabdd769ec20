"""Who may see a request for consent and its answers, and who may ask, answer and withdraw."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from laget.consents.models import Answer, Party, Request
from laget.directory.models import Position
from laget.kernel.actor import Actor
from laget.sight.access import knows_child, sees_case


def visible_requests(actor: Actor) -> QuerySet[Request]:
    """Requests that the actor made while the child is known to it, and all that concern the actor's own family."""
    mine = Q(asked_by_id=actor.person) & knows_child(actor)
    return Request.objects.filter(mine | sees_case(actor) if actor.is_citizen else mine)


def visible_parties(actor: Actor) -> QuerySet[Party]:
    return Party.objects.filter(request__in=visible_requests(actor))


def visible_answers(actor: Actor) -> QuerySet[Answer]:
    """The actor's own answers, and oral ones that the actor noted."""
    own_positions = Position.objects.filter(person_id=actor.person)
    own = Q(person_id=actor.person) | Q(noted_by__in=own_positions)
    return Answer.objects.filter(own & knows_child(actor))
