"""Who reads a goal is chosen when it is agreed, and anew; what stands under it has the same readers, or fewer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.cases import ground
from laget.cases.access import gripped
from laget.cases.actions.readers import address, checked, chosen_anew, note_choice
from laget.cases.models import Case
from laget.cases.reading import may_widen
from laget.cases.rules import Choice
from laget.cases.telling import tell_named
from laget.kernel.actor import Actor
from laget.kernel.outcome import Done, Unchanged
from laget.plans.access import (
    as_it_stands,
    case_of,
    may_choose_readers,
    text_of,
    visible_evaluations,
    visible_measures,
    visible_revisions,
)
from laget.plans.models import Evaluation, Goal, Measure, Revision
from laget.sight.rules import Addressing, Audience, Reader, meet, narrows, reads, who_reads

TEAM = Choice()
WITH_AUTHOR = (Audience.NAMED, Audience.CHILDS_OWN)
Row = Goal | Measure | Evaluation | Revision


def addressed(actor: Actor, case: Case, goal: Goal, to: Choice) -> None:
    """A new goal goes to those chosen, and to the one who wrote it, who so reads all that comes to stand under it."""
    choice = checked(actor, case, goal.kind, to, log=False)
    address(actor, goal, _with(choice, goal.agreed_by_id))
    tell_named(actor, case, choice.to)


def _with(choice: Choice, author: Any) -> Choice:
    if choice.audience not in WITH_AUTHOR:
        return choice
    return replace(choice, persons=choice.persons | {author})


@action("plans.readers_chosen")
def choose_readers(actor: Actor, thing: Goal | Measure, *, choice: Choice) -> Done[Any] | Unchanged[Any]:
    """Others read a goal or a measure from now, with all that stands under it: its texts, measures and evaluations."""
    case = gripped(actor, case_of(actor, thing.child_id).pk)
    standing: Goal | Measure = as_it_stands(actor, thing)
    require(may_choose_readers(actor, standing))
    author = standing.agreed_by_id
    fresh = _with(chosen_anew(actor, case, standing, author, choice, log=False), author)
    before = standing.addressing
    if fresh.to == before:
        return Unchanged(standing)
    require(may_widen(actor, text_of(standing), standing.child_id, fresh.to))
    around = ground.around(case.child_id)
    readers = {one.person for one in who_reads(around, text_of(standing))}
    fewer = narrows(before, fresh.to, readers, case.child_id)
    under = list(_under(actor, standing))
    _give(actor, standing, fresh, before)
    for row in under:
        to = _following(row, fresh.to, before, around, fewer=fewer)
        if to != row.addressing:
            _give(actor, row, replace(fresh, audience=to.audience, persons=to.persons), row.addressing)
    record(
        actor, "plans.readers_chosen", child=case.child_id, object_id=standing.pk,
        details={"audience": str(fresh.audience), "ground": fresh.ground},
    )  # fmt: skip
    tell_named(actor, case, fresh.to, before)
    return Done(standing)


def _give(actor: Actor, row: Any, choice: Choice, before: Addressing) -> None:
    note_choice(actor, row, choice, before)
    found = type(row).objects.filter(pk=row.pk)
    touched(found.update(audience=choice.audience, persons=sorted(choice.persons)), "readers")
    row.addressing = choice.to


def _following(row: Row, to: Addressing, before: Addressing, around: list[Reader], *, fewer: bool) -> Addressing:
    """Whom something under it is for: what had the same readers has them still; what had others gets no more."""
    own, text = row.addressing, text_of(row)
    if own == before:
        return to
    if not fewer:
        return own
    both = {one.person for one in around if reads(one, text) and reads(one, replace(text, to=to))}
    return meet(to, own, both)


def _under(actor: Actor, thing: Goal | Measure) -> Iterator[Row]:
    """The earlier texts, measures and evaluations of what is given."""
    measures = list(visible_measures(actor).filter(goal_id=thing.pk)) if isinstance(thing, Goal) else [thing]
    yield from (one for one in measures if one.pk != thing.pk)
    yield from visible_revisions(actor).filter(of__in=[thing.pk, *(one.pk for one in measures)])
    of = {"goal_id": thing.pk} if isinstance(thing, Goal) else {"measure_id": thing.pk}
    yield from visible_evaluations(actor).filter(**of)
