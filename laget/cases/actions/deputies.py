"""A colleague stands in for the one who holds the baton, from one day to another; the baton stays with its holder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.cases import deputies, rules
from laget.cases.addresses import family_home
from laget.cases.models import Absence
from laget.cases.rights import may_end_absence, may_name_deputy
from laget.directory.models import Position
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.notices.actions import tell


@action("cases.deputy_named")
def name_deputy(  # noqa: PLR0913 - an absence has these parts
    actor: Actor, place: Position, *, by: UUID, first: date, last: date, cases: list[UUID] | None = None
) -> Done[int]:
    """From the first day to the end of the last, the colleague sees and does what the holder does.

    cases: those that are meant; None for all that the position holds. Answers for how many the colleague stands in.
    Raises Invalid: the days, a colleague who can't, nothing chosen.
    """
    require(may_name_deputy(actor, place))
    fault = rules.absence_fault(first, last, timezone.localdate())
    if fault:
        raise Invalid(_(fault[1]), fault[0])
    if by not in deputies.colleagues(place.pk):
        raise Invalid(_("Choose a colleague in the same service."), "by")
    absence, found = deputies.stand_in(place.pk, by, _begins(first), _begins(last + timedelta(days=1)), cases)
    if absence is None or not found:
        raise Invalid(_("This colleague can't stand in then. Choose another, or other days."), "by")
    for one in found:
        details = {"holder": str(place.pk), "position": str(by)}
        record(actor, "cases.deputy_named", child=one.child, object_id=one.deputy, details=details)
        tell(one.family, Capacity.CITIZEN, "cases.deputy_named", address=family_home(one.child), child=one.child)
    _tell_colleagues(actor, [Position.objects.get(pk=by), place], "cases.you_stand_in")
    return Done(len(found))


@action("cases.deputy_ended")
def end_absence(actor: Actor, absence: Absence) -> Done[Absence] | Unchanged[Absence]:
    """Nobody stands in any more, from now: said by one of the two, or by the leader."""
    if absence.until <= timezone.now():
        return Unchanged(absence)
    require(may_end_absence(actor, absence))
    ended = deputies.end(absence.pk)
    for one in ended:
        record(actor, "cases.deputy_ended", child=one.child, object_id=one.deputy)
        tell(one.family, Capacity.CITIZEN, "cases.deputy_ended", address=family_home(one.child), child=one.child)
    if not ended:
        record(actor, "cases.deputy_ended", object_id=absence.pk)
    _tell_colleagues(actor, [absence.holder, absence.deputy], "cases.absence_ended")
    return Done(absence)


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _tell_colleagues(actor: Actor, places: Iterable[Position], event: str) -> None:
    """Both of the two, but for the one who did it; no child is named."""
    people = {one.person_id for one in places} - {actor.person}
    tell(sorted(people), Capacity.WORKER, event, address=reverse("deputies"))
