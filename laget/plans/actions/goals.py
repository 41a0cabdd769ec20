"""A goal is agreed, and rewritten with its earlier text kept."""

from __future__ import annotations

from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.cases.access import gripped
from laget.cases.following import guide_of
from laget.cases.models import Case
from laget.cases.rules import Choice
from laget.guide.rules import Area, UnknownCode
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid, Stale
from laget.kernel.outcome import Done, Unchanged
from laget.kernel.period import FOREVER
from laget.plans.access import may_agree, may_revise, visible_goals
from laget.plans.actions.common import keep_earlier, tell_around, words
from laget.plans.actions.readers import TEAM, addressed
from laget.plans.models import Goal
from laget.plans.rules import GOAL_LIMIT


def _area(case: Case, code: str) -> Area:
    try:
        return guide_of(case).area(code)
    except UnknownCode:
        raise Invalid(_("Choose what the goal is about."), "area") from None


@action("plans.goal_agreed")
def agree_goal(actor: Actor, case: Case, *, area: str, words: str, to: Choice = TEAM) -> Done[Goal] | Unchanged[Goal]:
    """Agree on a goal in an area of the guide, which says which kind of information it is; `to`: whom it is for.

    The same words in the same area once more is the same goal.
    """
    case = gripped(actor, case.pk)
    about = _area(case, area)
    require(may_agree(actor, case, about.kind))
    text = _text(words)
    same = visible_goals(actor).filter(case_id=case.pk, area=area, words=text, ended_at=FOREVER).first()
    if same:
        return Unchanged(same)
    goal = Goal(
        pk=uuid4(), case_id=case.pk, child_id=case.child_id, kind=about.kind, area=area, words=text,
        agreed_by_id=actor.person,
    )  # fmt: skip
    addressed(actor, case, goal, to)
    goal.save(force_insert=True)
    record(
        actor, "plans.goal_agreed", child=case.child_id, object_id=goal.pk, details={"area": area, "kind": goal.kind}
    )
    tell_around(actor, case.pk, goal, "plans.goal_agreed")
    return Done(goal)


@action("plans.goal_revised")
def revise_goal(actor: Actor, goal: Goal, *, words: str, version: int) -> Done[Goal] | Unchanged[Goal]:
    """Rewrite a goal that was read at `version`. Raises Stale with both texts when somebody was first."""
    gripped(actor, goal.case_id)
    require(may_revise(actor, goal))
    text = _text(words)
    now = timezone.now()
    standing = visible_goals(actor).get(pk=goal.pk)
    if standing.words == text:
        return Unchanged(standing)
    rows = Goal.objects.filter(pk=goal.pk, version=version, ended_at=FOREVER).update(words=text, version=version + 1)
    if rows != 1:
        latest = visible_goals(actor).get(pk=goal.pk)
        raise Stale("words", words, latest.words, latest.version)
    keep_earlier(actor, standing, now)
    record(actor, "plans.goal_revised", child=goal.child_id, object_id=goal.pk, details={"version": version + 1})
    tell_around(actor, goal.case_id, standing, "plans.goal_revised")
    return Done(visible_goals(actor).get(pk=goal.pk))


def _text(given: str) -> str:
    return words(given, GOAL_LIMIT)
