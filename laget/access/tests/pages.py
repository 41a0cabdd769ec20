"""Small pages that only the gate's tests open."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, BrokenBarrierError

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from laget.access.gate import Request, open_to_all, page
from laget.audit.actions import record
from laget.cases.access import visible_cases
from laget.cases.models import Case, Log
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import NotMade, Refused, Stale
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.sight.actions import end_covers


def said(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(words, "text/plain", status)


def ungated(request: HttpRequest) -> HttpResponse:
    return said("secret")


@open_to_all
def public(request: HttpRequest) -> HttpResponse:
    return said("hello")


@page(visible_cases)
def one(request: Request, case: Case) -> HttpResponse:
    return said(f"case {sorted(request.kinds)}")


@page(visible_cases, only=Capacity.WORKER)
def for_workers(request: Request, case: Case) -> HttpResponse:
    return said("for workers")


@page(known=lambda actor: actor.administers)
def for_those_who_know(request: Request) -> HttpResponse:
    return said("for administrators")


def may_if_holder(actor: Actor, case: Case) -> Verdict:
    holds = any(baton.position_id in actor.positions for baton in case.batons.all())
    return ALLOWED if holds else refuse("Only the holder may do this.")


@page(visible_cases, needs=may_if_holder)
def for_holder(request: Request, case: Case) -> HttpResponse:
    return said("for the holder")


@page(visible_cases)
def writes_on_get(request: Request, case: Case) -> HttpResponse:
    record(request.actor, "access.wrote")
    return said("wrote")


@page(gathers=lambda actor, request: list(visible_cases(actor)))
def several(request: Request, cases: list[Case]) -> HttpResponse:
    return said(f"{len(cases)} cases")


def _note(request: Request, case: Case, words: str) -> None:
    kind = sorted(request.kinds)[0]
    Log(case=case, child_id=case.child_id, sort="note", kind=kind, words=words, author_id=request.actor.person).save(
        force_insert=True
    )
    record(request.actor, "access.wrote", child=case.child_id)


@page(visible_cases, methods=("GET", "POST"))
def write(request: Request, case: Case) -> HttpResponse:
    if request.method == "POST":
        _note(request, case, request.POST["words"])
        if request.POST["words"] == "faulty":
            return said("faulty", status=422)
        if request.POST["words"] == "refused":
            raise Refused(refuse("Not now."))
        if request.POST["words"] == "gone":  # the consent ends between the fetch and the write
            end_covers(child=case.child_id)
            _note(request, case, "too late")
        if request.POST["words"] == "stale":
            raise Stale("words", "mine", "yours", 2)
        return HttpResponse(status=302, headers={"Location": f"/there/{Log.objects.count()}"})
    return said("form")


meanwhile: list[Callable[[], None]] = []
"""What others do while a file is made."""


def may_until_level_3(actor: Actor, case: Case) -> Verdict:
    return refuse("It went on.") if case.level == "3" else ALLOWED


@page(visible_cases, needs=may_until_level_3)
def file(request: Request, case: Case) -> HttpResponse:
    for deed in meanwhile:
        deed()
    return HttpResponse("all of it", "application/pdf", headers={"Content-Disposition": "attachment"})


@page(visible_cases, methods=("GET", "POST"))
def document(request: Request, case: Case) -> HttpResponse:
    """Cannot be made."""
    raise NotMade("report: the compiler ended with 1")


both_hold_one = Barrier(2)


@page(visible_cases, methods=("POST",))
def crosses(request: Request, case: Case) -> HttpResponse:
    """Takes two locks in the order asked for; the first time, both visitors have one before they take the other."""
    with connection.cursor() as cursor:
        for lock in request.POST["order"]:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(lock)])
            try:
                both_hold_one.wait(3)
            except BrokenBarrierError:
                continue
            both_hold_one.abort()
    _note(request, case, request.POST["order"])
    return HttpResponse(status=302, headers={"Location": "/there/"})


urlpatterns = [
    path("ungated/", ungated),
    path("public/", public),
    path("one/<uuid:case>/", one),
    path("workers/<uuid:case>/", for_workers),
    path("known/", for_those_who_know),
    path("holder/<uuid:case>/", for_holder),
    path("writes/<uuid:case>/", writes_on_get),
    path("several/", several),
    path("write/<uuid:case>/", write),
    path("file/<uuid:case>/", file),
    path("document/<uuid:case>/", document),
    path("crosses/<uuid:case>/", crosses),
    path("", include("laget.site.urls")),
]
