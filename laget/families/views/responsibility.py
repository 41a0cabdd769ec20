"""Who has parental responsibility for a child: looked at by those who take part, and changed in two steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.families import actions
from laget.families.access import (
    adults_around,
    children_called,
    claims_around,
    may_register,
    may_register_care,
    ties_called,
    visible_care_orders,
)
from laget.families.forms import ParentForm, ResponsibilityForm
from laget.families.words import PROOFS, RELATIONS
from laget.kernel.actor import Capacity
from laget.kernel.period import FOREVER

if TYPE_CHECKING:
    from datetime import date

    from laget.families.models import Child, Parent

FORM = ("GET", "POST")


@page(children_called, needs=may_register, only=Capacity.WORKER)
def parents(request: Request, child: Child) -> HttpResponse:
    """The child's parents, what is known of parental responsibility, and from where."""
    rows = [(one, _called(one), reverse("responsibility", args=[one.pk])) for one in _adults(request, child)]
    context = {
        "child": child, "rows": rows, "relations": dict(RELATIONS), "sources": dict(PROOFS),
        "claims": list(claims_around(request.actor, child.pk)),
        "back": reverse("child_home", args=[child.pk]),
        "order": visible_care_orders(request.actor).filter(child_id=child.pk, ended_at=FOREVER).first(),
        "may_register_care": may_register_care(request.actor, child),
    }  # fmt: skip
    return render(request, "families/parents.html", context)


def _adults(request: Request, child: Child) -> list[Any]:
    return list(adults_around(request.actor, child.pk))


def _called(tie: Any) -> str:
    return tie.called or _("A parent")


@page(children_called, needs=may_register, only=Capacity.WORKER, methods=FORM)
def parent_new(request: Request, child: Child) -> HttpResponse:
    """A parent who is not registered here; what the documents say of responsibility comes on the next page."""
    form = typed(request, ParentForm)
    made = carried_out(form, lambda data: actions.add_parent(request.actor, child, form.parent))
    if made is not None:
        return done(request, reverse("responsibility", args=[made.value]), _("The parent is registered."))
    back = reverse("parents", args=[child.pk])
    return form_page(request, "families/parent_new.html", form, child=child, back=back)


@page(ties_called, key="parent", needs=may_register, only=Capacity.WORKER, methods=FORM)
def responsibility(request: Request, tie: Parent) -> HttpResponse:
    """What a document says of this parent; the second step says what follows, and asks once more."""
    first = {"on": timezone.localdate(), "held": "" if tie.proven else "yes"}
    form = typed(request, ResponsibilityForm, first, today=timezone.localdate())
    back = reverse("parents", args=[tie.child_id])
    context = {"tie": tie, "called": _called(tie), "back": back}
    if form.is_bound and form.is_valid() and "sure" not in request.POST:
        held = form.cleaned_data["held"] == "yes"
        said = {"held": held, "source": dict(PROOFS)[form.cleaned_data["source"]], "on": form.cleaned_data["on"]}
        kept = {name: request.POST[name] for name in form.fields}
        return render(
            request, "families/responsibility_sure.html",
            {**context, **said, "kept": kept, "changes": held != tie.proven, "key": str(uuid4())},
        )  # fmt: skip
    made = carried_out(form, lambda data: _carry_out(request, tie, **_said(data)))
    if made is not None:
        address, told = made
        return done(request, address, told)
    return form_page(request, "families/responsibility.html", form, **context)


def _carry_out(request: Request, tie: Parent, held: bool, source: str, on: date) -> tuple[str, str]:
    """Where to go on, and what to say: what lets a parent in waits for a second person."""
    if actions.lets_in(tie, held):
        asked = actions.claim_responsibility(request.actor, tie, source, on).value
        return reverse("claim", args=[asked.pk]), _("A second person is asked. Nothing opens until then.")
    actions.register_responsibility(request.actor, tie, held, source, on)
    return _onward(request, tie), _("It is registered.")


def _said(data: dict[str, Any]) -> dict[str, Any]:
    return {"held": data["held"] == "yes", "source": data["source"], "on": data["on"]}


def _onward(request: Request, tie: Parent) -> str:
    """Back to the parents, when what followed has not ended the worker's own place too."""
    still = children_called(request.actor).filter(pk=tie.child_id).first()
    return reverse("parents", args=[tie.child_id]) if still and may_register(request.actor, still) else "/"
