"""Two steps: is there something about this child, and then opening it. Each needs a fresh proof of who one is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.emergency import access, actions, shown
from laget.emergency.forms import AskForm, OpenForm
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.emergency.models import Opening


def _prove(address: str) -> str:
    """Where one proves who one is once more, and comes back."""
    return f"{reverse('sign_in')}?{urlencode({'next': address, 'again': 1})}"


@page(only=Capacity.WORKER, methods=("GET", "POST"), known=access.opens)
def emergency(request: Request) -> HttpResponse:
    """Step one: is there something about this child? Answers only that there is, and from which sorts of services."""
    form = typed(request, AskForm, positions=shown.own_positions(request.actor))
    may = access.may_ask(request.actor)
    asked = carried_out(form, lambda data: actions.ask(request.actor, **data)) if may else None
    if asked is not None and asked.value is not None:
        return done(request, reverse("step_two", args=[asked.value]))
    answer = form_page(
        request, "emergency/ask.html", form, may=may, prove=_prove(request.path), nothing=asked is not None,
        mine=list(access.open_openings(request.actor).order_by("opened_at", "id")),
    )  # fmt: skip
    if asked is not None or form.has_error("number"):
        answer.status_code = 200  # nothing was found, or it was refused: what was tried must stay counted
    return answer


@page(access.asked_openings, only=Capacity.WORKER, methods=("GET", "POST"), known=access.opens)
def step_two(request: Request, opening: Opening) -> HttpResponse:
    """There is something. Opening it gives read access for four hours, and alerts others at once."""
    if opening.opened_at is not None:
        return done(request, reverse("opened", args=[opening.pk]))
    form = typed(request, OpenForm)
    may = access.may_open(request.actor, opening)
    until = carried_out(form, lambda data: actions.open_up(request.actor, opening, **data)) if may else None
    if until is not None:
        return done(request, reverse("opened", args=[opening.pk]))
    return form_page(
        request, "emergency/step_two.html", form, opening=opening, behind=shown.behind(opening), may=may,
        prove=_prove(request.path),
    )  # fmt: skip


@page(access.open_openings, only=Capacity.WORKER, known=access.opens)
def opened(request: Request, opening: Opening) -> HttpResponse:
    """Who the child is, who helps, and what the team has written for the whole team. Nothing can be written here."""
    context = {"opening": opening, "record": shown.opened(opening), "key": ""}
    return render(request, "emergency/opened.html", context)


@page(
    access.own_openings, needs=access.may_end, only=Capacity.WORKER, methods=("POST",), known=access.opens, silent=True
)
def end_opening(request: Request, opening: Opening) -> HttpResponse:
    """It is needed no more."""
    actions.end(request.actor, opening)
    return done(request, reverse("home"), _("The record is closed to you again."))
