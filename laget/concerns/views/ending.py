"""The way on from a worry: close it, report, ask the parents; keep it longer, or delete it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import done, form_page, typed
from laget.concerns import actions, shown
from laget.concerns.access import (
    may_ask_parents,
    may_close,
    may_go_on_alone,
    may_keep_longer,
    may_note,
    visible_worries,
)
from laget.concerns.forms import AskForm, ReasonForm, ReportedForm
from laget.concerns.rules.steps import alone_at, kept_longer, must_report
from laget.concerns.views.writing import FORM, address, careful, noted
from laget.consents.beginning import Origin, begin_asking, begun
from laget.consents.shown import asked_first
from laget.guide.national import current
from laget.guide.rules import Advice
from laget.guide.words import text
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.concerns.models import Worry


@page(visible_worries, needs=may_note, only=Capacity.WORKER, silent=True)
def worry_decide(request: Request, worry: Worry) -> HttpResponse:
    """Which ways there are."""
    context = {
        "worry": worry, "first": asked_first(current(timezone.localdate())),
        "may_ask": may_ask_parents(request.actor, worry), "may_go_on_alone": may_go_on_alone(request.actor, worry),
        "may_close": may_close(request.actor, worry), "reports": must_report(worry.note),
    }  # fmt: skip
    return render(request, "concerns/decide.html", context)


@page(visible_worries, needs=may_close, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_close(request: Request, worry: Worry) -> HttpResponse:
    """The worry ends, with a reason."""
    form = careful(request, ReasonForm, label=_("Why do you close it? What has been done?"))
    return noted(
        request, worry, form, lambda data: actions.end_worry(request.actor, worry, reason=data["reason"]),
        "concerns/close.html",
    )  # fmt: skip


@page(visible_worries, needs=may_go_on_alone, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_alone(request: Request, worry: Worry) -> HttpResponse:
    """The worry is followed up in one's own service, where the guide asks for consent later."""
    form = careful(request, ReasonForm, label=_("What will you do, and when do you see whether it helps?"))
    level = alone_at(current(timezone.localdate()))
    return noted(
        request, worry, form, lambda data: actions.go_on_alone(request.actor, worry, reason=data["reason"]),
        "concerns/alone.html", level=text(level.name) if level else "",
    )  # fmt: skip


@page(visible_worries, needs=may_note, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_reported(request: Request, worry: Worry) -> HttpResponse:
    """That it is reported; the report itself goes the reporter's own way."""
    form = careful(request, ReportedForm)

    def report(data: dict[str, Any]) -> Any:
        return actions.report_worry(
            request.actor, worry, by=data["by"], on=data["on"], parents_told=data["parents_told"], why=data["why"]
        )

    return noted(request, worry, form, report, "concerns/reported.html")


@page(visible_worries, needs=may_ask_parents, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_ask(request: Request, worry: Worry) -> HttpResponse:
    """On to the pages that ask the parents, with what the owner chooses to take along."""
    note, today = worry.note, timezone.localdate()
    parts = shown.takes(note)
    first = {"talked_on": note.day("parents") or today, "take": ["child"] if note.part("child") else []}
    form = typed(request, AskForm, first, parts=[one[:2] for one in parts], today=today)
    if form.is_bound and form.is_valid():
        taken = form.cleaned_data.get("take") or []
        words = "\n\n".join(words for code, _label, words in parts if code in taken)
        guide = current(today)
        safe = next(one.code for one in guide.first_question.answers if one.effect is Advice.TALK_FIRST)
        onwards = begin_asking(
            request.actor, safe=safe, talked_on=form.cleaned_data["talked_on"], child_words=words,
            origin=Origin(worry.pk, timezone.localdate(worry.noted_at)),
        )  # fmt: skip
        return HttpResponseRedirect(onwards)
    return form_page(request, "concerns/ask.html", form, worry=worry, begun=begun(request.actor))


@page(visible_worries, needs=may_keep_longer, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_keep(request: Request, worry: Worry) -> HttpResponse:
    """The note is kept once more, with a reason."""
    form = careful(request, ReasonForm, label=_("Why do you need it longer?"))
    until = kept_longer(current(timezone.localdate()), worry.kept_until)
    return noted(
        request, worry, form, lambda data: actions.keep_longer(request.actor, worry, reason=data["reason"]),
        "concerns/keep.html", until=until,
    )  # fmt: skip


@page(visible_worries, only=Capacity.WORKER, methods=FORM, silent=True)
def worry_delete(request: Request, worry: Worry) -> HttpResponse:
    """Gone for good, after one question."""
    if request.method == "POST":
        actions.delete_worry(request.actor, worry)
        return done(request, reverse("home"), _("The note is deleted."))
    return render(request, "concerns/delete.html", {"worry": worry, "back": address("worry", worry.pk)})
