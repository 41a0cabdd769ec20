"""An inbox is its owner's, in the capacity that is signed in, without what is about a child no longer in sight."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from laget.kernel.actor import Actor
from laget.notices.models import MailWish, Notice
from laget.sight.access import ids_known


def visible_notices(actor: Actor) -> QuerySet[Notice]:
    """The actor's own notices, about children whom the actor may know, or about no child."""
    in_sight = Q(child=None) | Q(child__in=ids_known(actor))
    return Notice.objects.filter(in_sight, recipient_id=actor.person, capacity=actor.capacity)


def visible_mail_wishes(actor: Actor) -> QuerySet[MailWish]:
    """The actor's own, in the capacity that is signed in."""
    return MailWish.objects.filter(person_id=actor.person, capacity=actor.capacity)
