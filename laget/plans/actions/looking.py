"""Before a child reads what stood in the plan before it came, somebody looks through it, and holds back what must."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.cases import ground as cases_ground
from laget.cases.access import gripped
from laget.cases.actions.looking import held_back
from laget.cases.looking import without
from laget.cases.models import Case
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done
from laget.notices.actions import tell
from laget.plans import ground
from laget.plans.access import as_it_stands, case_of, readers_of
from laget.plans.actions.common import plan_page
from laget.plans.actions.readers import Thing, following, give, under
from laget.plans.looking import SORTS, may_hold_back, may_look_through, to_look_through


@action("plans.looked_through")
def look_through(actor: Actor, case: Case, seen: Collection[UUID]) -> Done[int]:
    """What the actor has just been shown of the plan is opened to the child; what was not shown stays closed."""
    case = gripped(actor, case.pk)
    require(may_look_through(actor, case))
    opened = 0
    for sort in SORTS:
        waiting = to_look_through(actor, sort).filter(child_id=case.child_id, pk__in=list(seen))
        opened += sum(_looked(sort, one) for one in waiting.order_by("pk").values_list("pk", flat=True))
    if not opened:
        raise Invalid(_("Somebody else has looked through these. Look at what is left."))
    record(actor, "plans.looked_through", child=case.child_id, object_id=case.pk, details={"texts": opened})
    _told(case)
    return Done(opened)


def _looked(sort: type[Any], one: UUID) -> int:
    touched(sort.objects.filter(pk=one).update(looked_at=timezone.now()), "plan")
    return 1


@action("plans.held_back")
def hold_back(actor: Actor, thing: Thing, *, on: str, why: str, review_on: date) -> Done[Any]:
    """It is kept from the child with all that stands under it, on a ground in the law and with a day to look again."""
    case = gripped(actor, case_of(actor, thing.child_id).pk)
    standing: Thing = as_it_stands(actor, thing)
    require(may_hold_back(actor, standing))
    before, around = standing.addressing, cases_ground.around(case.child_id)
    readers = frozenset(one.person for one in readers_of(standing))
    choice = held_back(without(before, case.child_id, readers), on, why, review_on)
    beneath = list(under(actor, standing))
    give(actor, standing, choice, before)
    for row in beneath:
        to = following(row, choice.to, before, around, fewer=True)
        if to != row.addressing:
            give(actor, row, replace(choice, audience=to.audience, persons=to.persons), row.addressing)
    for row in (standing, *beneath):  # when the hold ends, all of it opens
        touched(type(row).objects.filter(pk=row.pk).update(looked_at=timezone.now()), "plan")
    record(actor, "plans.held_back", child=case.child_id, object_id=standing.pk, details={"ground": on})
    _told(case)
    return Done(standing)


def _told(case: Case) -> None:
    """The child learns when nothing waits any more; never that something is held back."""
    if not ground.unlooked(case.child_id):
        address = plan_page(case.pk)
        tell([case.child_id], Capacity.CITIZEN, "cases.older_open", address=address, child=case.child_id)
