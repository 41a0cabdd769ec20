"""A case is closed with a reason and a note, and taken up again by the family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases import actions, rights, shown
from laget.cases.access import visible_cases
from laget.cases.addresses import home_of, start
from laget.cases.forms import CloseForm, NoteForm
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.cases.models import Case


@page(visible_cases, needs=rights.may_close, only=Capacity.WORKER, methods=("GET", "POST"))
def close_case(request: Request, case: Case) -> HttpResponse:
    """The holder closes the case; after that only the family reads it."""
    people = shown.around_named(request.actor, case)
    form = typed(request, CloseForm, reasons=shown.reasons(case), note=shown.note_rule(case), people=people)
    closed = carried_out(form, lambda data: actions.close_case(request.actor, case, **data))
    if closed is not None:
        return done(request, start(), _("The case is closed. The family can still read it; you can't."))
    return form_page(request, "cases/close.html", form, case=case, back=reverse("case_team", args=[case.pk]))


@page(visible_cases, needs=rights.may_reopen, methods=("GET", "POST"))
def reopen_case(request: Request, case: Case) -> HttpResponse:
    """The family takes the case up again."""
    form = typed(request, NoteForm, people=shown.around_named(request.actor, case))
    opened = carried_out(form, lambda data: actions.reopen_case(request.actor, case, note=data["note"]))
    if opened is not None:
        return done(request, home_of(request.actor, case), _("The case is taken up again."))
    return form_page(
        request, "cases/reopen.html", form, case=case, family=True, contact=shown.would_carry(case),
        back=home_of(request.actor, case),
    )  # fmt: skip
