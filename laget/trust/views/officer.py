"""The data protection officer's pages: what waits, figures, and who could see and who did. Functions, never content."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.emergency.shown import figures as openings
from laget.kernel.actor import Capacity
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done
from laget.trust import access, actions
from laget.trust.asked import figures, waiting
from laget.trust.forms import InquireForm
from laget.trust.inquiry import answer
from laget.trust.whole import whole
from laget.trust.words import kinds

if TYPE_CHECKING:
    from laget.trust.models import Finding, Inquiry, Question

SHOWN_BACK = timedelta(days=365)
ASKED_BACK = timedelta(days=30)
LATEST = 10


@page(only=Capacity.WORKER, known=access.controls)
def trust(request: Request) -> HttpResponse:
    """The officer's first page."""
    actor = request.actor
    context = {
        "waiting": waiting(actor),
        "figures": figures(actor, timezone.now() - SHOWN_BACK),
        "reviews": openings(actor, timezone.now() - SHOWN_BACK),
        "whole": whole(actor),
        "last": access.visible_rounds(actor).order_by("-day").first(),
        "inquiries": list(access.visible_inquiries(actor).order_by("-at", "id")[:LATEST]),
    }
    return render(request, "trust/trust.html", context)


@page(only=Capacity.WORKER, methods=("GET", "POST"), known=access.controls)
def inquire(request: Request) -> HttpResponse:
    """Ask who could see, about a child that is named by its national number."""
    form = typed(request, InquireForm, _today())
    return _inquiring(request, form, lambda data: _named(request, data["number"]), None)


@page(access.visible_findings, only=Capacity.WORKER, methods=("GET", "POST"), known=access.controls)
def inquire_found(request: Request, finding: Finding) -> HttpResponse:
    """The same, about the child that a finding is about."""
    form = typed(request, InquireForm, _around(finding), known=True)
    return _inquiring(request, form, lambda data: finding.about, finding.pk)


@page(access.visible_questions, only=Capacity.WORKER, methods=("GET", "POST"), known=access.controls)
def inquire_asked(request: Request, question: Question) -> HttpResponse:
    """The same, about the child that a family has asked about."""
    form = typed(request, InquireForm, _around(question), known=True)
    return _inquiring(request, form, lambda data: question.child_id, None)


def _named(request: Request, number: str) -> UUID:
    found = actions.look_up(request.actor, number).value
    if found is None:
        raise Invalid(_("No child here has that number."), "number")
    return found


def _today() -> dict[str, Any]:
    today = timezone.localdate()
    return {"start": today - ASKED_BACK, "end": today}


def _around(asked: Finding | Question) -> dict[str, Any]:
    day = timezone.localdate(asked.looked_at)
    return {"start": day, "end": day, "kinds": asked.kinds}


def _inquiring(request: Request, form: InquireForm, whose: Any, finding: UUID | None) -> HttpResponse:
    made = carried_out(form, lambda data: _carry_out(request, whose(data), data, finding))
    if made is not None:
        return done(request, reverse("inquiry", args=[made.value]))
    answer = form_page(request, "trust/inquire.html", form, here=request.path)
    if form.has_error("number"):
        answer.status_code = 200  # what is refused is undone, and a number that was tried must stay counted
    return answer


def _carry_out(request: Request, child: UUID, data: dict[str, Any], finding: UUID | None) -> Done[UUID]:
    wish = actions.Wish(
        start=data["begins"], end=data["ends"], kinds=tuple(data["kinds"]), reason=data["reason"],
        written=data["on"], part=data["part"],
    )  # fmt: skip
    return actions.inquire(request.actor, child, wish, finding)


@page(access.visible_inquiries, only=Capacity.WORKER, known=access.controls)
def inquiry(request: Request, inquiry: Inquiry) -> HttpResponse:
    """Who could see, and who did. Recorded as the officer's reading, each time, for the family to see."""
    context = {
        "inquiry": inquiry, "kinds": kinds(inquiry.kinds), "answer": answer(inquiry), "parts": _PARTS,
        "last_day": _last_day(inquiry),
    }  # fmt: skip
    return render(request, "trust/inquiry.html", context)


def _last_day(inquiry: Inquiry) -> date | None:
    """The day that the interval ends with, when it ends as that day does; people say it so."""
    end = timezone.localtime(inquiry.ends)
    return end.date() - timedelta(days=1) if end.time() == time.min else None


_PARTS = {"log": _("The log"), "plan": _("The plan")}
