"""Who reads what stands in the plan is chosen when it is written, and anew; under a goal there are no more readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.cases import ground
from laget.cases.access import gripped
from laget.cases.actions.readers import address, checked, chosen_anew, goes_on, note_choice
from laget.cases.models import Case
from laget.cases.reading import may_widen
from laget.cases.rules import Choice
from laget.cases.telling import tell_named
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.plans.access import (
    as_it_stands,
    case_of,
    may_choose_readers,
    readers_of,
    text_of,
    visible_evaluations,
    visible_goals,
    visible_measures,
    visible_revisions,
)
from laget.plans.actions.common import plan_page
from laget.plans.models import Evaluation, Goal, Matter, Measure, Revision
from laget.plans.rules import Voice
from laget.sight.rules import Addressing, Audience, Reader, meet, narrows, never_from, reads, who_reads

TEAM = Choice()
MORE = _("Choose among those who can read the goal.")
WITH_AUTHOR = (Audience.NAMED, Audience.CHILDS_OWN)
Thing = Goal | Measure | Matter
Row = Thing | Evaluation | Revision


def addressed(actor: Actor, case: Case, goal: Goal, to: Choice) -> None:
    """A new goal goes to those chosen, and to the one who wrote it, who so reads all that comes to stand under it."""
    choice = checked(actor, case, goal.kind, to, log=False)
    address(actor, goal, with_author(choice, goal.agreed_by_id))
    tell_named(actor, case, choice.to, address=plan_page(case.pk))


def addressed_under(actor: Actor, case: Case, measure: Measure, goal: Goal, to: Choice | None) -> None:
    """A new measure goes to those who read its goal (None), or to fewer of them. Raises Invalid when to others."""
    if to is None or to.to == goal.addressing:
        measure.addressing = goal.addressing
        return
    choice = with_author(checked(actor, case, goal.kind, to, log=False), measure.agreed_by_id)
    readers = {one.person for one in readers_of(goal)}
    if not narrows(goal.addressing, choice.to, readers, goal.child_id):
        raise Invalid(MORE, "persons" if choice.persons else "audience")
    address(actor, measure, choice)
    tell_named(actor, case, choice.to, address=plan_page(case.pk))


def matter_addressed(actor: Actor, case: Case, matter: Matter, to: Choice) -> None:
    """What matters goes to those chosen; what the child said may be noted as its own."""
    choice = checked(actor, case, matter.kind, to, childs_words=matter.voice == Voice.CHILD, log=False)
    address(actor, matter, choice)
    tell_named(actor, case, choice.to, address=plan_page(case.pk))


def with_author(choice: Choice, author: Any) -> Choice:
    if choice.audience not in WITH_AUTHOR:
        return choice
    return replace(choice, persons=choice.persons | {author})


@action("plans.readers_chosen")
def choose_readers(actor: Actor, thing: Thing, *, choice: Choice) -> Done[Any] | Unchanged[Any]:
    """Others read it from now, with all that stands under it: its texts, measures and evaluations."""
    case = gripped(actor, case_of(actor, thing.child_id).pk)
    standing: Thing = as_it_stands(actor, thing)
    require(may_choose_readers(actor, standing))
    fresh = _anew(actor, case, standing, choice)
    before = standing.addressing
    if fresh.to == before and not goes_on(actor, standing.pk, fresh):
        return Unchanged(standing)
    require(may_widen(actor, text_of(standing), standing.child_id, fresh.to))
    _no_wider_than_its_goal(actor, standing, fresh)
    around = ground.around(case.child_id)
    readers = {one.person for one in who_reads(around, text_of(standing))}
    fewer = narrows(before, fresh.to, readers, case.child_id)
    beneath = list(under(actor, standing))
    give(actor, standing, fresh, before)
    for row in beneath:
        to = following(row, fresh.to, before, around, fewer=fewer)
        if to != row.addressing:
            give(actor, row, replace(fresh, audience=to.audience, persons=to.persons), row.addressing)
    record(
        actor, "plans.readers_chosen", child=case.child_id, object_id=standing.pk,
        details={"audience": str(fresh.audience), "ground": fresh.ground},
    )  # fmt: skip
    tell_named(actor, case, fresh.to, before, plan_page(case.pk))
    return Done(standing)


def _anew(actor: Actor, case: Case, thing: Thing, choice: Choice) -> Choice:
    """The choice as it may be kept. The author of a goal or a measure goes on reading what comes to stand under it."""
    if isinstance(thing, Matter):
        own = thing.voice == Voice.CHILD
        return chosen_anew(actor, case, thing, thing.by_id, choice, childs_words=own, log=False)
    author = thing.agreed_by_id
    return with_author(chosen_anew(actor, case, thing, author, choice, log=False), author)


def _no_wider_than_its_goal(actor: Actor, thing: Thing, choice: Choice) -> None:
    if not isinstance(thing, Measure):
        return
    goal = visible_goals(actor).filter(pk=thing.goal_id).first()
    above = text_of(goal or thing)
    readers = {one.person for one in who_reads(ground.around(thing.child_id), above)}
    if not narrows(above.to, choice.to, readers, thing.child_id):
        raise Invalid(MORE, "persons" if choice.persons else "audience")


def give(actor: Actor, row: Any, choice: Choice, before: Addressing) -> None:
    note_choice(actor, row, choice, before)
    found = type(row).objects.filter(pk=row.pk)
    touched(found.update(audience=choice.audience, persons=sorted(choice.persons)), "readers")
    row.addressing = choice.to


def following(row: Row, to: Addressing, before: Addressing, around: list[Reader], *, fewer: bool) -> Addressing:
    """Whom something under it is for: what had the same readers has them still; what had others gets no more.

    Whoever wrote it reads it still, also when the goal is kept from that one.
    """
    own, text = row.addressing, text_of(row)
    to = never_from(text.author, to)
    if own == never_from(text.author, before):
        return to
    if not fewer:
        return own
    both = {one.person for one in around if reads(one, text) and reads(one, replace(text, to=to))}
    return meet(to, own, both)


def under(actor: Actor, thing: Thing) -> Iterator[Row]:
    """The earlier texts, measures and evaluations of what is given."""
    if isinstance(thing, Matter):
        return
    measures = list(visible_measures(actor).filter(goal_id=thing.pk)) if isinstance(thing, Goal) else [thing]
    yield from (one for one in measures if one.pk != thing.pk)
    yield from visible_revisions(actor).filter(of__in=[thing.pk, *(one.pk for one in measures)])
    of = {"goal_id": thing.pk} if isinstance(thing, Goal) else {"measure_id": thing.pk}
    yield from visible_evaluations(actor).filter(**of)
