"""Who may see and change a plan, as a table over the cast, with both locks asked."""

import pytest
from django.utils import timezone

from laget.demo.clock import ago
from laget.kernel.errors import Refused
from laget.law.kinds import Kind
from laget.plans import access, actions
from laget.plans.models import Evaluation, Goal, Matter, Measure, Revision
from laget.plans.tests import factories

EVERYDAY = {"maja", "omar", "kari", "sara"}
HEALTH = {"omar", "kari", "sara"}
SIGHTS = {
    Goal: access.visible_goals,
    Measure: access.visible_measures,
    Evaluation: access.visible_evaluations,
    Matter: access.visible_matters,
    Revision: access.visible_revisions,
}


def everything(cast, kind):
    goal = factories.goal(cast.case, cast.kari, kind=kind)
    factories.measure(goal, cast.kari, at_home=cast.kari)
    factories.evaluation(goal, cast.kari)
    factories.matter(cast.case, cast.kari, kind=kind)
    Revision.objects.create(
        child_id=cast.child,
        kind=kind,
        of=goal.pk,
        version=1,
        words="Før",
        agreed_at=timezone.now(),
        replaced_by_id=cast.kari.person,
    )
    return goal


@pytest.mark.parametrize(
    ("kind", "seen_by"), [(Kind.EVERYDAY, EVERYDAY), (Kind.HEALTH, HEALTH), (Kind.ECONOMY, {"kari", "sara"})]
)
def test_who_sees_what_in_a_plan(cast, as_app, kind, seen_by):
    everything(cast, kind)
    for name, member in cast.everybody().items():
        with as_app(member.actor):
            for model, sight in SIGHTS.items():
                expected = 1 if name in seen_by else 0
                assert sight(member.actor).count() == expected, (name, model)
                assert model.objects.count() == expected, (name, model)


@pytest.mark.parametrize("who", sorted(EVERYDAY))
def test_who_may_change_what_they_may_know(cast, as_app, who):
    goal, actor = everything(cast, Kind.EVERYDAY), cast.everybody()[who].actor
    with as_app(actor):
        assert access.may_agree(actor, cast.case, Kind.EVERYDAY)
        assert access.may_tell_what_matters(actor, cast.case, Kind.EVERYDAY)
        for right in (access.may_add_measure, access.may_revise, access.may_evaluate):
            assert right(actor, goal)


def test_a_refusal_says_why(cast, as_app):
    actor = cast.maja.actor
    with as_app(actor):
        verdict = access.may_agree(actor, cast.case, Kind.HEALTH)
    assert not verdict
    assert str(verdict.reason)


@pytest.mark.parametrize("who", ["vera", "otto", "idris", "ada", "liv", "per"])
def test_the_ground_refuses_those_who_may_not_even_when_they_come_past_python(cast, as_app, who, monkeypatch):
    from django.db import Error

    actor = cast.everybody()[who].actor
    for name in ("may_agree",):
        monkeypatch.setattr(f"laget.plans.actions.goals.{name}", lambda *a, **k: True)
    with pytest.raises((Refused, Error)), as_app(actor):
        actions.agree_goal(actor, cast.case, area="friends", words="Utenom")
    assert not Goal.objects.exists()


def test_a_goal_older_than_the_consent_reaches_is_not_seen_but_its_new_measure_is(cast, as_app):

    from laget.sight.models import Cover

    goal = factories.goal(cast.case, cast.maja, agreed_at=ago(9))
    factories.measure(goal, cast.maja)
    Cover.objects.filter(service_id=cast.clinic).update(plan_from=ago(1))
    with as_app(cast.omar.actor):
        assert not access.visible_goals(cast.omar.actor).exists()
        assert access.visible_measures(cast.omar.actor).count() == 1
