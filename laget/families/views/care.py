"""Who has the care of a child: child welfare writes down what the board or a court decided, and that it has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.local import local
from laget.access.pages import carried_out, done, form_page, typed
from laget.families import actions
from laget.families.access import children_called, may_end_care, may_register_care, visible_care_orders
from laget.families.forms import CareEndForm, CareForm
from laget.kernel.actor import Capacity
from laget.kernel.period import FOREVER

if TYPE_CHECKING:
    from laget.families.models import CareOrder, Child

FORM = ("GET", "POST")


@page(children_called, needs=may_register_care, only=Capacity.WORKER, methods=FORM)
def care(request: Request, child: Child) -> HttpResponse:
    """Child welfare registers a care order; when there is one, the page shows it and leads to its end."""
    order = visible_care_orders(request.actor).filter(child_id=child.pk, ended_at=FOREVER).first()
    form = typed(request, CareForm, today=timezone.localdate())
    back = _back(request)
    made = carried_out(form, lambda data: actions.register_care_order(request.actor, child, **_said(data)))
    if made is not None:
        return done(request, back, _("It is registered. The parents are not asked any more."))
    return form_page(request, "families/care.html", form, child=child, order=order, back=back)


def _said(data: dict[str, Any]) -> dict[str, Any]:
    decision = actions.Decision(data["what"], data["on"], data["by"], data["reference"])
    return {"decision": decision, "stands": data["stands"] == "yes"}


@page(visible_care_orders, key="order", needs=may_end_care, only=Capacity.WORKER, methods=FORM)
def care_end(request: Request, order: CareOrder) -> HttpResponse:
    """Child welfare has the care no more."""
    form = typed(request, CareEndForm, {"on": timezone.localdate()}, today=timezone.localdate())
    made = carried_out(
        form,
        lambda data: actions.end_care_order(
            request.actor, order, data["on"], data["why"], stands=data["stands"] == "yes"
        ),
    )
    back = _back(request)
    if made is not None:
        return done(request, back, _("It is registered. The parents are asked again."))
    return form_page(request, "families/care_end.html", form, order=order, back=back)


def _back(request: Request) -> str:
    """Where one came from; one's own place may end by this, so that no page about the child is sure to be there."""
    return local(request.POST.get("next") or request.GET.get("next") or "/")
