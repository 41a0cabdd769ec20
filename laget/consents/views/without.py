"""Sharing without consent: which grounds one's service has, noting what was shared, and reading it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from laget.access.answers import not_found
from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.consents import actions
from laget.consents.access import may_disclose, may_show, place_around, visible_disclosures
from laget.consents.without import KeepHiddenForm, ShareForm, choices, cited, given, given_shown, hidings
from laget.families.access import visible_children
from laget.kernel.actor import Capacity
from laget.law.grounds import grounds
from laget.law.withholding import USUAL

if TYPE_CHECKING:
    from laget.consents.models import Disclosure
    from laget.families.models import Child


@page(visible_children, key="child", needs=may_disclose, only=Capacity.WORKER, silent=True)
def sharing(request: Request, child: Child) -> HttpResponse:
    """What may or must be shared without consent, by one's own law, and what one has noted. It shows nothing else."""
    place = place_around(request.actor, child.pk)
    context = {
        "child": child, "given": given(request.actor, child),
        "grounds": choices(child, place.act, timezone.localdate()),
    }  # fmt: skip
    return render(request, "consents/sharing.html", context)


@page(visible_children, key="child", needs=may_disclose, only=Capacity.WORKER, methods=("GET", "POST"), silent=True)
def share(request: Request, child: Child, sharing_ground: str) -> HttpResponse:
    """One ground: what must be so, and what was shared."""
    place, today = place_around(request.actor, child.pk), timezone.localdate()
    ground = grounds().ground(sharing_ground, place.act, today)
    if ground is None or not ground.recorded:
        return not_found(request)
    first = {"on": today, "decided_by": "self", "review_on": today + USUAL, "by_itself": "no"}
    form = typed(request, ShareForm, first, ground=ground)

    def note(data: dict[str, Any]) -> Any:
        return actions.disclose(request.actor, child, ground.code, form.shared)

    noted = carried_out(form, note)
    if noted is not None:
        return done(request, reverse("disclosure", args=[noted.value.pk]), _("It is noted."))
    context = {
        "child": child, "name": ground.name(get_language()), "help_text": ground.help(get_language()),
        "cited": cited(ground, place.act, today), "stands": ground.stands,
    }  # fmt: skip
    return form_page(request, "consents/share.html", form, **context)


@page(visible_disclosures, only=Capacity.WORKER, methods=("GET", "POST"), silent=True)
def disclosure(request: Request, disclosure: Disclosure) -> HttpResponse:
    """Something one has shared, as it was noted; what was hidden from the family can be shown to it."""
    if request.method == "POST":
        actions.show(request.actor, disclosure)
        return done(request, reverse("disclosure", args=[disclosure.pk]), _("The family can read it from now."))
    context = {
        "one": given_shown(disclosure), "may_show": may_show(request.actor, disclosure),
        "hidings": hidings(request.actor, disclosure), "mine": disclosure.by_id == request.actor.person,
    }  # fmt: skip
    return render(request, "consents/disclosure.html", context)


@page(visible_disclosures, needs=may_show, only=Capacity.WORKER, methods=("GET", "POST"), silent=True)
def keep_hidden(request: Request, disclosure: Disclosure) -> HttpResponse:
    """It is a danger still: why, and when it is looked at again."""
    form = typed(request, KeepHiddenForm, {"review_on": timezone.localdate() + USUAL, "by_itself": "no"})
    kept = carried_out(form, lambda data: actions.keep_hidden(request.actor, disclosure, **data))
    if kept is not None:
        return done(request, reverse("disclosure", args=[disclosure.pk]), _("It stays hidden, and the day is saved."))
    return form_page(request, "consents/keep_hidden.html", form, one=given_shown(disclosure))
