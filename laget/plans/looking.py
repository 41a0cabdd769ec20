"""What stood in the plan before a child had its place: looked through as the log is, for what is others' own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from laget.cases.access import visible_cases
from laget.cases.looking import AT_ONCE, CHILDS_OWN, NOT_A_WORKER, NOTHING, marks, waits_for_child
from laget.cases.models import Case
from laget.cases.shown import around, kind_label, tag
from laget.kernel.actor import Actor
from laget.kernel.verdict import ALLOWED, Verdict
from laget.plans.access import (
    author_of,
    visible_evaluations,
    visible_goals,
    visible_matters,
    visible_measures,
    visible_revisions,
)
from laget.plans.models import Evaluation, Goal, Matter, Measure, Revision
from laget.sight.rules import Audience

Thing = Goal | Measure | Matter
Row = Thing | Evaluation | Revision
SORTS: dict[type[Any], tuple[Any, str]] = {
    Matter: (visible_matters, "at"),
    Goal: (visible_goals, "agreed_at"),
    Measure: (visible_measures, "agreed_at"),
    Revision: (visible_revisions, "agreed_at"),
    Evaluation: (visible_evaluations, "at"),
}


def to_look_through(actor: Actor, sort: type[Any]) -> QuerySet[Any]:
    """Of one sort: what the actor and the child would read, older than the child's place, and not looked through."""
    sight, when = SORTS[sort]
    waiting: QuerySet[Any] = waits_for_child(actor, sight(actor), when)
    return waiting


def plans_to_look_through(actor: Actor) -> QuerySet[Case]:
    """The actor's cases in whose plan something waits."""
    waits = [Exists(to_look_through(actor, sort).filter(child_id=OuterRef("child_id"))) for sort in SORTS]
    return visible_cases(actor).filter(waits[0] | waits[1] | waits[2] | waits[3] | waits[4])


def may_look_through(actor: Actor, case: Case) -> Verdict:
    """Everybody who takes part for a service, as far as each reads."""
    if not actor.is_worker:
        return NOT_A_WORKER
    return ALLOWED if plans_to_look_through(actor).filter(pk=case.pk).exists() else NOTHING


def may_hold_back(actor: Actor, thing: Thing) -> Verdict:
    """Whoever works with the text, while it waits to be looked through."""
    if not actor.is_worker:
        return NOT_A_WORKER
    if thing.audience == Audience.CHILDS_OWN or author_of(thing) == thing.child_id:
        return CHILDS_OWN
    return ALLOWED if to_look_through(actor, type(thing)).filter(pk=thing.pk).exists() else NOTHING


@dataclass(frozen=True)
class Older:
    """Something to look through. `hold`: the address's name for holding it back, with what it stands under else."""

    id: UUID
    sort: str
    at: datetime
    words: list[str]
    kind: str
    limited: str
    author: str
    about: tuple[str, ...]
    hold: str


def older(actor: Actor, case: Case) -> list[Older]:
    """The oldest that wait, each with what in it may be about somebody else: what matters first, then by goal."""
    rows = list(_waiting(actor, case))[:AT_ONCE]
    some = around(case, (author_of(one) for one in rows))
    said = {Matter: _("What matters to the child"), Goal: _("Goal"), Measure: _("Measure"),
            Revision: _("An earlier text"), Evaluation: _("Evaluation")}  # fmt: skip
    held = {Matter: "hold_matter_back", Goal: "hold_goal_back", Measure: "hold_measure_back"}
    return [
        Older(
            one.pk, said[type(one)], getattr(one, SORTS[type(one)][1]), words_of(one), kind_label(one.kind),
            tag(actor, one.addressing, some, "", mine=author_of(one) == actor.person), some.name(author_of(one)),
            marks(actor, some, "\n".join(words_of(one))), held.get(type(one), ""),
        )
        for one in rows
    ]  # fmt: skip


def _waiting(actor: Actor, case: Case) -> Iterator[Row]:
    for sort, (_sight, when) in SORTS.items():
        yield from to_look_through(actor, sort).filter(child_id=case.child_id).order_by(when, "id")[:AT_ONCE]


def words_of(one: Row) -> list[str]:
    """All that somebody typed in it."""
    parts = [one.words, getattr(one, "how_asked", ""), getattr(one, "childs_words", "")]
    return [part for part in (*parts, getattr(one, "parents_words", "")) if part]
