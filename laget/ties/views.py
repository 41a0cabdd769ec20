"""The pages of ties: a worker tells of one, somebody puts one forward, a leader decides. None names the child."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.families.access import visible_children
from laget.kernel.actor import Capacity
from laget.ties import access, actions, rules, shown
from laget.ties.forms import DecideForm, ObjectForm, TieForm

if TYPE_CHECKING:
    from laget.families.models import Child
    from laget.ties.models import Tie


@page(visible_children, needs=access.may_tell, only=Capacity.WORKER, methods=("GET", "POST"))
def own_tie(request: Request, child: Child) -> HttpResponse:
    """I am close to this family."""
    form = typed(request, TieForm, people=shown.own_positions(request.actor), label=_("Your position"))
    told = carried_out(form, lambda data: actions.tell_of_tie(request.actor, child, **data))
    if told is None:
        back = reverse("child_home", args=[child.pk])
        return form_page(request, "ties/own.html", form, child=child.pk, back=back, lawful=shown.lawful())
    if told.value:
        return done(request, reverse("home"), _("You no longer take part. Your leader sees that another takes over."))
    return done(request, reverse("home"), _("Your leader decides whether you can go on, and you get a message."))


@page(visible_children, needs=access.may_put_forward, methods=("GET", "POST"))
def team_tie(request: Request, child: Child) -> HttpResponse:
    """Somebody in the team is too close to the family: said by the family, or by another in the team."""
    form = typed(request, TieForm, people=shown.team(request.actor, child), own=request.actor.person == child.pk)
    back = reverse("child_home", args=[child.pk])
    sent = carried_out(form, lambda data: actions.put_forward(request.actor, child, **data))
    if sent is None:
        return form_page(request, "ties/team.html", form, child=child.pk, back=back)
    return done(request, back, _("It is sent. The leader decides."))


@page(only=Capacity.WORKER, known=access.leads)
def ties(request: Request) -> HttpResponse:
    """What a leader decides, and who has been kept away."""
    return render(request, "ties/ties.html", {"rows": shown.listed(request.actor)})


@page(
    access.led_ties,
    needs=access.may_decide,
    only=Capacity.WORKER,
    methods=("GET", "POST"),
    known=access.leads,
    silent=True,
)
def tie(request: Request, tie: Tie) -> HttpResponse:
    """A leader reads one, and decides. It is about somebody who works here; the child is not named."""
    seen = access.visible_rulings(request.actor).filter(tie_id=tie.pk).count()
    form = typed(request, DecideForm, by_law=rules.by_law(tie.relation), seen=seen)
    decided = carried_out(form, lambda data: actions.decide(request.actor, tie, **data))
    if decided is not None:
        return done(request, reverse("ties"), _("Your decision is kept, and it counts from now."))
    return form_page(request, "ties/tie.html", form, tie=shown.one(request.actor, tie))


@page(access.own_ties, key="tie", only=Capacity.WORKER, methods=("GET", "POST"), silent=True)
def my_tie(request: Request, tie: Tie) -> HttpResponse:
    """The one whom the register keeps away reads why, and says that it is wrong. The child is not named."""
    form = typed(request, ObjectForm)
    said = carried_out(form, lambda data: actions.object_to(request.actor, tie, **data))
    if said is not None:
        return done(request, request.path, _("It is sent. The leader decides, and you get a message."))
    return form_page(
        request, "ties/mine.html", form, tie=tie, objection=getattr(tie, "objection", None),
        may=access.may_object(request.actor, tie), **shown.mine(request.actor, tie),
    )  # fmt: skip
