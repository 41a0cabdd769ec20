"""An inbox is its owner's, in the capacity that is signed in."""

from __future__ import annotations

from django.db.models import QuerySet

from laget.kernel.actor import Actor
from laget.notices.models import Notice


def visible_notices(actor: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(recipient_id=actor.person, capacity=actor.capacity)
