"""The leader, and the officer, read what is asked about who has looked, and answer; never what was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.kernel.actor import Capacity
from laget.trust import access, actions
from laget.trust.asked import GROUPS, listed, one
from laget.trust.forms import AnswerForm

if TYPE_CHECKING:
    from laget.trust.models import Finding, Question


@page(only=Capacity.WORKER, known=access.answers)
def to_answer(request: Request) -> HttpResponse:
    """What waits for the reader, what waits for others, and what is answered."""
    group = request.GET.get("show", "")
    group = group if group in GROUPS else "mine"
    rows, shown = listed(request.actor, group, request.GET.get("page"))
    context = {
        "rows": rows, "group": group, "officer": request.actor.protects,
        "number": shown.number, "count": shown.paginator.num_pages,
    }  # fmt: skip
    return render(request, "trust/to_answer.html", context)


@page(access.visible_questions, only=Capacity.WORKER, methods=("GET", "POST"), known=access.answers)
def question(request: Request, asked: Question) -> HttpResponse:
    """A family's question."""
    return _answering(request, asked)


@page(access.visible_findings, only=Capacity.WORKER, methods=("GET", "POST"), known=access.answers)
def finding(request: Request, asked: Finding) -> HttpResponse:
    """A question from log control."""
    return _answering(request, asked)


def _answering(request: Request, asked: Question | Finding) -> HttpResponse:
    actor = request.actor
    form = typed(request, AnswerForm, outcomes=access.outcomes_for(actor))
    said = carried_out(form, lambda data: actions.answer(actor, asked, **data))
    if said is not None:
        return done(request, reverse("to_answer"), _("Your answer is sent."))
    shown = one(actor, asked)
    return form_page(
        request, "trust/asked.html", form, q=shown, may=shown.may, officer=actor.protects,
        inquire=_inquire(asked) if actor.protects else "",
    )  # fmt: skip


def _inquire(asked: Question | Finding) -> str:
    """Where the officer goes on to ask who could see; nowhere when it is about no single child."""
    if hasattr(asked, "about"):
        return reverse("inquire_found", args=[asked.pk]) if asked.about else ""
    return reverse("inquire_asked", args=[asked.pk])
