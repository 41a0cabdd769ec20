"""Consent on paper: the sheet to print and sign, registering what came back, and the second person who sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access import answers
from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.consents import actions, shown, texts
from laget.consents.access import may_confirm, may_note, may_take_back, seconds, visible_papers, visible_requests
from laget.consents.onpaper import PaperForm, SeenForm, paper_shown
from laget.documents.access import files_of
from laget.documents.actions import keep_file
from laget.documents.forms import FileForm
from laget.kernel.actor import Actor, Capacity
from laget.law.kinds import Kind

if TYPE_CHECKING:
    from laget.consents.models import Paper
    from laget.consents.models import Request as Asked


@page(visible_requests, key="asked", needs=may_note, only=Capacity.WORKER)
def paper_form(request: Request, found: Asked, party: UUID) -> HttpResponse:
    """All that is asked, in the chosen language, with lines to sign on; for one of those who are asked."""
    who = shown.one_asked(request.actor, found, party)
    if who is None:
        return answers.not_found(request)
    language = texts.chosen(request.GET.get("text"))
    context = {
        "asked": found, "who": who, "child": shown.child_called(found), "languages": texts.languages(),
        "kinds": [kind.value for kind in Kind if kind in found.kinds and kind is not Kind.IDENTITY],
        **shown.sheet(request.actor, found, language, youth=who.person == str(found.child_id)),
    }  # fmt: skip
    return render(request, "consents/paper_form.html", context)


@page(visible_requests, key="asked", needs=may_note, only=Capacity.WORKER, methods=("GET", "POST"))
def register_paper(request: Request, found: Asked, party: UUID) -> HttpResponse:
    """What one of those asked has signed: typed as it stands on the sheet."""
    who, people = shown.one_asked(request.actor, found, party), seconds(request.actor, found)
    if who is None:
        return answers.not_found(request)
    first = {"signed_on": timezone.localdate(), "text": texts.chosen(None)}
    form = typed(request, PaperForm, first, kinds=found.kinds, joins=found.opens_case, people=people)

    def keep(data: dict[str, Any]) -> Any:
        person = UUID(who.person)
        if data["answer"] == "no":
            return actions.note_paper_no(request.actor, found, person, form.signed)
        return actions.register_paper(request.actor, found, (person, who.name), form.signed)

    kept = carried_out(form, keep)
    if kept is not None:
        if form.cleaned_data["answer"] == "yes":
            return done(request, reverse("paper", args=[kept.value.pk]), _said(form))
        still = visible_requests(request.actor).filter(pk=found.pk).exists()
        return done(request, reverse("asked", args=[found.pk]) if still else "/", _said(form))
    told = shown.sheet(request.actor, found, texts.chosen(None), youth=False)["told"]
    meanings = {code: meaning for code, (_label, meaning) in told.kinds.items()}
    context = {"asked": found, "who": who, "people": people, "meanings": meanings}
    return form_page(request, "consents/register_paper.html", form, **context)


def _said(form: PaperForm) -> str:
    if form.cleaned_data["answer"] == "no":
        return _("The answer is noted.")
    return _("It is registered. The answer counts when the other person has seen the paper and confirmed.")


@page(visible_papers, key="paper", only=Capacity.WORKER, methods=("GET", "POST"))
def paper(request: Request, found: Paper) -> HttpResponse:
    """What was registered: the one who is asked to see the paper confirms it, or says what is wrong."""
    actor = request.actor
    if "take_back" in request.POST:
        actions.take_back_paper(actor, found)
        return done(request, reverse("asked", args=[found.request_id]), _("It is taken back. You can register anew."))
    form = typed(request, SeenForm)
    said = carried_out(form, lambda data: _seen(actor, found, data))
    if said is not None:
        return done(request, "/", _("Your answer is saved."))
    context = {
        "one": paper_shown(actor, found), "may_confirm": may_confirm(actor, found), "mine": found.by_id == actor.person,
        "may_take_back": may_take_back(actor, found), "files": list(files_of(actor, [found.pk])),
    }  # fmt: skip
    return form_page(request, "consents/paper.html", form, **context)


@page(visible_papers, key="paper", needs=may_take_back, only=Capacity.WORKER, methods=("GET", "POST"))
def scan(request: Request, found: Paper) -> HttpResponse:
    """A photo or scan of the sheet, for the one who is asked to see it."""
    actor = request.actor
    form = typed(request, FileForm, files=request.FILES) if request.method == "POST" else typed(request, FileForm)
    kept = carried_out(
        form,
        lambda data: keep_file(
            actor, found.child_id, "paper", found.pk, data["title"], form.content, found.position_id
        ),
    )
    back = reverse("paper", args=[found.pk])
    if kept is not None:
        return done(request, back, _("The scan is added."))
    if not form.is_bound:
        form.initial.setdefault("title", _("The signed sheet"))
    return form_page(request, "documents/add.html", form, back=back)


def _seen(actor: Actor, found: Paper, data: dict[str, Any]) -> object:
    if data["answer"] == "yes":
        return actions.confirm_paper(actor, found)
    return actions.refuse_paper(actor, found, data["why"])
