"""The pages of the plan: read it, agree, rewrite, evaluate, and tell what matters to the child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases import shown
from laget.cases.access import visible_cases, with_baton
from laget.cases.addresses import home_of, pages_of
from laget.cases.choosing import Standing, choosing, readers_page
from laget.cases.forms import HoldBackForm, LookedForm
from laget.cases.rules import Choice
from laget.kernel.actor import Actor, Capacity
from laget.plans import actions, choices, forms, ground, rules
from laget.plans.access import (
    case_of,
    cases_with_what_one_said,
    kinds_to_write,
    may_add_measure,
    may_agree,
    may_choose_readers,
    may_evaluate,
    may_revise,
    may_tell_what_matters,
    text_of,
    visible_goals,
    visible_matters,
    visible_measures,
)
from laget.plans.board import board
from laget.plans.looking import may_hold_back, may_look_through, older

if TYPE_CHECKING:
    from laget.cases.models import Case
    from laget.plans.models import Goal, Matter, Measure

FORM = ("GET", "POST")


def _plan(case: UUID) -> str:
    return reverse("case_plan", kwargs={"case": case})


@page(cases_with_what_one_said)
def case_plan(request: Request, case: Case) -> HttpResponse:
    """Goals with measures and evaluations; what matters to the child first."""
    today = timezone.localdate()
    context = {
        "case": case,
        "board": board(request.actor, case, today, request.kinds),
        "home": home_of(request.actor, case),
        "tabs": pages_of(request.actor, case, "case_plan"),
        "waits": request.actor.person == case.child_id and ground.unlooked(case.child_id),
    }
    return render(request, "plans/plan.html", context)


def _form_page(request: Request, template: str, form: Any, case: Case, **context: Any) -> HttpResponse:
    """A form of the plan."""
    return form_page(request, template, form, case=case, back=_plan(case.pk), **context)


@page(visible_cases, needs=may_agree, methods=FORM)
def goal_new(request: Request, case: Case) -> HttpResponse:
    """A goal is agreed, in one area of life."""
    actor = request.actor
    to = choosing(request, case, sorted(kinds_to_write(actor, case.child_id)))
    areas = choices.areas(actor, case, to)
    form = typed(request, forms.GoalForm, {"audience": to.audience}, areas=areas, **to.asked)
    result = carried_out(form, lambda data: _agreed(actor, case, data, Choice(**form.choice())))
    if result:
        return done(request, reverse("measure_new", kwargs={"goal": result.value.pk}), _("The goal is agreed."))
    return _form_page(request, "plans/goal_new.html", form, case, **to.shown)


def _agreed(actor: Actor, case: Case, data: dict[str, Any], to: Choice) -> Any:
    return actions.agree_goal(actor, case, area=data["area"], words=data["words"], to=to)


@page(visible_goals, needs=may_revise, methods=FORM)
def goal_edit(request: Request, goal: Goal) -> HttpResponse:
    """A goal gets other words."""
    actor, case = request.actor, case_of(request.actor, goal.child_id)
    some = shown.around(case)
    first = {"words": goal.words, "version": goal.version}
    form = typed(request, forms.GoalEditForm, first, people=shown.named(actor, some))
    result = carried_out(form, lambda data: actions.revise_goal(actor, goal, **data))
    if result:
        return done(request, _plan(goal.case_id), _("The goal is changed. The earlier text is kept."))
    return _form_page(request, "plans/goal_edit.html", form, case, read_by=some.reading(text_of(goal)))


@page(visible_goals, needs=may_add_measure, methods=FORM)
def measure_new(request: Request, goal: Goal) -> HttpResponse:
    """What is done for a goal, by whom and until when, and who of those who read the goal reads this too."""
    actor = request.actor
    case, today = with_baton(actor, goal.case_id), timezone.localdate()
    to = choosing(request, case, [goal.kind], under=text_of(goal))
    usual = {"start": today, "due": choices.usual_day(case, today), "audience": to.audience}
    able = choices.responsible(goal, to)
    form = typed(request, forms.MeasureForm, usual, responsible=able, **to.asked)
    result = carried_out(form, lambda data: actions.add_measure(actor, goal, **choices.placed(form, data)))
    if result:
        return done(request, _plan(goal.case_id), _("The measure is agreed."))
    read_by = choices.read_by(actor, goal, to)
    return _form_page(request, "plans/measure_new.html", form, case, goal=goal, read_by=read_by, **to.shown)


@page(visible_measures, needs=may_revise, methods=FORM)
def measure_edit(request: Request, measure: Measure) -> HttpResponse:
    """A measure gets other words, or another day."""
    actor = request.actor
    initial = {"words": measure.words, "due": measure.due, "version": measure.version}
    case = case_of(actor, measure.child_id)
    some = shown.around(case)
    form = typed(request, forms.MeasureEditForm, initial, people=shown.named(actor, some))
    result = carried_out(form, lambda data: actions.revise_measure(actor, measure, **data))
    if result:
        return done(request, _plan(case.pk), _("The measure is changed. The earlier text is kept."))
    return _form_page(request, "plans/measure_edit.html", form, case, read_by=some.reading(text_of(measure)))


@page(visible_goals, needs=may_evaluate, methods=FORM)
def evaluate(request: Request, goal: Goal) -> HttpResponse:
    """How a goal goes, and whether the child was heard."""
    return _evaluated(request, goal, forms.EvaluationForm, goal.pk)


@page(visible_measures, needs=may_evaluate, methods=FORM)
def evaluate_measure(request: Request, measure: Measure) -> HttpResponse:
    """How a measure went, and what follows."""
    return _evaluated(request, measure, forms.MeasureEvaluationForm, measure.goal_id)


def _evaluated(
    request: Request, subject: Goal | Measure, shape: type[forms.EvaluationForm], goal: UUID
) -> HttpResponse:
    """Evaluate, and lead on to what the outcome asks for."""
    actor, of_measure = request.actor, goal != subject.pk
    case = case_of(actor, subject.child_id)
    some = shown.around(case)
    outcomes, views = choices.outcomes(case), choices.views_asked(case)
    own = actor.person == case.child_id
    form = typed(
        request, shape, outcomes=outcomes, views=views, family=actor.is_citizen, own=own,
        people=shown.named(actor, some),
    )  # fmt: skip
    result = carried_out(form, lambda data: actions.evaluate(actor, subject, **choices.heard(data)))
    if not result:
        read_by = some.reading(text_of(subject))
        return _form_page(
            request, "plans/evaluate.html", form, case, read_by=read_by, subject=subject, of_measure=of_measure, own=own
        )
    chosen = choices.outcome(case, result.value.outcome)
    follow = rules.what_follows(chosen.effect, of_measure=of_measure)
    if follow.next is rules.Next.NEW_MEASURE:
        message = _("The evaluation is saved. Agree on what you try now.")
        return done(request, reverse("measure_new", kwargs={"goal": goal}), message)
    if follow.next is rules.Next.LEVEL or rules.leads_elsewhere(chosen.target, case.level):
        return _to_level(request, case)
    return done(request, _plan(case.pk), _("The evaluation is saved."))


def _to_level(request: Request, case: Case) -> HttpResponse:
    """The next level is proposed; the holder decides."""
    if choices.decides_level(request.actor, case):
        address = reverse("level", kwargs={"case": case.pk})
        return done(request, address, _("The evaluation is saved. Now decide whether more should help."))
    message = _("The evaluation is saved. The relay holder has been told, and decides on the next level.")
    return done(request, _plan(case.pk), message)


@page(visible_cases, needs=may_tell_what_matters, methods=FORM)
def matter(request: Request, case: Case) -> HttpResponse:
    """What matters, in the words of the child or of those around it, and who reads it."""
    actor, kinds = request.actor, choices.kinds(request.actor, case.child_id)
    to = choosing(request, case, kinds, childs_words=True)
    given = choices.matter(actor, case.child_id, kinds, to)
    usual = choices.usual_matter(given) | {"audience": to.audience}
    form = typed(request, forms.MatterForm, usual, **given, **to.asked)
    result = carried_out(form, lambda data: actions.tell_what_matters(actor, case, **choices.told(form, data)))
    if result:
        return done(request, _plan(case.pk), _("Thank you. It is saved, and stands first in the plan."))
    return _form_page(request, "plans/matter.html", form, case, own=given["own"], **to.shown)


@page(visible_goals, needs=may_choose_readers, methods=FORM)
def goal_readers(request: Request, goal: Goal) -> HttpResponse:
    """Who reads a goal and what stands under it, who chose it, and others who are to read it."""
    return _readers(request, goal)


@page(visible_measures, needs=may_choose_readers, methods=FORM)
def measure_readers(request: Request, measure: Measure) -> HttpResponse:
    """Who reads a measure and its evaluations, who chose it, and others who are to read it."""
    return _readers(request, measure)


@page(visible_matters, needs=may_choose_readers, methods=FORM)
def matter_readers(request: Request, matter: Matter) -> HttpResponse:
    """Who reads what somebody told that matters, who chose it, and others who are to read it."""
    return _readers(request, matter)


def _readers(request: Request, thing: Goal | Measure | Matter) -> HttpResponse:
    def choose(data: dict[str, Any]) -> Any:
        return actions.choose_readers(request.actor, thing, choice=Choice(**data))

    case = case_of(request.actor, thing.child_id)
    own = getattr(thing, "voice", "") == rules.Voice.CHILD
    standing = Standing(thing, text_of(thing), thing.words, childs_words=own, under=choices.above(request.actor, thing))
    return readers_page(request, case, standing, choose, _plan(case.pk))


@page(visible_cases, needs=may_look_through, only=Capacity.WORKER, methods=FORM)
def look_plan_through(request: Request, case: Case) -> HttpResponse:
    """What stood in the plan before the child had a page of its own, before the child may read it."""
    form = typed(request, LookedForm)
    opened = carried_out(
        form, lambda data: actions.look_through(request.actor, case, [UUID(one) for one in data["seen"]])
    )
    if opened is not None:
        return done(request, _left(request, case), _("It is saved. The child can read what you looked through."))
    name, items = shown.child_name(case), older(request.actor, case)
    return _form_page(request, "plans/look_through.html", form, case, name=name, items=items)


@page(visible_goals, needs=may_hold_back, only=Capacity.WORKER, methods=FORM)
def hold_goal_back(request: Request, goal: Goal) -> HttpResponse:
    """A goal with all under it is kept from the child, on a ground in the law."""
    return _hold_back(request, goal)


@page(visible_measures, needs=may_hold_back, only=Capacity.WORKER, methods=FORM)
def hold_measure_back(request: Request, measure: Measure) -> HttpResponse:
    """A measure with its evaluations is kept from the child, on a ground in the law."""
    return _hold_back(request, measure)


@page(visible_matters, needs=may_hold_back, only=Capacity.WORKER, methods=FORM)
def hold_matter_back(request: Request, matter: Matter) -> HttpResponse:
    """What somebody told that matters is kept from the child, on a ground in the law."""
    return _hold_back(request, matter)


def _hold_back(request: Request, thing: Goal | Measure | Matter) -> HttpResponse:
    form = typed(request, HoldBackForm, grounds=shown.grounds_from_child())
    held = carried_out(
        form,
        lambda data: actions.hold_back(
            request.actor, thing, on=data["ground"], why=data["why"], review_on=data["review_on"]
        ),
    )
    case = case_of(request.actor, thing.child_id)
    if held is not None:
        return done(request, _left(request, case), _("The child does not read this one."))
    return form_page(
        request, "cases/hold_back.html", form, case=case, name=shown.child_name(case), words=thing.words,
        back=reverse("look_plan_through", args=[case.pk]),
    )  # fmt: skip


def _left(request: Request, case: Case) -> str:
    """Where to go on: to what is left to look through, or to the plan."""
    return reverse("look_plan_through" if may_look_through(request.actor, case) else "case_plan", args=[case.pk])
