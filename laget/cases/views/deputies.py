"""Who stands in for whom: named by the one who is away, or by the leader, who learns of no child by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases import actions, rights, shown
from laget.cases.access import places_answered_for, visible_absences
from laget.cases.forms import DeputyForm
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.cases.models import Absence, Baton
    from laget.directory.models import Position


@page(only=Capacity.WORKER, known=lambda actor: bool(actor.places))
def deputies(request: Request) -> HttpResponse:
    """Who stands in now and later; what one holds oneself, and for a leader how many each colleague holds."""
    context = {"absences": shown.absences(request.actor), "places": shown.places(request.actor)}
    return render(request, "cases/deputies.html", context)


@page(
    places_answered_for,
    needs=rights.may_name_deputy,
    gathers=shown.held_batons,
    only=Capacity.WORKER,
    methods=("GET", "POST"),
)
def name_deputy(request: Request, place: Position, held: list[Baton]) -> HttpResponse:
    """Somebody is away: a colleague stands in, from one day to another."""
    children, people = shown.children_of(held), shown.colleagues(place)
    wished = request.GET.get("case")
    chosen = [one for one, _name in children if wished in (None, one)]
    form = typed(
        request, DeputyForm, {"first": timezone.localdate(), "cases": chosen}, people=people, children=children
    )
    named = carried_out(form, lambda data: actions.name_deputy(request.actor, place, **data))
    if named is not None:
        return done(request, reverse("deputies"), _("It is saved. Your colleague and the families are told."))
    mine = place.pk in request.actor.positions
    return form_page(
        request, "cases/name_deputy.html", form, place=place, nobody=not people, mine=mine,
        who=shown.positions_shown([place.pk])[place.pk].name, back=reverse("deputies"),
    )  # fmt: skip


@page(visible_absences, needs=rights.may_end_absence, only=Capacity.WORKER, methods=("POST",), silent=True)
def end_absence(request: Request, absence: Absence) -> HttpResponse:
    """Nobody stands in from now on."""
    actions.end_absence(request.actor, absence)
    return done(request, reverse("deputies"), _("It has ended. Both of you and the families are told."))
