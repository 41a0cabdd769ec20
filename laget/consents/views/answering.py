"""Where a request stands, what the family reads and answers, and what changes when a yes is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from laget.access import answers
from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.consents import actions, ground, rights, rules, shown, texts
from laget.consents.access import (
    may_answer,
    may_note,
    may_say_yes,
    may_withdraw,
    visible_requests,
    waiting_papers,
)
from laget.consents.forms import HEARD, VIEWS, AnswerForm, NoteForm
from laget.consents.views.asking import meanings
from laget.guide.national import current, version
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.consents.models import Request as Asked


@page(visible_requests, key="asked", only=Capacity.WORKER)
def asked(request: Request, found: Asked) -> HttpResponse:
    """For the one who asked: who has answered of those typed, and what is shared."""
    given, become = shown.shared(found), shown.outcome(found)
    here, own = shown.answers_here(request.actor, found), found.asked_by_id == request.actor.person
    context = {
        "asked": found,
        "service": shown.service_name(request.actor, found.service_id),
        "child": found.typed.get("child"),
        "people": shown.people(found, here),
        "own": own,
        "noted": shown.noted(found, here),
        "heard": dict(HEARD).get(found.heard),
        "view": dict(VIEWS).get(found.view),
        "shared": shown.labels(given),
        "case": rights.existing_case(found.child_id) if given and found.opens_case else None,
        "not_shared": shown.labels(set(found.kinds) - given) if given else [],
        "outcome": become.value,
        "excluded": ground.excluded(found.pk),
        "may_note": may_note(request.actor, found),
        "papers": list(waiting_papers(request.actor, found)),
        "answer_by": found.answer_by - timedelta(seconds=1),
    }
    return render(request, "consents/asked.html", context)


@page(visible_requests, key="asked", needs=may_note, only=Capacity.WORKER, methods=("GET", "POST"))
def note_answer(request: Request, found: Asked, party: UUID) -> HttpResponse:
    """What one of those asked said aloud."""
    who = next((one for one in shown.people(found, ()) if one.id == str(party)), None)
    if who is None:
        return answers.not_found(request)
    form = typed(request, NoteForm, {"language": who.language}, kinds=found.kinds, joins=found.opens_case)
    noted = carried_out(form, lambda data: actions.note_oral_answer(request.actor, found, party, form.oral))
    if noted is not None:
        still = visible_requests(request.actor).filter(pk=found.pk).exists()
        return done(request, reverse("asked", args=[found.pk]) if still else "/", _("The answer is noted."))
    return form_page(
        request, "consents/note_answer.html", form, asked=found, who=who, **_text(request, found, texts.chosen(None))
    )


@page(visible_requests, key="asked", only=Capacity.CITIZEN, methods=("GET", "POST"))
def consent(request: Request, found: Asked) -> HttpResponse:
    """The family reads what is asked, and each who is asked answers; after that the page is a calm receipt."""
    language = texts.chosen(request.POST.get("text") or request.GET.get("text"))
    with override(texts.page_language(language)):
        return _consent(request, found, language)


def _consent(request: Request, found: Asked, language: str) -> HttpResponse:
    case = rights.existing_case(found.child_id) if found.opens_case else None
    called = texts.kinds(language)
    form = typed(request, AnswerForm, {}, kinds=found.kinds, joins=case is not None, called=called)
    if request.method == "POST":
        given = carried_out(form, lambda data: actions.answer(request.actor, found, **data))
        if given is not None:
            return done(request, reverse("consent", args=[found.pk]), _("Thank you. Your answer is saved."))
    right, state = may_answer(request.actor, found), shown.state(request.actor, found)
    asking = bool(right) and (form.is_bound or not state.answered or "change" in request.GET)
    context = {
        "asked": found, "state": state, "right": right, "asking": asking, "case": case,
        "may_say_yes": may_say_yes(request.actor, found) if asking else right,
        "may_withdraw": may_withdraw(request.actor, found), "languages": texts.languages(),
        "before": shown.said_before(request.actor, found),
        **_text(request, found, language),
    }  # fmt: skip
    return form_page(request, "consents/consent.html", form, **context)


def _text(request: Request, found: Asked, language: str) -> dict[str, Any]:
    """What the consent text is filled with, and who asks."""
    asker = shown.asker_of(request.actor, found)
    receiver = shown.service_name(request.actor, found.service_id)
    told = shown.consent_text(
        version(found.guide) if found.guide else current(timezone.localdate(found.asked_at)), found, language,
        asker=asker.service, receiver=receiver, opens_case=found.opens_case,
        youth=shown.is_youth(request.actor, found), one_enough=shown.one_enough(found),
    )  # fmt: skip
    return {"told": told, "meanings": meanings(told), "asker": asker, "receiver": receiver}


@page(visible_requests, key="asked", needs=may_answer, only=Capacity.CITIZEN, methods=("GET", "POST"))
def withdraw(request: Request, found: Asked) -> HttpResponse:
    """Before a yes is taken back the page says what changes; then it takes one press."""
    if request.method != "POST" and not may_withdraw(request.actor, found):
        return HttpResponseRedirect(reverse("consent", args=[found.pk]))
    if request.method == "POST":
        actions.withdraw(request.actor, found)
        return done(request, reverse("consent", args=[found.pk]), _("You have taken back your yes. We share no more."))
    lost = rules.change(ground.in_force(found.pk), None).lost
    context = {
        "asked": found,
        "receiver": shown.service_name(request.actor, found.service_id),
        "lost": shown.labels(lost),
        "lines": rights.consequences(found.child_id, found.service_id) if "identity" in lost else [],
    }
    return render(request, "consents/withdraw.html", context)
