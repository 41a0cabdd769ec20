"""Reading the model: what holds, what comes, what held before, and how a part of it looks from a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from laget.access import answers
from laget.access.gate import Request, View, page
from laget.guide.access import visible_drafts, visible_versions
from laget.guide.forms import LookForm
from laget.guide.national import current, version
from laget.guide.rules import Guide
from laget.guide.saying import changes_said
from laget.guide.showing import draft_shown, drafts_shown, earlier, told, versions_shown
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.guide.models import Draft, Version


def administrators(view: View) -> View:
    """To everybody else the page does not exist."""

    @wraps(view)
    def asked(request: Request, **kwargs: Any) -> HttpResponse:
        return view(request, **kwargs) if request.actor.administers else answers.not_found(request)

    return asked


@page(only=Capacity.WORKER)
def model(request: Request) -> HttpResponse:
    """How we work together here: the municipality's model, by level, kind of service and day."""
    return _look(request, lambda on: current(on), "guide/model.html", dated=True)


@page(only=Capacity.WORKER)
@administrators
def model_versions(request: Request) -> HttpResponse:
    """Which version of the model holds, what comes, what was before, and drafts that are worked on."""
    shown = versions_shown(request.actor, timezone.localdate())
    context = {
        "now": next(one for one in shown if one.state == "now"),
        "later": [one for one in shown if one.state == "later"],
        "earlier": [one for one in shown if one.state == "earlier"],
        "drafts": drafts_shown(request.actor),
    }
    return render(request, "guide/versions.html", context)


@page(visible_versions, only=Capacity.WORKER)
def model_version(request: Request, found: Version) -> HttpResponse:
    """One version in words, and what it changed."""
    guide = version(found.code)
    changes = changes_said(earlier(found), guide)
    return _look(request, lambda on: guide, "guide/version.html", begins=found.valid_from, changes=changes)


@page(visible_drafts, only=Capacity.WORKER)
def model_preview(request: Request, draft: Draft) -> HttpResponse:
    """A draft as it would be read when it holds."""
    shown = draft_shown(request.actor, draft)
    if shown.guide is None:
        return answers.not_found(request)
    guide = shown.guide
    address = reverse("model_draft", kwargs={"draft": draft.pk})
    return _look(request, lambda on: guide, "guide/preview.html", draft_address=address)


def _look(
    request: Request, guide_on: Callable[[date], Guide], template: str, dated: bool = False, **context: Any
) -> HttpResponse:
    """The model by what was chosen; what can't be chosen is as if nothing was."""
    day = _day(request.GET.get("on", "")) if dated else None
    guide = guide_on(day or timezone.localdate())
    form = LookForm(request.GET or None, levels=guide.levels, kinds=guide.service_kinds)
    form.is_valid()
    chosen = getattr(form, "cleaned_data", {})
    level, kind = chosen.get("level", ""), chosen.get("kind", "")
    everything = {"form": form, "told": told(guide, level, kind), "dated": dated, "on": day, "part": bool(level)}
    return render(request, template, {**everything, "may": request.actor.administers, **context})


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
