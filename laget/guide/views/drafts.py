"""Working on a draft: begin it, change it by forms or as text, read what it changes, put it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access import answers
from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.guide import actions
from laget.guide.access import latest_wording, visible_drafts
from laget.guide.faults import Fault, GuideFaults
from laget.guide.forms import FileForm, PartForm
from laget.guide.making import changed
from laget.guide.national import current
from laget.guide.parts import PARTS, Cell, overlay, step
from laget.guide.reading import read_guide
from laget.guide.saying import changes_said, fault_said
from laget.guide.showing import draft_shown, fresh_text, name_of, steps_listed
from laget.guide.views.reading import administrators
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.guide.models import Draft

TITLES = {
    "levels": _("Levels"),
    "deadlines": _("Deadlines"),
    "words": _("Words"),
    "consent": _("Consent"),
    "silent": _("Who says yes from 15, where the law is silent"),
    "ending": _("Evaluation and closing"),
}
MOST_SAID = 50


@page(only=Capacity.WORKER, methods=("POST",))
@administrators
def model_draft_begin(request: Request) -> HttpResponse:
    """Begin a draft from the version that holds now."""
    begun = actions.begin_draft(request.actor, fresh_text(timezone.localdate()), "begun")
    return done(request, _address(begun.value), _("A draft is begun. It changes nothing until it is taken into use."))


@page(only=Capacity.WORKER, methods=("GET", "POST"))
@administrators
def model_draft_file(request: Request) -> HttpResponse:
    """Begin a draft from a file, or from a text that is pasted."""
    form = _file_form(request, "")
    faults, begun = _kept(form, lambda own: actions.begin_draft(request.actor, own, "file"))
    if begun is None:
        return form_page(request, "guide/file.html", form, faults=faults, number=None, back=reverse("model_versions"))
    return done(request, _address(begun.value), _("The file has no faults. It is a draft now."))


@page(visible_drafts, only=Capacity.WORKER, methods=("GET", "POST"))
def model_draft_text(request: Request, draft: Draft) -> HttpResponse:
    """A draft as the text of a file."""
    said = latest_wording(draft)
    form = _file_form(request, said.own)
    number = _number(request, said.number)
    faults, kept = _kept(form, lambda own: actions.change_draft(request.actor, draft, own, number, "file"))
    if kept is None:
        return form_page(
            request, "guide/file.html", form, faults=faults, number=said.number, back=_address(draft)
        )  # fmt: skip
    return done(request, _address(draft), _("The draft is changed."))


def _file_form(request: Request, own: str) -> FileForm:
    if request.method != "POST":
        return typed(request, FileForm, {"own": own})
    too_large = int(request.META.get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return typed(request, FileForm, files=request.FILES, too_large=too_large)


def _kept(form: FileForm, act: Any) -> tuple[list[tuple[int, str, str]], Any]:
    """Every fault of the text with its line and place; or what the action answered."""
    try:
        return [], carried_out(form, lambda data: act(data["own"].replace("\r\n", "\n")))
    except GuideFaults as found:
        count = len(found.faults)
        form.add_error("own", _("The text has %(count)s faults. They stand in the list above.") % {"count": count})
        return [_line(one) for one in found.faults[:MOST_SAID]], None


def _line(fault: Fault) -> tuple[int, str, str]:
    return fault.line, fault.place, fault_said(fault)


@page(visible_drafts, only=Capacity.WORKER)
def model_draft(request: Request, draft: Draft) -> HttpResponse:
    """A draft: what it changes, in words, and what may be done with it."""
    shown = draft_shown(request.actor, draft)
    waiting = shown.waiting
    begins = waiting.begins if waiting else timezone.localdate()
    context = {
        "shown": shown,
        "changes": changes_said(current(begins), shown.guide) if shown.guide else [],
        "parts": [(title, reverse(f"model_{code}", kwargs={"draft": draft.pk})) for code, title in TITLES.items()],
        "steps": steps_listed(shown.guide) if shown.guide else [],
        "faults": [_line(one) for one in shown.faults.faults[:MOST_SAID]] if shown.faults else [],
        "proposer": name_of(waiting.by) if waiting else "",
    }
    return render(request, "guide/draft.html", context)


@page(visible_drafts, only=Capacity.WORKER, methods=("GET", "POST"))
def model_part(request: Request, draft: Draft, part: str) -> HttpResponse:
    """A part of the draft as a form."""
    guide_of = PARTS[part]
    return _cells(request, draft, part, TITLES[part], lambda guide: list(guide_of(guide)))


@page(visible_drafts, only=Capacity.WORKER, methods=("GET", "POST"))
def model_step(request: Request, draft: Draft, step_number: int) -> HttpResponse:
    """One step of the draft: what, how, who, and which deadline."""
    return _cells(
        request,
        draft,
        "step",
        _("Step"),
        lambda guide: list(step(guide, step_number)) if _is(guide, step_number) else [],
    )


def _is(guide: Any, number: int) -> bool:
    return 1 <= number <= len(guide.steps)


def _cells(request: Request, draft: Draft, part: str, title: Any, cells_of: Any) -> HttpResponse:
    said = latest_wording(draft)
    try:
        guide = read_guide(said.own)
    except GuideFaults:
        return answers.not_found(request)
    cells: list[Cell] = cells_of(guide)
    if not cells:
        return answers.not_found(request)
    form = typed(request, PartForm, cells=cells)
    number = _number(request, said.number)

    def change(data: dict[str, Any]) -> object:
        layer = overlay(guide, cells, data)
        own = changed(said.own, layer) if layer else said.own
        return actions.change_draft(request.actor, draft, own, number, part)

    if _said(form, change):
        return done(request, _address(draft), _("The draft is changed."))
    context = {"title": title, "number": said.number, "address": request.path, "back": _address(draft)}
    return form_page(request, "guide/part.html", form, **context)


def _said(form: PartForm, change: Any) -> bool:
    try:
        return carried_out(form, change) is not None
    except GuideFaults as found:
        form.say(found.faults)
        return False


@page(visible_drafts, only=Capacity.WORKER, methods=("GET", "POST"))
def model_draft_end(request: Request, draft: Draft) -> HttpResponse:
    """Ask once more, then put the draft away."""
    form = typed(request, forms.Form)
    if carried_out(form, lambda data: actions.end_draft(request.actor, draft)):
        return done(request, reverse("model_versions"), _("The draft is put away."))
    return form_page(request, "guide/draft_end.html", form, draft=draft, back=_address(draft))


def _number(request: Request, latest: int) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 9 else (latest if request.method == "GET" else -1)


def _address(draft: Draft) -> str:
    return reverse("model_draft", kwargs={"draft": draft.pk})
