"""A protected address: registering it, opening the pages to one parent, ending it; and who has looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.families.access import children_called
from laget.kernel.actor import Capacity
from laget.notices.leaving import Held
from laget.protection import access, actions, addresses, forms, letters

if TYPE_CHECKING:
    from laget.families.models import Child
    from laget.protection.models import Grading, Proposal

ASKED = _("A leader is asked. Nothing changes until then.")


@page(children_called, needs=access.may_grade, only=Capacity.WORKER, methods=("GET", "POST"))
def grade(request: Request, child: Child) -> HttpResponse:
    """Whoever takes part registers that an address is protected."""
    back = reverse("protection", args=[child.pk])
    form = typed(request, forms.GradeForm, people=addresses.household(child.pk))
    graded = carried_out(form, lambda data: actions.grade(request.actor, child, **data))
    if graded is not None:
        return done(request, back, _("The address is protected from now, and the pages are closed to the parents."))
    return form_page(request, "protection/grade.html", form, child=child, back=back)


@page(children_called, needs=access.may_grade, only=Capacity.WORKER, methods=("GET", "POST"))
def places(request: Request, child: Child) -> HttpResponse:
    """What tells where the child is: written once, sealed, and held against all that leaves."""
    here = reverse("places", args=[child.pk])
    form = typed(request, forms.PlacesForm)
    known = carried_out(form, lambda data: actions.know_places(request.actor, child, **data))
    if known is not None:
        return done(request, here, _("It is sealed. Nothing that holds it leaves from now."))
    counts = addresses.known_places(request.actor, child.pk)
    back = reverse("protection", args=[child.pk])
    return form_page(request, "protection/places.html", form, child=child, counts=counts, back=back)


@page(children_called, needs=access.may_open, only=Capacity.WORKER, methods=("GET", "POST"))
def open_parent(request: Request, child: Child) -> HttpResponse:
    """Ask a leader to open a protected child's pages to one parent."""
    back = reverse("protection", args=[child.pk])
    form = typed(request, forms.OpenForm, people=addresses.closed_for(request.actor, child.pk))
    asked = carried_out(form, lambda data: actions.ask_to_open(request.actor, child, **data))
    if asked is not None:
        return done(request, back, ASKED)
    return form_page(request, "protection/open.html", form, child=child, back=back)


@page(children_called, needs=access.may_decide, only=Capacity.WORKER, methods=("GET", "POST"))
def release(request: Request, child: Child) -> HttpResponse:
    """Ask a leader to let a letter leave that tells where a protected child is."""
    back = reverse("protection", args=[child.pk])
    form = typed(request, forms.ReleaseForm)
    asked = carried_out(form, lambda data: actions.ask_to_release(request.actor, child, **data))
    if asked is not None:
        return done(
            request, reverse("confirm", args=[asked.value.pk]), _("A leader is asked. Send nothing until then.")
        )
    return form_page(request, "protection/release.html", form, child=child, back=back)


@page(access.visible_proposals, needs=access.may_fetch, only=Capacity.WORKER)
def released(request: Request, proposal: Proposal) -> HttpResponse:
    """The letter as two people have let it leave, to print or to copy."""
    back = reverse("confirm", args=[proposal.pk])
    try:
        letter = letters.released(request.actor, proposal)
    except Held:
        return render(request, "protection/released.html", {"letter": None, "back": back})
    return render(request, "protection/released.html", {"letter": letter, "back": back})


@page(access.visible_gradings, needs=access.may_lower, only=Capacity.WORKER, methods=("GET", "POST"))
def lower(request: Request, grading: Grading) -> HttpResponse:
    """Ask a leader to confirm that an address is no longer protected."""
    back = reverse("protection", args=[grading.child_id])
    form = typed(request, forms.ReasonForm)
    asked = carried_out(form, lambda data: actions.ask_to_lower(request.actor, grading, **data))
    if asked is not None:
        return done(request, back, ASKED)
    lead = _("The address is protected until a leader confirms. Talk with the one who is protected first.")
    return form_page(request, "protection/end.html", form, lead=lead, address=request.path, back=back)


@page(only=Capacity.WORKER, known=access.controls)
def looks(request: Request) -> HttpResponse:
    """Who has opened pages about protected children: for the data protection officer."""
    return render(request, "protection/looks.html", {"looks": addresses.looks(request.actor)})
