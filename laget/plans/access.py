"""Who may see goals, measures, evaluations and what matters to the child."""

from __future__ import annotations

from django.db.models import QuerySet

from laget.kernel.actor import Actor
from laget.plans.models import Evaluation, Goal, Matter, Measure, Revision
from laget.sight.access import sees_kind


def visible_goals(actor: Actor) -> QuerySet[Goal]:
    return Goal.objects.filter(sees_kind(actor, "agreed_at", "plan_from"))


def visible_measures(actor: Actor) -> QuerySet[Measure]:
    return Measure.objects.filter(sees_kind(actor, "agreed_at", "plan_from"))


def visible_revisions(actor: Actor) -> QuerySet[Revision]:
    return Revision.objects.filter(sees_kind(actor, "agreed_at", "plan_from"))


def visible_evaluations(actor: Actor) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(sees_kind(actor, "at", "plan_from"))


def visible_matters(actor: Actor) -> QuerySet[Matter]:
    return Matter.objects.filter(sees_kind(actor, "at", "plan_from"))
