"""The family reads who in the services has looked at the child's record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from laget.access.gate import Request, page
from laget.cases.addresses import family_home
from laget.families.access import visible_children
from laget.kernel.actor import Capacity
from laget.trust.looks import looks

if TYPE_CHECKING:
    from laget.families.models import Child


@page(visible_children, only=Capacity.CITIZEN)
def who_looked(request: Request, child: Child) -> HttpResponse:
    """Newest first, by day, a page at a time."""
    days, shown = looks(request.actor, child.child_id, request.GET.get("page"))
    context = {
        "days": days,
        "number": shown.number,
        "count": shown.paginator.num_pages,
        "home": family_home(child.child_id),
    }
    return render(request, "trust/who_looked.html", context)
