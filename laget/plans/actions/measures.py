"""A measure is added, at home or in a service, and rewritten or moved with its earlier text kept."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.cases.access import gripped
from laget.cases.rules import Choice
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid, Stale
from laget.kernel.outcome import Done, Unchanged
from laget.kernel.period import FOREVER
from laget.plans import rules
from laget.plans.access import as_it_stands, case_of, may_add_measure, may_revise, readers_of, visible_measures
from laget.plans.actions.common import keep_earlier, tell_around, words
from laget.plans.actions.readers import addressed_under, with_author
from laget.plans.models import Goal, Measure

HOME, SERVICE = "home", "service"


def _check_days(start: date, due: date) -> None:
    today = timezone.localdate()
    fault = rules.wrong_start(start, today)
    if fault:
        raise Invalid(_(fault), "start")
    _check_due(start, due)


def _check_due(start: date, due: date) -> None:
    fault = rules.wrong_due(start, due, timezone.localdate())
    if fault:
        raise Invalid(_(fault), "due")


def _check_responsible(measure: Measure) -> None:
    """Somebody who reads the measure: at home one of the family, in a service one with a seat and a cover."""
    at_home = measure.place == HOME
    able = {one.person if at_home else one.position for one in readers_of(measure) if one.family == at_home}
    if (measure.person_id if at_home else measure.position_id) not in able:
        raise Invalid(_("Choose one of those in the team who can read this."), "responsible")


@action("plans.measure_added")
def add_measure(  # noqa: PLR0913 - a measure has these columns
    actor: Actor,
    goal: Goal,
    *,
    words: str,
    place: str,
    responsible: UUID,
    start: date,
    due: date,
    to: Choice | None = None,
) -> Done[Measure] | Unchanged[Measure]:
    """Add a measure to a goal. place "home": `responsible` is a person; "service": a position.

    to: fewer of those who read the goal; None: all of them. The same words by the same one towards the same goal is
    the same measure.
    """
    case = gripped(actor, goal.case_id)
    goal = as_it_stands(actor, goal)
    require(may_add_measure(actor, goal))
    text = _text(words)
    _check_days(start, due)
    who = {"person_id": responsible} if place == HOME else {"position_id": responsible}
    same = visible_measures(actor).filter(goal_id=goal.pk, words=text, ended_at=FOREVER, **who).first()
    if same and same.addressing == (goal.addressing if to is None else with_author(to, actor.person).to):
        return Unchanged(same)
    measure = Measure(
        pk=uuid4(), goal_id=goal.pk, child_id=goal.child_id, kind=goal.kind, words=text, place=place,
        agreed_by_id=actor.person, start=start, due=due, **who,
    )  # fmt: skip
    addressed_under(actor, case, measure, goal, to)
    _check_responsible(measure)
    measure.save(force_insert=True)
    record(
        actor, "plans.measure_added", child=goal.child_id, object_id=measure.pk,
        details={"place": place, "kind": measure.kind, "due": due.isoformat()},
    )  # fmt: skip
    tell_around(actor, goal.case_id, measure, "plans.measure_added")
    return Done(measure)


@action("plans.measure_revised")
def revise_measure(
    actor: Actor, measure: Measure, *, words: str, version: int, due: date | None = None
) -> Done[Measure] | Unchanged[Measure]:
    """Rewrite a measure that was read at `version`, or move its day. Raises Stale when somebody was first."""
    case = gripped(actor, case_of(actor, measure.child_id).pk)
    require(may_revise(actor, measure))
    text = _text(words)
    standing = visible_measures(actor).get(pk=measure.pk)
    day = due or standing.due
    if (standing.words, standing.due) == (text, day):
        return Unchanged(standing)
    if day != standing.due:
        _check_due(standing.start, day)
    rows = Measure.objects.filter(pk=measure.pk, version=version, ended_at=FOREVER).update(
        words=text, due=day, version=version + 1
    )
    if rows != 1:
        latest = visible_measures(actor).get(pk=measure.pk)
        raise Stale("words", words, latest.words, latest.version)
    keep_earlier(actor, standing, timezone.now())
    record(
        actor, "plans.measure_revised", child=measure.child_id, object_id=measure.pk,
        details={"version": version + 1, "due": day.isoformat(), "due_before": standing.due.isoformat()},
    )  # fmt: skip
    tell_around(actor, case.pk, standing, "plans.measure_revised")
    return Done(visible_measures(actor).get(pk=measure.pk))


def _text(given: str) -> str:
    return words(given, rules.MEASURE_LIMIT)
