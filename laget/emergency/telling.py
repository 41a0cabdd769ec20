"""Who is told of an emergency opening: leader and officer at once, the family when it may know."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from laget.cases.addresses import family_home
from laget.emergency import ground
from laget.kernel.actor import Capacity
from laget.notices.actions import tell


def tell_control(opening: UUID, event: str) -> None:
    """The leaders and the officers. A leader who is an officer too is told once."""
    who = ground.to_tell(opening)
    tell([*who["leader"], *who["control"]], Capacity.WORKER, event, address=reverse("review", args=[opening]))


def tell_family(opening: UUID, child: UUID, event: str = "emergency.opened") -> None:
    """Everybody of the family who may know, when they may."""
    tell(ground.to_tell(opening)["family"], Capacity.CITIZEN, event, address=family_home(child), child=child)
