"""What a parent without a place here asks to be told about a child: for the service that was asked, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.families import actions, ground
from laget.families.access import (
    adults_around,
    children_called,
    may_answer,
    may_take_requests,
    visible_requests,
    visible_rights,
)
from laget.families.forms import OTHER, AnswerRequestForm, RequestForm, RightForm
from laget.families.words import CARES, GROUNDS, IDENTITIES, OUTCOMES, told
from laget.guide.days import Unit, add
from laget.kernel.actor import Capacity
from laget.law.ages import age
from laget.law.information import APPEAL_WEEKS, Answer, answers, care, is_asked

if TYPE_CHECKING:
    from datetime import date

    from laget.families.models import Child, InformationAnswer, InformationRequest

FORM = ("GET", "POST")
_REFUSED = (Answer.PART, Answer.REFUSED)


@page(children_called, needs=may_take_requests, only=Capacity.WORKER)
def information(request: Request, child: Child) -> HttpResponse:
    """What parents have asked the service to be told about the child."""
    asked = visible_requests(request.actor).filter(child_id=child.pk).order_by("-asked_on", "-at", "id")
    rows = [(one.name, reverse("information_request", args=[one.pk]), _outcome(one), one.asked_on) for one in asked]
    context = {"child": child, "rows": rows, "back": reverse("child_home", args=[child.pk])}
    return render(request, "families/information.html", context)


def _outcome(asked: InformationRequest) -> Any:
    answered = getattr(asked, "answer", None)
    return OUTCOMES[answered.outcome] if answered else None


@page(children_called, needs=may_take_requests, only=Capacity.WORKER, methods=FORM)
def information_new(request: Request, child: Child) -> HttpResponse:
    """Write down who asks, and for what."""
    adults = [(str(one.pk), one.called or _("A parent")) for one in adults_around(request.actor, child.pk)]
    today = timezone.localdate()
    form = typed(request, RequestForm, {"asked_on": today}, adults=adults, today=today)
    made = carried_out(form, lambda data: actions.take_request(request.actor, child, _asked(data)))
    if made is not None:
        return done(request, reverse("information_request", args=[made.value.pk]), _("The request is written down."))
    back = reverse("information", args=[child.pk])
    return form_page(request, "families/information_new.html", form, child=child, back=back)


def _asked(data: dict[str, Any]) -> actions.Asked:
    if data["who"] != OTHER:
        return actions.Asked(data["asked_on"], data["words"], UUID(data["who"]))
    return actions.Asked(data["asked_on"], data["words"], None, data["name"], data["number"], data["proof"])


@page(visible_requests, only=Capacity.WORKER)
def information_request(request: Request, asked: InformationRequest) -> HttpResponse:
    """One request: what is asked, what is answered, and the words of the answer."""
    answered = getattr(asked, "answer", None)
    context = {
        "asked": asked, "answer": answered, "outcomes": OUTCOMES, "grounds": GROUNDS, "identities": IDENTITIES,
        "back": reverse("information", args=[asked.child_id]),
        "appeal_by": _appeal_by(answered) if answered and answered.outcome in _REFUSED else None,
        "rights": list(visible_rights(request.actor).filter(request_id=asked.pk).order_by("-decided_on", "-at")),
    }  # fmt: skip
    return render(request, "families/information_request.html", context)


def _appeal_by(answered: InformationAnswer) -> date:
    """The last day, when the answer reaches the parent on the day it is given (FVL67 § 29)."""
    return add(timezone.localdate(answered.at), APPEAL_WEEKS, Unit.WEEK)


@page(visible_requests, needs=may_answer, only=Capacity.WORKER, methods=FORM)
def information_answer(request: Request, asked: InformationRequest) -> HttpResponse:
    """How it was checked who asks, and the answer. Where nothing may be told, only fixed words can be given."""
    act, closed = asked.service.act, ground.closed_to(asked.pk)
    open_to = answers(act, closed=closed)
    found: list[Any] = list(children_called(request.actor).filter(pk=asked.child_id))
    form = typed(request, AnswerRequestForm, outcomes=open_to, people=([one.called or "" for one in found], ()))
    here = reverse("information_request", args=[asked.pk])
    made = carried_out(
        form,
        lambda data: actions.answer_request(request.actor, asked, actions.Answered(**{"outcome": open_to[0], **data})),
    )
    if made is not None:
        return done(request, here, _("The answer is kept. Say or send it in the words that stand here."))
    on, born = timezone.localdate(), asked.child.born
    heed = care(act, age(born, on) if born else None)
    return form_page(
        request, "families/information_answer.html", form, asked=asked, back=here, listed=is_asked(act),
        fixed=told(open_to[0]) if len(open_to) == 1 else None, care=CARES[heed] if heed else None,
    )  # fmt: skip


@page(visible_requests, only=Capacity.WORKER, methods=FORM)
def information_right(request: Request, asked: InformationRequest) -> HttpResponse:
    """The county governor has decided whether this parent has a right to be told."""
    form = typed(request, RightForm, today=timezone.localdate())
    here = reverse("information_request", args=[asked.pk])
    made = carried_out(
        form,
        lambda data: actions.decide_right(
            request.actor, asked, lost=data["lost"] == "yes", decided_on=data["decided_on"], reference=data["reference"]
        ),
    )
    if made is not None:
        return done(request, here, _("The county governor's decision is noted."))
    return form_page(request, "families/information_right.html", form, asked=asked, back=here)
