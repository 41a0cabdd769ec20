"""Ties that were found by no action of ours (a register, a load by the owner) are followed up by the clock."""

from __future__ import annotations

from uuid import UUID

from laget.access.database import acting
from laget.kernel.actor import Actor, Capacity
from laget.ties.following import follow_up

NOBODY = Actor(UUID(int=0), Capacity.SYSTEM)


def run() -> None:
    """One round."""
    with acting(NOBODY):
        follow_up(NOBODY, "time")
