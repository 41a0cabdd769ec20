"""The holder asks the family whether one more service may join: first which, then what it may know."""

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
from laget.consents import actions, rules, shown
from laget.consents.access import may_ask_for_service, place_around
from laget.consents.forms import ServiceForm, WishForm
from laget.consents.views.asking import preview
from laget.directory.access import visible_services
from laget.families.access import visible_children
from laget.guide.national import current
from laget.guide.words import text
from laget.kernel.actor import Capacity
from laget.law.ages import age

if TYPE_CHECKING:
    from laget.directory.models import Service
    from laget.families.models import Child


@page(visible_children, key="child", needs=may_ask_for_service, only=Capacity.WORKER, methods=("GET", "POST"))
def ask_service(request: Request, child: Child) -> HttpResponse:
    """Without a service in the address: choose one. With one: what may it know?"""
    service = _chosen(request)
    if service is None:
        choice = ServiceForm(services=_services(request))
        return render(request, "consents/ask_service.html", {"form": choice, "here": request.path, "child": child})
    guide = current(timezone.localdate())
    first = {
        "kinds": list(rules.offered(guide, service.sort)),
        "reach": guide.consent.reach_default,
        "until": rules.period(guide, timezone.localdate()),
    }
    reaches = [(one.code, f"{text(one.name)}. {text(one.help)}") for one in guide.consent.reaches]
    today, act = timezone.localdate(), place_around(request.actor, child.pk).act
    about = rules.matters([act], age(child.born, today) if child.born else None)
    form = typed(
        request, WishForm, first, reaches=reaches, today=today, hears=child.born is not None, about=about,
        welfare=shown.child_welfare(request.actor),
    )  # fmt: skip
    sent = carried_out(form, lambda data: actions.ask_for_service(request.actor, child, service.pk, form.wish))
    if sent is not None:
        return done(request, reverse("asked", args=[sent.value.pk]), _("The question is sent to the family."))
    return form_page(request, "consents/ask_service_what.html", form, **_preview(request, child, service, form))


def _services(request: Request) -> list[tuple[str, Any]]:
    """Every service but one's own, and none whose name alone could reveal something."""
    others = visible_services(request.actor).exclude(pk__in=request.actor.services)
    return [(str(one.pk), one.name) for one in others if rules.can_ask(one.act)]


def _chosen(request: Request) -> Service | None:
    given = request.POST.get("service") or request.GET.get("service", "")
    try:
        wanted = UUID(given)
    except ValueError:
        return None
    others = visible_services(request.actor).exclude(pk__in=request.actor.services)
    return others.filter(pk=wanted).first()


def _preview(request: Request, child: Child, service: Service, form: WishForm) -> dict[str, Any]:
    """The text as the family will read it, with what is typed so far."""
    asker = shown.service_name(request.actor, place_around(request.actor, child.pk).service)
    return {"service": service, **preview(form, asker=asker, receiver=service.name, opens_case=False)}
