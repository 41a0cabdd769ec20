"""Puts together what the plan's page shows, with a number of questions that does not grow with the plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from laget.access.prepared import prepared
from laget.cases.access import acted_for
from laget.cases.following import guide_of, outcome_known
from laget.cases.models import Case
from laget.cases.shown import Around, around, names, tag
from laget.directory.access import visible_positions
from laget.guide.rules import Guide, UnknownCode
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.kernel.text import N_
from laget.kernel.verdict import Verdict
from laget.law.kinds import LABELS, Kind
from laget.plans import access, rules
from laget.plans.models import Goal, Matter, Measure

STAGES: dict[rules.Stage, tuple[str, str]] = {
    rules.Stage.FINISHED: (N_("Finished"), "neutral"),
    rules.Stage.LATE: (N_("Time to look at it"), "warning"),
    rules.Stage.SOON: (N_("Soon time to look at it"), "info"),
    rules.Stage.UNDERWAY: (N_("Under way"), "success"),
    rules.Stage.PLANNED: (N_("Begins later"), "neutral"),
}
VOICES = {"child": N_("The child's own words"), "parent": N_("Told by a parent"), "worker": N_("Told by a worker")}
OUTCOMES = {
    "close": N_("Goal reached"), "continue": N_("Goes on"), "new_measures": N_("Did not help enough"),
    "next_level": N_("Did not help enough"),
}  # fmt: skip


@dataclass(frozen=True)
class Earlier:
    """A text that stood before."""

    words: str
    since: datetime
    until: datetime
    by: str


@dataclass(frozen=True)
class EarlierDay:
    """A day that was agreed before."""

    day: date
    until: datetime
    by: str


@dataclass(frozen=True)
class EvaluationShown:
    words: str
    childs_words: str
    how_asked: str
    parents_words: str
    at: datetime
    outcome: str
    by: str
    for_whom: str


@dataclass(frozen=True)
class MatterShown:
    row: Matter
    voice: str
    by: str
    for_whom: str
    about: str
    limited: str
    readers: list[tuple[str, str]]
    may_choose: bool


@dataclass(frozen=True)
class MeasureShown:
    row: Measure
    who: str
    ours: bool
    status: str
    color: str
    finished: bool
    may: Verdict
    evaluations: list[EvaluationShown]
    earlier: list[Earlier]
    days: list[EarlierDay]
    limited: str
    readers: list[tuple[str, str]]
    may_choose: bool


@dataclass(frozen=True)
class GoalShown:
    row: Goal | None
    about: str
    status: str
    color: str
    finished: bool
    review: date | None
    may: Verdict | None
    measures: list[MeasureShown]
    evaluations: list[EvaluationShown]
    earlier: list[Earlier]
    limited: str
    readers: list[tuple[str, str]]
    may_choose: bool

    @property
    def at_home(self) -> list[MeasureShown]:
        return [one for one in self.measures if one.ours and not one.finished]

    @property
    def in_services(self) -> list[MeasureShown]:
        return [one for one in self.measures if not one.ours and not one.finished]

    @property
    def done(self) -> list[MeasureShown]:
        return [one for one in self.measures if one.finished]


@dataclass(frozen=True)
class Board:
    """What the page shows: what matters first, then goals that stand, then goals that are finished."""

    child: str
    matters: list[MatterShown]
    goals: list[GoalShown]
    finished: list[GoalShown]
    loose: list[MeasureShown]
    said: list[EvaluationShown]
    may_agree: Verdict
    may_tell: Verdict

    @property
    def all_reached(self) -> bool:
        return bool(self.finished) and not self.goals


@dataclass
class Material:
    """Everything fetched, once."""

    actor: Actor
    case: Case
    on: date
    guide: Guide
    known: frozenset[str]
    goals: list[Goal]
    measures: list[Measure]
    matters: list[Matter]
    said: list[dict[str, Any]]
    around: Around | None = None
    places: dict[UUID, tuple[UUID, str]] = field(default_factory=dict)

    def name(self, person: UUID | str | None) -> str:
        assert self.around is not None
        return self.around.called.get(UUID(str(person)), "") if person else ""

    def outcome(self, code: str) -> tuple[str, str]:
        """The guide's words for an outcome, and a few for a tag."""
        found = outcome_known(self.case, code)
        if found is None:
            return code, _("Finished")
        return found.text.get(get_language()), _(OUTCOMES[found.effect])


@prepared
def _goals(actor: Actor, child: UUID) -> QuerySet[Any]:
    return (
        access.with_what_is_beneath(actor, access.visible_goals(actor))
        .filter(child_id=child)
        .order_by("agreed_at", "id")
    )


@prepared
def _measures(actor: Actor, child: UUID) -> QuerySet[Any]:
    found = access.with_changes(access.with_what_is_beneath(actor, access.visible_measures(actor)))
    return found.filter(child_id=child).order_by("due", "id")


@prepared
def _matters(actor: Actor, child: UUID) -> QuerySet[Any]:
    found = access.visible_matters(actor).annotate(for_whom=acted_for(actor, "by_id", "at"))
    return found.filter(child_id=child).order_by("-at", "-id")


def _fetch(actor: Actor, case: Case, on: date, kinds: Iterable[str]) -> Material:
    """Three statements; what one has said oneself came with the case, also under what one does not read."""
    asked = (actor, case.child_id)
    goals, measures = _goals(*asked), _measures(*asked)
    seen = {str(one.pk) for one in (*goals, *measures)}
    said = [one for one in _beneath(case, "said") if (one["measure_id"] or one["goal_id"]) not in seen]
    return Material(
        actor, case, on, guide_of(case), access.subjects(kinds), goals, measures, _matters(*asked), said
    )  # fmt: skip


def _beneath(one: Any, name: str) -> list[dict[str, Any]]:
    """What was fetched with a goal, a measure or the case."""
    found: list[dict[str, Any]] = getattr(one, name, [])
    return found


def _people(some: Material) -> Iterable[UUID]:
    yield from (matter.by_id for matter in some.matters)
    for one in (*some.goals, *some.measures):
        for name, by in (("evaluated", "by_id"), ("earlier", "replaced_by_id"), ("was", "person")):
            yield from (UUID(beneath[by]) for beneath in _beneath(one, name) if beneath[by])
    yield from (one.person_id for one in some.measures if one.person_id)
    yield from (UUID(one["by_id"]) for one in some.said)


def _add_names(some: Material) -> None:
    """Those around the child and all who are mentioned, in one question; who works elsewhere by now takes two more."""
    some.around = around(some.case, _people(some))
    some.places = {one.position: (one.person, one.works_in) for one in some.around.readers if one.position}
    gone = {one.position_id for one in some.measures if one.position_id} - some.places.keys()
    left = list(visible_positions(some.actor).filter(pk__in=gone)) if gone else []
    some.places.update((one.pk, (one.person_id, one.unit.service.name)) for one in left)
    unknown = {one.person_id for one in left} - some.around.called.keys()
    some.around.called.update(names(unknown) if unknown else {})


def board(actor: Actor, case: Case, on: date, kinds: Iterable[str]) -> Board:
    """Everything in the plan that the actor may see, put together for the page. `kinds`: what the actor may know."""
    some = _fetch(actor, case, on, kinds)
    _add_names(some)
    by_goal = defaultdict(list)
    for measure in some.measures:
        by_goal[measure.goal_id].append(_measure(some, measure))
    goals = [_goal(some, one, by_goal.pop(one.pk, [])) for one in some.goals]
    return Board(
        child=some.name(case.child_id),
        matters=[_matter(some, one) for one in some.matters],
        goals=[one for one in goals if not one.finished],
        finished=[one for one in goals if one.finished],
        loose=[one for rest in by_goal.values() for one in rest],
        said=[_evaluation(some, one, datetime.fromisoformat(one["at"])) for one in some.said],
        may_agree=access.may_agree(actor, case, known=some.known),
        may_tell=access.may_tell_what_matters(actor, case, known=some.known),
    )


def _goal(some: Material, goal: Goal, measures: list[MeasureShown]) -> GoalShown:
    ended = goal.ended_at != FOREVER
    return GoalShown(
        row=goal,
        about=_area(some, goal.area),
        status=some.outcome(goal.outcome)[1] if ended else "",
        color="success" if ended else "neutral",
        finished=ended,
        review=None if ended else rules.review_day(one.row.due for one in measures if not one.finished),
        may=access.may_revise(some.actor, goal, some.case, some.known),
        measures=measures,
        evaluations=_evaluations(some, goal),
        earlier=_earlier(some, goal),
        **_read(some, goal),
    )


def _area(some: Material, code: str) -> str:
    try:
        return some.guide.area(code).name.get(get_language())
    except UnknownCode:
        return ""


def _measure(some: Material, measure: Measure) -> MeasureShown:
    ended = measure.ended_at != FOREVER
    status, color = STAGES[rules.stage(some.guide, measure.start, measure.due, some.on, ended=ended)]
    return MeasureShown(
        row=measure,
        who=_who(some, measure),
        ours=measure.place == "home",
        status=some.outcome(measure.outcome)[1] if ended else _(status),
        color=color,
        finished=ended,
        may=access.may_revise(some.actor, measure, some.case, some.known),
        evaluations=_evaluations(some, measure),
        earlier=_earlier(some, measure),
        days=_days(some, measure),
        **_read(some, measure),
    )


def _read(some: Material, one: Goal | Measure | Matter) -> dict[str, Any]:
    """Who reads it: for those who work with it, and for the one of the family who wrote it."""
    assert some.around is not None
    text = access.text_of(one)
    mine = text.author == some.actor.person
    return {
        "limited": tag(some.actor, one.addressing, some.around, "", mine=mine),
        "readers": some.around.reading(text) if some.actor.is_worker or mine else [],
        "may_choose": bool(access.may_choose_readers(some.actor, one)),
    }


def _who(some: Material, measure: Measure) -> str:
    if measure.person_id:
        return some.name(measure.person_id)
    person, service = some.places.get(measure.position_id or measure.pk, (measure.pk, ""))
    return ", ".join(part for part in (some.name(person), service) if part)


def _evaluations(some: Material, of: Goal | Measure) -> list[EvaluationShown]:
    return [_evaluation(some, one, datetime.fromisoformat(one["at"])) for one in _beneath(of, "evaluated")]


def _evaluation(some: Material, one: dict[str, Any], at: datetime) -> EvaluationShown:
    return EvaluationShown(
        one["words"], one["childs_words"], one["how_asked"], one["parents_words"], at,
        some.outcome(one["outcome"])[0], some.name(one["by_id"]), one["for_whom"] or "",
    )  # fmt: skip


def _matter(some: Material, row: Matter) -> MatterShown:
    about = _(LABELS[Kind(row.kind)])
    by, for_whom = some.name(row.by_id), getattr(row, "for_whom", None) or ""
    return MatterShown(row, _(VOICES[row.voice]), by, for_whom, about, **_read(some, row))


def _earlier(some: Material, of: Goal | Measure) -> list[Earlier]:
    return [
        Earlier(
            one["words"], datetime.fromisoformat(one["agreed_at"]), datetime.fromisoformat(one["replaced_at"]),
            some.name(one["replaced_by_id"]),
        )
        for one in _beneath(of, "earlier")
    ]  # fmt: skip


def _days(some: Material, measure: Measure) -> list[EarlierDay]:
    return [
        EarlierDay(
            date.fromisoformat(was["old"]["due"]), datetime.fromisoformat(was["at"]), some.name(was["person"])
        )
        for was in _beneath(measure, "was")
    ]  # fmt: skip
