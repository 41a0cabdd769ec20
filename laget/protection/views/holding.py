"""E-mails that were held for what they tell of where a child is: read by those in its case, and decided by two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.families.access import children_called
from laget.kernel.actor import Capacity
from laget.protection import access, actions, forms, letters

if TYPE_CHECKING:
    from laget.families.models import Child
    from laget.protection.models import HeldMail

FORM = ("GET", "POST")
LATEST = 100


@page(children_called, needs=access.may_know, only=Capacity.WORKER)
def held_mails(request: Request, child: Child) -> HttpResponse:
    """What was held for this child, what waits first."""
    rows = list(access.visible_held(request.actor).filter(child=child).order_by("outcome", "-at", "id")[:LATEST])
    context = {"child": child, "rows": rows, "back": reverse("protection", args=[child.pk])}
    return render(request, "protection/held_mails.html", context)


@page(access.visible_held, needs=access.may_know, only=Capacity.WORKER, methods=FORM)
def held_mail(request: Request, held: HeldMail) -> HttpResponse:
    """One of them, word for word; the holder asks a leader to let it leave. What is known is marked for the leader."""
    form = typed(request, forms.SendForm)
    asked = carried_out(form, lambda data: actions.ask_to_send(request.actor, held, **data))
    if asked is not None:
        return done(
            request, reverse("confirm", args=[asked.value.pk]), _("A leader is asked. Nothing is sent until then.")
        )
    return form_page(
        request, "protection/held_mail.html", form, one=held, to=letters.to_whom(held), text=letters.opened_mail(held),
        may=access.may_end_held(request.actor, held), back=reverse("held_mails", args=[held.child_id]),
    )  # fmt: skip


@page(access.visible_held, needs=access.may_end_held, only=Capacity.WORKER, methods=FORM)
def put_away(request: Request, held: HeldMail) -> HttpResponse:
    """It is never sent."""
    form = typed(request, forms.PutAwayForm)
    if carried_out(form, lambda _data: actions.put_away(request.actor, held)) is not None:
        return done(request, reverse("held_mails", args=[held.child_id]), _("It is put away, and is never sent."))
    return form_page(request, "protection/put_away.html", form, one=held)
