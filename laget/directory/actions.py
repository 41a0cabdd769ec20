"""Beginning and ending positions; what hung on a position is taken over in the same commit."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import connection
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.directory.access import may_administer, visible_positions
from laget.directory.events import PositionEnded
from laget.directory.models import Position, Unit
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done, Unchanged
from laget.kernel.period import FOREVER
from laget.people.rules import clean_text, sort_key

NAME, TITLE, PHONE = 100, 100, 20


@dataclass(frozen=True, kw_only=True)
class Work:
    """What somebody is going to do in a unit."""

    title: str
    phone: str = ""
    leads: bool = False
    administers: bool = False


@action("directory.position_begun")
def begin_position(
    actor: Actor, unit: Unit, work: Work, *, person: UUID | None = None, given: str = "", family: str = ""
) -> Done[UUID]:
    """Somebody begins in a unit now: one who works here already (`person`), or somebody new by name.

    Raises Invalid for a field that is missing. Answers the position's id.
    """
    require(may_administer(actor))
    if person == actor.person:
        raise Invalid(_("You can't give yourself a position. Ask another administrator."), "person")
    title = clean_text(work.title, TITLE)
    if not title:
        raise Invalid(_("Write what the person works as."), "title")
    if person is not None and not visible_positions(actor).filter(person_id=person).exists():
        raise Invalid(_("Choose somebody from the list, or write the name of somebody new."), "person")
    position = Position(
        pk=uuid4(), person_id=person or _registered(given, family), unit=unit, title=title,
        phone=clean_text(work.phone, PHONE), leads=work.leads, administers=work.administers, since=Now(),
    )  # fmt: skip
    position.save(force_insert=True)
    record(actor, "directory.position_begun", object_id=position.pk)
    return Done(position.pk)


def _registered(given: str, family: str) -> UUID:
    """A new person with this name; the database lets an administrator do it, and nobody else."""
    given, family = clean_text(given, NAME), clean_text(family, NAME)
    if not given or not family:
        raise Invalid(_("Write both the first name and the last name."), "given" if not given else "family")
    key = f"{sort_key(family)}|{sort_key(given)}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory_register_worker(%s, %s, %s)", [given, family, key])
        (person,) = cursor.fetchone()
    found: UUID = person
    return found


@action("directory.position_ended")
def end_position(actor: Actor, position: Position) -> Done[Position] | Unchanged[Position]:
    """The person leaves this position now; seats and batons that hung on it are taken over in the same commit."""
    require(may_administer(actor))
    if position.pk in actor.positions:
        raise Invalid(_("You can't end your own position. Ask another administrator."))
    if position.until != FOREVER:
        return Unchanged(position)
    rows = Position.objects.filter(pk=position.pk, until=FOREVER).update(until=Now())
    touched(rows, "position")
    record(actor, "directory.position_ended", object_id=position.pk)
    announce(PositionEnded(actor=actor, position=position.pk, person=position.person_id))
    return Done(position)
