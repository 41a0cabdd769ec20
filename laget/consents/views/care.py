"""Answering for child welfare after a care order: a named worker reads what the family would have read, and answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.consents import actions, rights, shown, texts
from laget.consents.access import (
    answered_for_welfare,
    asked_of_welfare,
    colleagues_who_may_answer,
    may_answer_for_welfare,
    may_hand_on,
    may_say_yes_for_welfare,
    visible_for_welfare,
)
from laget.consents.forms import AnswerForm, ColleagueForm
from laget.consents.views.asking import meanings
from laget.guide.national import current, version
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.consents.models import Party
    from laget.consents.models import Request as Asked


@page(visible_for_welfare, key="party", needs=may_answer_for_welfare, only=Capacity.WORKER, methods=("GET", "POST"))
def for_child_welfare(request: Request, party: Party) -> HttpResponse:
    """What is asked, whether a care order is registered, and the answer; later the answer can be changed here."""
    asked = asked_of_welfare(party)
    assert asked is not None
    may_say_yes = may_say_yes_for_welfare(request.actor, party)
    case = rights.existing_case(party.child_id) if asked.opens_case and may_say_yes else None
    language = texts.chosen(request.POST.get("text") or request.GET.get("text"))
    form = typed(request, AnswerForm, {}, kinds=asked.kinds, joins=case is not None, called=texts.kinds(language))
    if request.method == "POST":
        given = carried_out(form, lambda data: actions.answer_for_welfare(request.actor, party, **data))
        if given is not None:
            return done(request, reverse("for_child_welfare", args=[party.pk]), _("The answer is saved."))
    before = answered_for_welfare(request.actor, party)
    after = None if before else shown.labels(shown.shared(asked))
    context = {
        "asked": asked, "party": party, "case": case, "may_say_yes": may_say_yes,
        "child": shown.name_of(party.child_id), "after": after, "last": asked.answer_by - timedelta(seconds=1),
        "may_hand_on": may_hand_on(request.actor, party), "languages": texts.languages(),
        "before": before, "said": shown.labels(before.kinds) if before else [],
        **_text(request, asked, language),
    }  # fmt: skip
    return form_page(request, "consents/for_child_welfare.html", form, **context)


@page(visible_for_welfare, key="party", needs=may_hand_on, only=Capacity.WORKER, methods=("GET", "POST"))
def hand_say_on(request: Request, party: Party) -> HttpResponse:
    """Letting a colleague answer for child welfare: one of the same service, and not too close to the family."""
    colleagues = shown.called(colleagues_who_may_answer(request.actor, party))
    form = typed(request, ColleagueForm, {}, colleagues=colleagues)
    if carried_out(form, lambda data: actions.hand_on(request.actor, party, **data)) is not None:
        return done(request, "/", _("Your colleague is told, and answers from now."))
    asked = asked_of_welfare(party)
    assert asked is not None
    context = {
        "party": party, "child": shown.name_of(party.child_id), "colleagues": colleagues,
        "stands": shown.labels(shown.shared(asked)),
    }  # fmt: skip
    return form_page(request, "consents/hand_say_on.html", form, **context)


def _text(request: Request, asked: Asked, language: str) -> dict[str, Any]:
    """What is asked, in the words for one who has the care."""
    asker = shown.asker_of(request.actor, asked)
    receiver = shown.service_name(request.actor, asked.service_id)
    guide = version(asked.guide) if asked.guide else current(timezone.localdate(asked.asked_at))
    told = shown.consent_text(
        guide, asked, language, asker=asker.service, receiver=receiver, opens_case=asked.opens_case, care=True
    )
    return {"told": told, "meanings": meanings(told), "asker": asker, "receiver": receiver}
