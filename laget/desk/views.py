"""My day, the child's page, the family's page, and finding a child."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from laget.access.database import Beside, told_beside
from laget.access.gate import Request, page
from laget.audit.actions import read
from laget.cases.addresses import pages_of
from laget.desk import child, family, young
from laget.desk.day import Day, my_day
from laget.desk.finding import LONGEST, Found, find
from laget.desk.sights import cases_with_course, cases_with_team, children_named, family_of
from laget.emergency.access import controls
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.cases.models import Case
    from laget.families.models import Child


@page(gathers=my_day)
def home(request: Request, day: Day) -> HttpResponse:
    """Where everybody begins."""
    if request.actor.is_citizen:
        if len(day.children) == 1:
            return HttpResponseRedirect(reverse("family_page", args=[day.children[0].pk]))
        return render(request, "desk/our_children.html", {"children": day.children, "today": day.today})
    if request.actor.protects and all(place.protects for place in request.actor.places):
        return HttpResponseRedirect(reverse("trust"))
    context = {
        "day": day, "today": day.today, "controls": controls(request.actor),
        "only_administers": request.actor.administers and all(place.administers for place in request.actor.places),
    }  # fmt: skip
    return render(request, "desk/my_day.html", context)


@page(cases_with_course, only=Capacity.WORKER)
def child_page(request: Request, case: Case) -> HttpResponse:
    """One child, for those who help."""
    shown = child.child_page(request.actor, case, request.kinds)
    tabs = pages_of(request.actor, case, "child_page")
    return render(request, "desk/child_page.html", {"p": shown, "today": shown.today, "tabs": tabs})


@page(family_of, only=Capacity.CITIZEN)
def family_page(request: Request, child: Child) -> HttpResponse:
    """One child, for the family; the child itself gets a page of its own."""
    if request.actor.person == child.pk:
        own = young.young_page(request.actor, child)
        return render(request, "desk/young_page.html", {"y": own, "today": own.f.today})
    shown = family.family_page(request.actor, child)
    context = {"p": shown, "today": shown.today, "phones": not told_beside(Beside.HIDES)}
    return render(request, "desk/family_page.html", context)


@page(children_named, silent=True)
def child_home(request: Request, child: Child) -> HttpResponse:
    """On to the page where one reads about this child; shows nothing itself."""
    if request.actor.is_citizen:
        return HttpResponseRedirect(reverse("family_page", args=[child.pk]))
    case = cases_with_team(request.actor).filter(child_id=child.pk).first()
    return HttpResponseRedirect(reverse("child_page", args=[case.pk]) if case else reverse("home"))


@page(only=Capacity.WORKER, methods=("GET", "POST"))
def search(request: Request) -> HttpResponse:
    """Find a child among one's own. Posted, so that no name comes into an address."""
    typed = request.POST.get("name", "").strip()[:LONGEST]
    found: list[Found] = []
    if request.method == "POST":
        found = find(request.actor, typed)
        children = [one.child_id for one in found]
        read(request.actor, request.page, children=children, kinds=["identity"] if found else [])
    return render(request, "desk/search.html", {"typed": typed, "found": found, "searched": bool(typed)})
