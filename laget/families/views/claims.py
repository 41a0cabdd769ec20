"""What one has read of parental responsibility, and a second confirms: what is asked, the answer, the last step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.directory.reading import names
from laget.families import actions
from laget.families.access import (
    children_called,
    may_answer_claim,
    may_register,
    may_register_claimed,
    may_take_back,
    visible_claims,
)
from laget.families.forms import AnswerClaimForm, NothingForm
from laget.families.words import PROOFS, RELATIONS
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.families.models import Claim

FORM = ("GET", "POST")


@page(visible_claims, only=Capacity.WORKER, methods=FORM)
def claim(request: Request, claim: Claim) -> HttpResponse:
    """The second person reads what is claimed, sees the document, and answers."""
    form = typed(request, AnswerClaimForm)
    said = carried_out(form, lambda data: actions.answer_claim(request.actor, claim, **data))
    if said is not None:
        return done(request, _onward(request, claim), _registered() if said.value.registered_at else _("Saved."))
    called = names([claim.by_id, *([claim.answered_by_id] if claim.answered_by_id else [])])
    return form_page(
        request, "families/claim.html", form, one=claim, relations=dict(RELATIONS), sources=dict(PROOFS),
        by=_full(called, claim.by_id), answered_by=_full(called, claim.answered_by_id),
        may=may_answer_claim(request.actor, claim), may_take_back=may_take_back(request.actor, claim),
        may_register=may_register_claimed(request.actor, claim), back=_onward(request, claim),
    )  # fmt: skip


def _full(called: Any, person: Any) -> str:
    return called[person].full if person in called else ""


def _registered() -> str:
    return _("It is registered. The parent has a page from now, and is asked about what is shared.")


def _onward(request: Request, claim: Claim) -> str:
    """Back to the parents for those in the case; a leader goes on to what else waits."""
    child = children_called(request.actor).filter(pk=claim.child_id).first()
    return reverse("parents", args=[claim.child_id]) if child and may_register(request.actor, child) else "/"


@page(visible_claims, needs=may_take_back, only=Capacity.WORKER, methods=FORM)
def claim_take_back(request: Request, claim: Claim) -> HttpResponse:
    """The one who asked was wrong: nobody needs to answer."""
    form = typed(request, NothingForm)
    if carried_out(form, lambda _data: actions.take_back(request.actor, claim)) is not None:
        return done(request, _onward(request, claim), _("It is taken back. Nothing is changed."))
    return form_page(request, "families/claim_step.html", form, one=claim, registers=False)


@page(visible_claims, needs=may_register_claimed, only=Capacity.WORKER, methods=FORM)
def claim_register(request: Request, claim: Claim) -> HttpResponse:
    """A leader has confirmed it: one of those in the case registers it."""
    form = typed(request, NothingForm)
    if carried_out(form, lambda _data: actions.register_claimed(request.actor, claim)) is not None:
        return done(request, _onward(request, claim), _registered())
    return form_page(request, "families/claim_step.html", form, one=claim, registers=True)
