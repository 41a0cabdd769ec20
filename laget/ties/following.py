"""What follows when somebody is shut out: announced, recorded with causer and cause, and told to a leader."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from laget.audit.actions import record
from laget.kernel.actor import Actor, Capacity
from laget.kernel.events import announce
from laget.notices.actions import tell
from laget.ties import ground
from laget.ties.events import ShutOut


def shut_out(causer: Actor, tie: UUID, child: UUID, worker: UUID) -> None:
    """The law has shut somebody out: the baton falls, and a leader sees that it was taken over."""
    announce(ShutOut(actor=causer, child=child, worker=worker))
    tell_leaders(tie, "ties.shut_out")


def tell_leaders(tie: UUID, event: str) -> None:
    tell(ground.leaders(tie), Capacity.WORKER, event, address=reverse("tie", args=[tie]))


def follow_up(causer: Actor, cause: str) -> None:
    """Carry out what follows for those whom the register has shut out."""
    for tie, child, worker in ground.untold():
        record(causer, "ties.found", child=child, object_id=tie, cause=cause)
        shut_out(causer, tie, child, worker)
