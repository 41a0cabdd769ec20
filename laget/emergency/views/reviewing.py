"""The leader and the officer see who opened, why, and what was read, and say what they find. Never which child."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.emergency import access, actions, shown
from laget.emergency.forms import ReviewForm, WaitForm
from laget.families.rules import begins
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.emergency.models import Opening

SHOWN_BACK = timedelta(days=365)


@page(only=Capacity.WORKER, known=access.controls)
def reviews(request: Request) -> HttpResponse:
    """Every opening that the reader controls, those that wait first, and the numbers of a year."""
    actor = request.actor
    context = {
        "rows": shown.listed(actor), "officer": actor.protects,
        "figures": shown.figures(actor, timezone.now() - SHOWN_BACK),
    }  # fmt: skip
    return render(request, "emergency/reviews.html", context)


@page(
    access.controlled_openings, needs=access.may_control, only=Capacity.WORKER, methods=("GET", "POST"),
    known=access.controls, silent=True,
)  # fmt: skip
def review(request: Request, opening: Opening) -> HttpResponse:
    """Who, why, what was read; and what was found."""
    seen = access.visible_reviews(request.actor).filter(opening_id=opening.pk).count()
    form = typed(request, ReviewForm, seen=seen)
    said = carried_out(form, lambda data: actions.review(request.actor, opening, **data))
    if said is not None:
        return done(request, reverse("reviews"), _("Your review is kept."))
    return form_page(request, "emergency/review.html", form, one=shown.one(request.actor, opening), opening=opening.pk)


@page(
    access.controlled_openings, needs=access.may_control, only=Capacity.WORKER, methods=("GET", "POST"),
    known=access.controls, silent=True,
)  # fmt: skip
def tell_later(request: Request, opening: Opening) -> HttpResponse:
    """Decide when the family is told."""
    seen = access.visible_holds(request.actor).filter(opening_id=opening.pk).count()
    form = typed(request, WaitForm, seen=seen)
    back = reverse("review", args=[opening.pk])
    waits = carried_out(
        form,
        lambda data: actions.wait(request.actor, opening, **data | {"until": begins(data["until"])}),
    )
    if waits is not None:
        return done(request, back, _("Your decision is kept, and it counts from now."))
    said = shown.decided(request.actor, opening, reviews=False)
    return form_page(request, "emergency/tell_later.html", form, opening=opening.pk, back=back, said=said)
