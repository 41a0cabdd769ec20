"""The family's page of all its consents, to read, to print and to take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render

from laget.access.gate import Request, page
from laget.consents.ledger import ledger
from laget.consents.without import given
from laget.families.access import visible_children
from laget.families.ground import in_care
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.families.models import Child


@page(visible_children, key="child", only=Capacity.CITIZEN)
def consents(request: Request, child: Child) -> HttpResponse:
    """Each consent: to whom, for what, until when, what you answered and how, and what is shared now."""
    lines = ledger(request.actor, child.pk)
    taken_over = lines[0].asked.in_care if lines else in_care(child.pk)  # type: ignore[attr-defined]
    context = {
        "child": child,
        "lines": lines,
        "given": given(request.actor, child),
        "care": taken_over and request.actor.person != child.pk,
    }
    return render(request, "consents/ledger.html", context)
