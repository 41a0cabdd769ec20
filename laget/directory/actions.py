"""Beginning and ending positions; what hung on a position is taken over in the same commit."""

from __future__ import annotations

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.directory.access import may_administer
from laget.directory.events import PositionEnded
from laget.directory.models import Position
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done, Unchanged
from laget.kernel.period import FOREVER


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
