"""Two pages about a child itself: that it is born, and who its siblings are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.families import actions
from laget.families.access import children_called, may_link_siblings, may_record_birth, own_children, siblings_of
from laget.families.forms import BirthForm, SiblingsForm
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.families.models import Child


@page(children_called, needs=may_record_birth, methods=("GET", "POST"))
def born(request: Request, child: Child) -> HttpResponse:
    """The family, or one who takes part in the case, says when the child was born."""
    back = reverse("child_home", args=[child.pk])
    form = typed(request, BirthForm)
    told = carried_out(form, lambda data: actions.record_birth(request.actor, child, **data))
    if told is not None:
        return done(request, back, _("The birth date is saved."))
    return form_page(request, "families/born.html", form, child=child, back=back)


@page(children_called, needs=may_link_siblings, only=Capacity.CITIZEN, methods=("GET", "POST"))
def siblings(request: Request, child: Child) -> HttpResponse:
    """A parent says which of the other children are siblings of this one."""
    back = reverse("child_home", args=[child.pk])
    known: list[Any] = list(siblings_of(request.actor, child))
    there = {child.pk, *(one.pk for one in known)}
    others: list[Any] = [one for one in own_children(request.actor) if one.pk not in there]
    form = typed(request, SiblingsForm, others=[(str(one.pk), one.called) for one in others])
    linked = carried_out(
        form, lambda data: [actions.link_siblings(request.actor, child, UUID(one)) for one in data["siblings"]]
    )
    if linked is not None:
        return done(request, back, _("It is saved who are siblings."))
    return form_page(request, "families/siblings.html", form, child=child, known=known, others=others, back=back)
