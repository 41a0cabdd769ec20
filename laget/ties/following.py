"""What follows when somebody is shut out: announced, recorded with causer and cause, and told to a leader."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse

from laget.audit.actions import record
from laget.kernel.actor import SYSTEM, Actor, Capacity
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
        tell([worker], Capacity.WORKER, "ties.you_are_out", address=own_page(tie))


def own_page(tie: UUID) -> str:
    """Where the one kept away reads of it, and says that it is wrong."""
    return reverse("my_tie", args=[tie])


def remind(today: date) -> None:
    """For the clock: an objection has passed its day undecided. The leaders are told again, and the one who waits."""
    for objection, tie, child, worker in ground.undecided(today):
        record(SYSTEM, "ties.objection_late", child=child, object_id=objection)
        tell_leaders(tie, "ties.objection_late")
        tell([worker], Capacity.WORKER, "ties.you_wait", address=own_page(tie))
