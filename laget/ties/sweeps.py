"""Ties that were found by no action of ours (a register, a load by the owner) are followed up by the clock."""

from __future__ import annotations

from django.utils import timezone

from laget.access.database import acting
from laget.kernel.actor import SYSTEM
from laget.ties.following import follow_up, go_on_with_late


def run() -> None:
    """One round."""
    with acting(SYSTEM):
        follow_up(SYSTEM, "time")
    with acting(SYSTEM):
        go_on_with_late(timezone.localdate())
