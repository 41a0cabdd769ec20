"""The demonstration's list of people; outside the demonstration its addresses do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from laget.access import answers
from laget.access.gate import open_to_all
from laget.access.local import wanted
from laget.demo.entrance import enter
from laget.demo.fjordvik import CITIZENS, MUNICIPALITY, PLACES, WORKERS, YOUNG, Someone, Young
from laget.demo.words import STORY
from laget.kernel.errors import Invalid

View = Callable[[HttpRequest], HttpResponse]


def _only_in_the_demonstration(view: View) -> View:
    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponse:
        return view(request) if settings.LAGET_DEMO else answers.not_found(request)

    return shown


@open_to_all
@_only_in_the_demonstration
@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """Everybody in Fjordvik, with a button each."""
    return _page(request)


@open_to_all
@_only_in_the_demonstration
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Go on as the one who was chosen."""
    who = request.POST.get("who", "")
    try:
        enter(request, who)
    except Invalid as fault:
        return _page(request, typed=who, fault=str(fault.reason), status=422)
    return HttpResponseRedirect(wanted(request))


def _page(request: HttpRequest, typed: str = "", fault: str = "", status: int = 200) -> HttpResponse:
    services = {place.key: place.service for place in PLACES}
    context = {
        "place": MUNICIPALITY,
        "next": wanted(request),
        "typed": typed,
        "fault": fault,
        "families": [_shown(one) for one in (*CITIZENS, *YOUNG)],
        "workers": [_shown(one, f"{one.title}, {services[one.place]}") for one in WORKERS if not one.beside],
        "beside": [_shown(one, f"{one.title}, {services[one.place]}") for one in WORKERS if one.beside],
    }
    return render(request, "demo/demo.html", context, status=status)


def _shown(one: Someone | Young, title: str = "") -> tuple[str, str, str, str]:
    return one.key, one.name, title, _(STORY[one.key])
