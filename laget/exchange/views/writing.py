"""Writing a report of concern, page by page. Who reads it is the writer's own matter: no reading is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import F, carried_out, done, form_page, typed
from laget.concerns.access import may_note, visible_worries
from laget.concerns.shown import duty_shown, language, said
from laget.directory.access import visible_positions, visible_services
from laget.exchange import actions, beginning, forms, shown
from laget.exchange.access import may_report, may_write, newest, reports_listed, visible_reports
from laget.exchange.calling import calls
from laget.exchange.rules.report import ACUTE, Step, may_tell_parents
from laget.families.access import visible_children
from laget.kernel.actor import Capacity
from laget.law.reporting import grounds

if TYPE_CHECKING:
    from laget.concerns.models import Worry
    from laget.exchange.models import Report
    from laget.families.models import Child

FORM = ("GET", "POST")


def _begin(request: Request, parts: beginning.Parts, back: str, worry: UUID | None = None) -> HttpResponse:
    """The first page says what a report is, who reads it, and what to do first when there is danger."""
    places = request.actor.places
    held = visible_positions(request.actor).filter(pk__in=request.actor.positions) if len(places) > 1 else ()
    form = typed(
        request, forms.BeginForm, {"position": str(places[0].position)},
        positions=[(str(one.pk), f"{one.title}, {one.unit.service.name}") for one in held],
    )  # fmt: skip

    def begin(data: dict[str, Any]) -> Any:
        position = UUID(data["position"]) if data.get("position") else places[0].position
        own = beginning.of_reporter(request.actor, position)
        return actions.begin_report(request.actor, position, {**own, **parts}, worry)

    begun = carried_out(form, begin)
    if begun is not None:
        return done(request, reverse("report_ground", args=[begun.value.pk]))
    return form_page(request, "exchange/begin.html", form, back=back)


@page(needs=may_report, only=Capacity.WORKER, methods=FORM, silent=True)
def report_new(request: Request) -> HttpResponse:
    """A report of concern to child welfare begins, also about a child who is not known here."""
    return _begin(request, {}, reverse("reports"))


@page(visible_children, needs=may_report, only=Capacity.WORKER, methods=FORM, silent=True)
def report_of_child(request: Request, child: Child) -> HttpResponse:
    """A report of concern begins with what is known of a child. That it begins is noted with no child."""
    parts = beginning.of_child(request.actor, child) if request.method == "POST" else {}
    return _begin(request, parts, reverse("child_home", args=[child.pk]))


@page(visible_worries, needs=may_note, only=Capacity.WORKER, methods=FORM, silent=True)
def report_of_worry(request: Request, worry: Worry) -> HttpResponse:
    """A report of concern begins with what stands in one's own worry."""
    return _begin(request, beginning.of_worry(worry), reverse("worry", args=[worry.pk]), worry.pk)


@page(needs=may_report, only=Capacity.WORKER, silent=True)
def reports(request: Request) -> HttpResponse:
    """All reports of concern that one has written here, and that are not deleted yet."""
    return render(request, "exchange/reports.html", {"rows": shown.listed(reports_listed(request.actor))})


@page(visible_reports, only=Capacity.WORKER, silent=True)
def report(request: Request, report: Report) -> HttpResponse:
    """Where a report stands, and what comes next."""
    note, version, today = report.note, newest(request.actor, report.pk), timezone.localdate()
    context = {
        "report": report, "lost": note.lost, "steps": shown.steps_shown(report, note), "version": version,
        "next": shown.next_of(note, version), "go_on": shown.next_page(note, report.pk),
        "waits": shown.waits(note, today), "acute": note.part(ACUTE), "lacks": shown.wanting_in_message(note),
        "delivery": version.delivery.part("sent") if version else {},
        "may_delete": version is None or (version.sent_on is None and version.number == 1),
    }  # fmt: skip
    return render(request, "exchange/report.html", context)


def _part(  # noqa: PLR0913 - what differs from page to page
    request: Request, report: Report, step: str, template: str, form: Any, fields: Any, **context: Any
) -> HttpResponse:
    """Save one page and go on to the next that is not filled in, or show it."""

    def write(data: dict[str, Any]) -> Any:
        version = data.pop("version", None) or 0
        return actions.write_part(request.actor, report, step, fields(data), version)

    saved = carried_out(form, write)
    if saved is not None:
        return done(request, shown.next_page(saved.value.note, report.pk), _("Saved. Only you can read it."))
    steps = list(Step)
    place = {"number": steps.index(Step(step)) + 1, "of": len(steps)} if step in set(Step) else {}
    return form_page(request, template, form, report=report, place=place, **context)


def _filled(request: Request, report: Report, step: str, form_class: type[F], **kwargs: Any) -> F:
    part = {name: value for name, value in report.note.part(step).items() if name != "n"}
    return typed(request, form_class, {**part, "version": report.note.version(step)}, **kwargs)


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """Days as they are sealed."""
    return {name: value.isoformat() if hasattr(value, "isoformat") else value or "" for name, value in data.items()}


@page(visible_reports, needs=may_write, only=Capacity.WORKER, methods=FORM, silent=True)
def report_ground(request: Request, report: Report) -> HttpResponse:
    """Whether it may be violence, and the criteria of the reporter's own statute."""
    actor, today = request.actor, timezone.localdate()
    place = actor.place(report.position_id) or actor.place_in(report.service_id) or actor.places[0]
    public = not visible_services(actor).get(pk=report.service_id).private
    asked = shown.asked_of(place.act, public=public)
    part = report.note.part(Step.GROUND)
    initial = {f"c_{code}": answer for code, answer in part.get("answers", {}).items()}
    initial |= {name: part.get(name) for name in ("violence", "agreed")}
    form = typed(
        request, forms.GroundForm, {**initial, "version": report.note.version(Step.GROUND)}, asked=asked,
        language=language(),
    )  # fmt: skip

    def fields(data: dict[str, Any]) -> dict[str, Any]:
        answers = said(data)
        return {
            "answers": answers, "violence": data["violence"], "agreed": bool(data["agreed"]),
            "grounds": list(grounds(answers, asked)), "cited": shown.cited(asked, answers, today),
        }  # fmt: skip

    return _part(request, report, Step.GROUND, "exchange/ground.html", form, fields, rows=duty_shown(place.act, public))


@page(visible_reports, needs=may_write, only=Capacity.WORKER, methods=FORM, silent=True)
def report_words(request: Request, report: Report) -> HttpResponse:
    """What was seen and heard, what the child said, and what was before."""
    return _part(
        request,
        report,
        Step.WORDS,
        "exchange/words.html",
        _filled(request, report, Step.WORDS, forms.WordsForm),
        _plain,
    )


@page(visible_reports, needs=may_write, only=Capacity.WORKER, methods=FORM, silent=True)
def report_child(request: Request, report: Report) -> HttpResponse:
    """Which child it is, as far as it is known."""
    return _part(
        request,
        report,
        Step.CHILD,
        "exchange/child.html",
        _filled(request, report, Step.CHILD, forms.ChildForm),
        _plain,
    )


@page(visible_reports, needs=may_write, only=Capacity.WORKER, methods=FORM, silent=True)
def report_parents(request: Request, report: Report) -> HttpResponse:
    """Who the parents are, and whether they are told where that is no danger."""
    may_tell = may_tell_parents(report.note)
    form = _filled(request, report, Step.PARENTS, forms.ParentsForm, may_tell=may_tell)
    violence = report.note.part(Step.GROUND).get("violence", "")
    return _part(
        request, report, Step.PARENTS, "exchange/parents.html", form, _plain, may_tell=may_tell, violence=violence
    )


@page(visible_reports, needs=may_write, only=Capacity.WORKER, methods=FORM, silent=True)
def report_reporter(request: Request, report: Report) -> HttpResponse:
    """Who reports, and to which child welfare it goes."""
    return _part(
        request,
        report,
        Step.REPORTER,
        "exchange/reporter.html",
        _filled(request, report, Step.REPORTER, forms.ReporterForm),
        _plain,
    )


@page(visible_reports, needs=may_write, only=Capacity.WORKER, methods=FORM, silent=True)
def report_acute(request: Request, report: Report) -> HttpResponse:
    """Whom to call first when there is danger, and what was done."""
    return _part(
        request,
        report,
        ACUTE,
        "exchange/acute.html",
        _filled(request, report, ACUTE, forms.AcuteForm),
        _plain,
        calls_first=calls(),
    )
