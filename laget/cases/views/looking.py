"""What was written before a child had a place, looked through by those who read it, before the child reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases import actions, shown
from laget.cases.access import visible_cases, visible_entries
from laget.cases.forms import HoldBackForm, LookedForm
from laget.cases.looking import may_hold_back, may_look_through, older
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.cases.models import Case, Log


@page(visible_cases, needs=may_look_through, only=Capacity.WORKER, methods=("GET", "POST"))
def look_through(request: Request, case: Case) -> HttpResponse:
    """What was written before the child had a page of its own, before the child may read it."""
    form = typed(request, LookedForm)
    opened = carried_out(
        form, lambda data: actions.look_through(request.actor, case, [UUID(one) for one in data["seen"]])
    )
    if opened is not None:
        left = may_look_through(request.actor, case)
        back = reverse("look_through" if left else "case_log", args=[case.pk])
        return done(request, back, _("It is saved. The child can read what you looked through."))
    return form_page(
        request, "cases/look_through.html", form, case=case, name=shown.child_name(case),
        items=older(request.actor, case), back=reverse("case_log", args=[case.pk]),
    )  # fmt: skip


@page(visible_entries, needs=may_hold_back, only=Capacity.WORKER, methods=("GET", "POST"))
def hold_back(request: Request, entry: Log) -> HttpResponse:
    """An entry about somebody else is kept from the child, on a ground in the law."""
    form = typed(request, HoldBackForm, grounds=shown.grounds_from_child())
    held = carried_out(
        form,
        lambda data: actions.hold_back(
            request.actor, entry, on=data["ground"], why=data["why"], review_on=data["review_on"]
        ),
    )
    case = visible_cases(request.actor).get(pk=entry.case_id)
    back = reverse("look_through", args=[case.pk])
    if held is not None:
        left = may_look_through(request.actor, case)
        return done(
            request, back if left else reverse("case_log", args=[case.pk]), _("The child does not read this one.")
        )
    return form_page(
        request, "cases/hold_back.html", form, case=case, name=shown.child_name(case), words=entry.words, back=back
    )
