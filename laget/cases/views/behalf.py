"""What one of the family said, written down by a worker, and what that one says to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases import actions, rights, rules, shown
from laget.cases.access import visible_cases, visible_entries
from laget.cases.forms import MeantForm, WriteForForm
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.cases.models import Case, Log


@page(visible_cases, needs=rights.may_write_for, only=Capacity.WORKER, methods=("GET", "POST"))
def write_for(request: Request, case: Case) -> HttpResponse:
    """Write down what somebody said who can't write it alone."""
    actor, some = request.actor, shown.around(case)
    kinds = shown.ordered(rights.writable_kinds(actor, case))
    form = typed(
        request, WriteForForm, {"kind": "everyday" if "everyday" in kinds else ""},
        family=shown.family_around(some), kinds=[(one, shown.kind_label(one)) for one in kinds],
        spoken=[(code, _(label)) for code, label in rules.SPOKEN.items()], people=shown.named(actor, some),
    )  # fmt: skip
    written = carried_out(form, lambda data: actions.write_for(actor, case, **data))
    back = reverse("case_log", args=[case.pk])
    if written is not None:
        return done(request, back, _("It is written in the log, and the person is told."))
    return form_page(request, "cases/write_for.html", form, case=case, back=back, nobody=not shown.family_around(some))


@page(visible_entries, needs=rights.may_say_meant, only=Capacity.CITIZEN, methods=("GET", "POST"))
def spoken_for(request: Request, entry: Log) -> HttpResponse:
    """What was written for the reader, who can say that it was meant otherwise."""
    form = typed(request, MeantForm)
    said = carried_out(form, lambda data: actions.say_what_was_meant(request.actor, entry, words=data["words"]))
    back = reverse("case_log", args=[entry.case_id])
    if said is not None:
        return done(request, back, _("Thank you. What you say stands beside it, and the one who wrote it is told."))
    some = shown.around(entry.case, [entry.author_id])
    return form_page(
        request, "cases/spoken_for.html", form, entry=entry, back=back, by=some.name(entry.author_id),
        spoken=_(rules.SPOKEN.get(entry.spoken, "")) if entry.spoken else "",
    )  # fmt: skip
