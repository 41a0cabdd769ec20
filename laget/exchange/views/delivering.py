"""A report is looked through, made ready, fetched, delivered by the writer, and answered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.exchange import actions, forms, shown
from laget.exchange.access import (
    may_delete,
    may_fetch_message,
    may_make,
    may_note_answers,
    may_send,
    may_write,
    visible_reports,
    visible_versions,
)
from laget.exchange.documents import pdf
from laget.exchange.rules.report import Step
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.exchange.models import Report, Version

FORM = ("GET", "POST")
NAME = "melding"
"""What a fetched file is called: it says nothing of whom or what it is about."""


@page(visible_reports, needs=may_write, only=Capacity.WORKER, methods=FORM, silent=True)
def report_check(request: Request, report: Report) -> HttpResponse:
    """All of it on one page; then it is made ready, as it stands."""
    if request.method == "POST":
        actions.make_version(request.actor, report)
        return done(request, reverse("report", args=[report.pk]), _("The report is ready. Fetch it and deliver it."))
    note = report.note
    context = {
        "report": report, "written": list(shown.written(note)), "wanting": shown.wanting(note),
        "may_make": may_make(request.actor, report), "lacks": shown.wanting_in_message(note),
    }  # fmt: skip
    return render(request, "exchange/check.html", context)


@page(visible_versions, only=Capacity.WORKER, silent=True)
def version_document(request: Request, version: Version) -> HttpResponse:
    """The report as a document."""
    return _file(pdf("report", shown.document_of(version)), "application/pdf", "pdf")


@page(visible_versions, needs=may_fetch_message, only=Capacity.WORKER, silent=True)
def version_message(request: Request, version: Version) -> HttpResponse:
    """The report as the national message, for a system that sends it."""
    text = json.dumps(shown.message_of(version), ensure_ascii=False, indent=1)
    return _file(text.encode(), "application/json", "json")


def _file(content: bytes, sort: str, ending: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{NAME}.{ending}"'}
    return HttpResponse(content, content_type=sort, headers=headers)


@page(visible_versions, needs=may_send, only=Capacity.WORKER, methods=FORM, silent=True)
def version_sent(request: Request, version: Version) -> HttpResponse:
    """When, to whom and how one has delivered it."""
    to = version.note.part(Step.REPORTER).get("municipality", "")
    first = {
        "on": timezone.localdate(),
        "to": _("Child welfare, %(municipality)s") % {"municipality": to} if to else "",
    }
    form = typed(request, forms.SentForm, first)
    sent = carried_out(form, lambda data: actions.mark_sent(request.actor, version, **data))
    if sent is not None:
        return done(
            request, reverse("report", args=[version.report_id]), _("It is noted that the report is delivered.")
        )
    return form_page(request, "exchange/sent.html", form, version=version)


@page(visible_reports, needs=may_note_answers, only=Capacity.WORKER, methods=FORM, silent=True)
def report_answers(request: Request, report: Report) -> HttpResponse:
    """What child welfare has answered so far."""
    part = {name: value for name, value in report.note.part("answers").items() if name != "n"}
    form = typed(request, forms.AnswersForm, {**part, "version": report.note.version("answers")})

    def note(data: dict[str, Any]) -> Any:
        return actions.note_answers(request.actor, report, **data)

    if carried_out(form, note) is not None:
        return done(request, reverse("report", args=[report.pk]), _("Saved. Only you can read it."))
    return form_page(request, "exchange/answers.html", form, report=report)


@page(visible_reports, needs=may_delete, only=Capacity.WORKER, methods=FORM, silent=True)
def report_delete(request: Request, report: Report) -> HttpResponse:
    """Gone for good, after one question."""
    if request.method == "POST":
        actions.delete_report(request.actor, report)
        return done(request, reverse("reports"), _("The report is deleted."))
    return render(request, "exchange/delete.html", {"report": report})
