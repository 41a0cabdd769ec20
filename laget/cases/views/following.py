"""Steps of the guide are marked, and a case goes over to a newer version after one has read what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases import actions, following, rights, shown
from laget.cases.access import visible_cases
from laget.cases.forms import ReasonForm
from laget.kernel.actor import Capacity
from laget.kernel.errors import Invalid

if TYPE_CHECKING:
    from laget.cases.models import Case

MESSAGES = {
    "done": lambda: _("The step is marked as done."),
    "not_done": lambda: _("The step is open again."),
    "no": lambda: _("Your no is noted."),
}


@page(visible_cases, needs=rights.may_mark, only=Capacity.WORKER, methods=("POST",))
def mark_step(request: Request, case: Case) -> HttpResponse:
    """The holder says that a step of the guide is done, or is not after all."""
    said = request.POST.get("said", "")
    back = reverse("child_page", args=[case.pk])
    try:
        actions.mark_step(
            request.actor, case, level=request.POST.get("level", ""), step=request.POST.get("step", ""), said=said
        )
    except Invalid as fault:
        return done(request, back, fault.reason)
    return done(request, f"{back}#steps", MESSAGES[said]())


@page(visible_cases, needs=rights.may_follow_newer, only=Capacity.WORKER, methods=("GET", "POST"))
def follow_newer(request: Request, case: Case) -> HttpResponse:
    """What becomes another when the case follows the newest version of the guide, and the reason why it should."""
    newer = following.newer_guide(case, timezone.localdate())
    people = shown.around_named(request.actor, case)
    form = typed(request, ReasonForm, {"version": newer.code if newer else ""}, people=people)
    moved = carried_out(form, lambda data: actions.follow_newer(request.actor, case, **data))
    back = reverse("case_team", args=[case.pk])
    if moved is not None:
        return done(request, back, _("The case follows the newer guide. The family has been told."))
    preview = shown.preview(case, newer) if newer else None
    return form_page(request, "cases/follow_newer.html", form, case=case, preview=preview, back=back)
