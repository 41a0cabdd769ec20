"""Who is told of a worry: a leader, that a colleague wants to talk. Nothing of what about, nor whether it is urgent."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from laget.kernel.actor import Capacity
from laget.notices.actions import tell


def tell_leaders(leaders: Iterable[UUID]) -> None:
    """The same words whether it is safe to talk with the parents or not."""
    tell(leaders, Capacity.WORKER, "concerns.talk_wanted", address=reverse("talks"))
