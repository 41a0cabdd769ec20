"""What follows when somebody is shut out: announced, recorded with causer and cause, and told to a leader."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.urls import reverse

from laget.audit.actions import record
from laget.directory.reading import administrators
from laget.guide.days import Unit, add
from laget.kernel.actor import SYSTEM, Actor, Capacity
from laget.kernel.events import announce
from laget.notices.actions import tell
from laget.ties import ground
from laget.ties.events import ShutOut
from laget.ties.rules import DECIDED_WITHIN


def shut_out(causer: Actor, tie: UUID, child: UUID, worker: UUID) -> None:
    """The law has shut somebody out: the baton falls, and a leader sees that it was taken over."""
    announce(ShutOut(actor=causer, child=child, worker=worker))
    tell_leaders(tie, "ties.shut_out")


def tell_leaders(tie: UUID, event: str) -> None:
    tell(ground.leaders(tie), Capacity.WORKER, event, address=reverse("tie", args=[tie]))


TOLD = {"joined": "cases.joined", "answered": "ties.answered"}


def tell_decided(tie: UUID) -> None:
    """Those who see the team hear that somebody is back in it; the one who put the tie forward, that it is decided."""
    for child, person, capacity, why in ground.to_tell(tie):
        tell([person], Capacity(capacity), TOLD[why], address=reverse("child_home", args=[child]), child=child)


def follow_up(causer: Actor, cause: str) -> None:
    """Carry out what follows for those whom the register has shut out."""
    for tie, child, worker in ground.untold():
        record(causer, "ties.found", child=child, object_id=tie, cause=cause)
        shut_out(causer, tie, child, worker)
        tell([worker], Capacity.WORKER, "ties.you_are_out", address=own_page(tie))


def own_page(tie: UUID) -> str:
    """Where the one kept away reads of it, and says that it is wrong."""
    return reverse("my_tie", args=[tie])


def go_on_with_late(today: date) -> None:
    """For the clock: an objection past its day goes to the next leader, who gets as long, and so on until one decides.

    Who waits is told. Where nobody is left, the leaders are told anew, and the administrators, who can say who leads.
    """
    for objection, tie, child, worker, moved in ground.undecided(today, due(today)):
        record(SYSTEM, "ties.objection_late", child=child, object_id=objection, details={"moved": moved})
        tell_leaders(tie, "ties.objected_on" if moved else "ties.objection_late")
        tell([worker], Capacity.WORKER, "ties.you_wait", address=own_page(tie))
        if not moved:
            tell(administrators() - {worker}, Capacity.WORKER, "ties.nobody_decides", address=reverse("directory"))


def due(day: date) -> date:
    """By when a leader decides what is put to one on this day."""
    return add(day, DECIDED_WITHIN, Unit.WORKING_DAY)
