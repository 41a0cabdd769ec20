"""The page on which a consent is asked for again: one step, with what was asked before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.consents import actions, rules, shown, texts
from laget.consents.access import may_renew, place_around, visible_renewals
from laget.consents.forms import RenewForm
from laget.guide.national import current
from laget.kernel.actor import Capacity
from laget.law.ages import age

if TYPE_CHECKING:
    from laget.consents.models import Renewal


@page(visible_renewals, key="renewal", needs=may_renew, only=Capacity.WORKER, methods=("GET", "POST"))
def renew(request: Request, renewal: Renewal) -> HttpResponse:
    """What is asked about again, why now, and until when; then it is sent."""
    today = timezone.localdate()
    last = actions.longest(renewal, renewal.child)
    usual = [day for day in (rules.period(current(today), today), last) if day is not None]
    first = {"why": _("We want to go on working together."), "until": min(usual, default=None)}
    born = renewal.child.born
    place = place_around(request.actor, renewal.child_id)
    about = rules.matters([place.act], age(born, today) if born else None)
    form = typed(
        request, RenewForm, first, today=today, hears=born is not None, about=about,
        welfare=shown.child_welfare(request.actor),
    )  # fmt: skip
    sent = carried_out(
        form, lambda data: actions.renew(request.actor, renewal, data["why"], data["until"], form.hearing, form.stated)
    )
    if sent is not None:
        return done(request, reverse("asked", args=[sent.value.pk]), _("The question is sent to the family."))
    context = {
        "renewal": renewal,
        "kinds": shown.labels(renewal.kinds),
        "why": shown.why_again(renewal),
        "last": last,
        **_preview(request, renewal, form),
    }
    return form_page(request, "consents/renew.html", form, **context)


def _preview(request: Request, renewal: Renewal, form: RenewForm) -> dict[str, Any]:
    """The text as the family will read it."""
    guide, today = current(timezone.localdate()), timezone.localdate()
    value = form.cleaned_data.get if form.is_bound and hasattr(form, "cleaned_data") else form.initial.get
    wish = actions.Wish(tuple(renewal.kinds), renewal.reach, value("until") or today, value("why") or "")
    service = shown.service_name(request.actor, renewal.service_id)
    asker = shown.service_name(request.actor, place_around(request.actor, renewal.child_id).service)
    told = shown.consent_text(guide, wish, texts.chosen(None), asker=asker, receiver=service, opens_case=False)
    return {"told": told, "service": service, "today": today}
