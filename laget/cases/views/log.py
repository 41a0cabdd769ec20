"""The log: read, write, correct; and one's own words when they came back."""

from __future__ import annotations

from collections.abc import Sequence
from re import fullmatch
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access import answers
from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases import actions, ground, shown
from laget.cases.access import visible_cases, visible_entries, visible_own_words
from laget.cases.addresses import home_of, pages_of
from laget.cases.choosing import choosing, wished
from laget.cases.forms import CallForm, ChildWordsForm, CorrectionForm, EntryForm
from laget.cases.rights import may_correct, may_write, writable_kinds
from laget.cases.rules import Choice
from laget.kernel.actor import Actor, Capacity

if TYPE_CHECKING:
    from laget.cases.models import Case, Log, OwnWords

A_PAGE = 50
FORMS: dict[str, type[EntryForm | ChildWordsForm | CallForm]] = {"phone_call": CallForm, "child_words": ChildWordsForm}


@page(visible_cases)
def case_log(request: Request, case: Case) -> HttpResponse:
    """What has been written, the newest first, and by sort."""
    sort, itself = request.GET.get("sort", ""), request.actor.person == case.child_id
    sorts = shown.sorts(case, own=itself)
    chosen = sort if sort in dict(sorts) else ""
    leaf = _leaf(shown.entries(request.actor, case, chosen), request.GET.get("page", ""))
    items, some = shown.log_items(request.actor, case, leaf.object_list)
    context = {
        "case": case,
        "family": request.actor.is_citizen,
        "items": items,
        "leaf": leaf,
        "sorts": sorts,
        "chosen": chosen,
        "may_write": may_write(request.actor, case, request.kinds),
        "home": home_of(request.actor, case),
        "tabs": pages_of(request.actor, case, "case_log"),
        "child": some.called.get(case.child_id, ""),
        "waits": itself and ground.unlooked(case.child_id),
        "told": shown.labels(request.kinds),
    }
    return render(request, "cases/log.html", context)


def _leaf(found: QuerySet[Log], wanted: str) -> Page[Any]:
    """One page of the log, with how many entries there are in all: one statement. One that isn't there is the last."""
    number = int(wanted) if fullmatch("[1-9][0-9]{0,5}", wanted) else 1
    here = slice((number - 1) * A_PAGE, number * A_PAGE)
    rows = list(found.annotate(in_all=Window(Count("*")))[here])
    if not rows:
        return Paginator(found, A_PAGE).get_page(wanted)
    pages: Paginator[Any] = Paginator(rows, A_PAGE)
    pages.count = rows[0].in_all
    return Page(rows, number, pages)


@page(visible_cases, needs=may_write, methods=("GET", "POST"))
def write(request: Request, case: Case) -> HttpResponse:
    """A new entry; or new words for one's own when `corrects` names it."""
    corrects = request.POST.get("corrects") or request.GET.get("corrects")
    if corrects:
        return _correct(request, case, corrects)
    actor, itself = request.actor, request.actor.person == case.child_id
    sorts = shown.sorts(case, family=actor.is_citizen, own=itself)
    sort = wished(request, "sort", dict(sorts))
    kinds = shown.ordered(writable_kinds(actor, case))
    to = choosing(request, case, kinds, childs_words=sort == "child_words", log=True)
    form = typed(
        request, _form(sort, itself), {"sort": sort, "kind": _first(kinds), "audience": to.audience},
        kinds=shown.about(actor, to.some, to.audience, kinds, _service(actor, case)), **to.asked,
    )  # fmt: skip
    entry = carried_out(form, lambda data: actions.write_entry(actor, case, **_entry(form, data)))
    if entry is not None:
        return done(request, reverse("case_log", args=[case.pk]), _("It is written in the log."))
    return form_page(
        request, "cases/write.html", form, case=case, family=actor.is_citizen, sorts=sorts, sort=sort, corrects=None,
        own=itself,
        hint="" if itself else shown.hint(case, sort, family=actor.is_citizen),
        back=reverse("case_log", args=[case.pk]), **to.shown,
    )  # fmt: skip


def _form(sort: str, itself: bool) -> type[EntryForm | ChildWordsForm | CallForm]:
    """Nobody asks a child how it asked itself."""
    return EntryForm if itself else FORMS.get(sort, EntryForm)


def _service(actor: Actor, case: Case) -> UUID | None:
    """The service that the actor would write for."""
    carried = case.baton.carried_by if case.baton else ()
    held = next((actor.place(one) for one in actor.positions if one in carried), None)
    return held.service if held else next(iter(actor.services), None)


def _first(kinds: Sequence[str]) -> str:
    return "everyday" if "everyday" in kinds else next(iter(kinds), "")


def _entry(form: Any, data: dict[str, Any]) -> dict[str, Any]:
    words = form.words() if isinstance(form, CallForm) else data["words"]
    said = {"sort": data["sort"], "kind": data["kind"], "to": Choice(**form.choice())}
    return {**said, "words": words, "how_asked": data.get("how_asked", "")}


def _correct(request: Request, case: Case, corrects: str) -> HttpResponse:
    entry = shown.entry(visible_entries(request.actor), case, corrects)
    if entry is None:
        return answers.not_found(request)
    verdict = may_correct(request.actor, entry)
    if not verdict:
        return answers.refused(request, verdict)
    people = shown.named(request.actor, shown.around(case))
    form = typed(request, CorrectionForm, {"words": entry.words, "how_asked": entry.how_asked}, people=people)
    fixed = carried_out(form, lambda data: _corrected(request.actor, entry, data))
    if fixed is not None:
        return done(
            request, reverse("case_log", args=[case.pk]), _("The entry is corrected. The old words stay below it.")
        )
    return form_page(
        request, "cases/write.html", form, case=case, family=request.actor.is_citizen, sorts=[], sort=entry.sort,
        corrects=entry, own=False, hint="", offered={}, audience="", back=reverse("case_log", args=[case.pk]),
    )  # fmt: skip


def _corrected(actor: Actor, entry: Log, data: dict[str, Any]) -> object:
    return actions.correct_entry(actor, entry, words=data["words"], how_asked=data["how_asked"])


def _mine(actor: Actor, request: HttpRequest) -> list[OwnWords]:
    """The words of the batch that the address names."""
    assert request.resolver_match is not None
    batch = request.resolver_match.kwargs["batch"]
    return list(visible_own_words(actor).filter(batch=batch).select_related("service").order_by("written_at", "id"))


@page(gathers=_mine, only=Capacity.WORKER, silent=True)
def own_words(request: Request, words: list[OwnWords], batch: UUID) -> HttpResponse:
    """What a worker wrote before the consent ended: own words and dates, for the own record, and nothing else."""
    if not words:
        return answers.not_found(request)
    return render(request, "cases/own_words.html", {"words": words, "service": words[0].service.name})
