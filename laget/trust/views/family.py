"""The family reads who in the services has looked at the child's record, and asks why."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laget.access.answers import not_found
from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases.addresses import family_home
from laget.families.access import visible_children
from laget.kernel.actor import Capacity
from laget.trust.actions import ask_why
from laget.trust.asked import already_asked, own, own_questions
from laget.trust.forms import WhyForm
from laget.trust.looks import looks, visit

if TYPE_CHECKING:
    from laget.families.models import Child


@page(visible_children, only=Capacity.CITIZEN)
def who_looked(request: Request, child: Child) -> HttpResponse:
    """Newest first, by day, a page at a time; the reader's own questions above."""
    asked = own_questions(request.actor, child.child_id)
    days, visitors, shown = looks(request.actor, child.child_id, request.GET.get("page"), asked)
    context = {
        "child": child.child_id,
        "days": days,
        "own": [own(*pair) for pair in zip(asked, visitors, strict=True)] if shown.number == 1 else [],
        "number": shown.number,
        "count": shown.paginator.num_pages,
        "home": family_home(child.child_id),
    }
    return render(request, "trust/who_looked.html", context)


@page(visible_children, key="child", only=Capacity.CITIZEN, methods=("GET", "POST"))
def why_looked(request: Request, child: Child, reading: UUID) -> HttpResponse:
    """Ask why about one reading by a service; another family's reading does not exist."""
    visitor = visit(request.actor, child.child_id, reading)
    if visitor is None:
        return not_found(request)
    back = reverse("who_looked", args=[child.child_id])
    if request.method == "GET" and already_asked(request.actor, child.child_id, reading):
        return form_page(request, "trust/why.html", WhyForm(), visitor=visitor, back=back, asked=True)
    form = typed(request, WhyForm)
    sent = carried_out(form, lambda data: ask_why(request.actor, child.child_id, reading, data["words"]))
    if sent is not None:
        return done(request, back, _("Your question is sent. You see the answer here."))
    return form_page(
        request, "trust/why.html", form, visitor=visitor, back=back, asked=False,
        here=reverse("why_looked", args=[child.child_id, reading]),
    )  # fmt: skip
