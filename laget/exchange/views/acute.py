"""A child is in danger now: whom to call, and afterwards what was done. Works at once, on a phone, without a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.concerns.access import may_note, names_known, visible_worries
from laget.concerns.actions import note_acute
from laget.exchange import actions, beginning, forms
from laget.exchange.access import may_report
from laget.exchange.calling import calls
from laget.exchange.rules.report import ACUTE
from laget.families.access import visible_children
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.concerns.models import Worry
    from laget.families.models import Child

FORM = ("GET", "POST")


def _shown(
    request: Request, form: Any, back: str, after: str, *, without_name: bool = False, share: str = ""
) -> HttpResponse:
    context = {"back": back, "calls_first": calls(), "after": after, "without_name": without_name, "share": share}
    return form_page(request, "exchange/danger.html", form, **context)


def _into_report(request: Request, parts: beginning.Parts, back: str, share: str = "") -> HttpResponse:
    """What was done becomes the beginning of a report to child welfare."""
    form = typed(request, forms.AcuteForm)

    def begin(data: dict[str, Any]) -> Any:
        position = request.actor.places[0].position
        own = beginning.of_reporter(request.actor, position)
        return actions.begin_report(request.actor, position, {**own, **parts, ACUTE: {"done": data["done"]}})

    begun = carried_out(form, begin)
    if begun is not None:
        return done(request, reverse("report", args=[begun.value.pk]), _("Saved. Only you can read it."))
    after = _("What you write is kept as the beginning of a report to child welfare.")
    return _shown(request, form, back, after, share=share)


@page(needs=may_report, only=Capacity.WORKER, methods=FORM, silent=True)
def acute(request: Request) -> HttpResponse:
    """Whom to call when a child is in danger, and what was done."""
    return _into_report(request, {}, reverse("home"))


@page(visible_children, needs=may_report, only=Capacity.WORKER, methods=FORM, silent=True)
def acute_of_child(request: Request, child: Child) -> HttpResponse:
    """Whom to call when this child is in danger, and what was done. Only the writer reads it."""
    parts = beginning.of_child(request.actor, child) if request.method == "POST" else {}
    share = reverse("share", args=[child.pk, "F1"])
    return _into_report(request, parts, reverse("child_home", args=[child.pk]), share)


@page(visible_worries, needs=may_note, only=Capacity.WORKER, methods=FORM, silent=True)
def acute_of_worry(request: Request, worry: Worry) -> HttpResponse:
    """Whom to call when the child of one's worry is in danger; what was done stands in the worry."""
    part = worry.note.part("acute")
    names = names_known(request.actor) if request.method == "POST" else ()
    first = {"done": part.get("done", ""), "version": worry.note.version("acute")}
    form = typed(request, forms.CarefulAcuteForm, first, names=names)

    def note(data: dict[str, Any]) -> Any:
        return note_acute(request.actor, worry, done=data["done"], version=data["version"] or 0)

    back = reverse("worry", args=[worry.pk])
    if carried_out(form, note) is not None:
        return done(request, back, _("Saved. Only you can read it."))
    after = _("Only you can read it. No names here; call the child «the child».")
    return _shown(request, form, back, after, without_name=True)
