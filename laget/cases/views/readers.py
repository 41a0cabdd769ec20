"""Who reads an entry: seen by those who may choose, and chosen anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases import actions, shown
from laget.cases.access import visible_cases, visible_entries
from laget.cases.forms import ChangeReadersForm
from laget.cases.reading import may_choose_readers, text_of
from laget.cases.rules import Choice

if TYPE_CHECKING:
    from laget.cases.models import Log


@page(visible_entries, needs=may_choose_readers, methods=("GET", "POST"))
def entry_readers(request: Request, entry: Log) -> HttpResponse:
    """Who reads an entry, who chose it, and others who are to read it."""
    actor, case = request.actor, visible_cases(request.actor).select_related("child").get(pk=entry.case_id)
    some, mine = shown.around(case), entry.author_id == actor.person
    offered = shown.offered(actor, case, childs_words=mine and entry.sort == "child_words")
    audience = shown.wished(request.POST.get("audience") or request.GET.get("audience"), offered, entry.audience)
    form = typed(
        request, ChangeReadersForm, {"audience": audience, "persons": [str(one) for one in entry.persons]},
        asks=shown.asks_for(audience) | ({"why"} if actor.is_worker else set()), must_say_why=not mine,
        people=shown.able(actor, case, audience, [entry.kind], some), grounds=shown.grounds(),
    )  # fmt: skip
    result = carried_out(form, lambda data: actions.choose_readers(actor, entry, choice=Choice(**form.choice())))
    back = reverse("case_log", args=[case.pk])
    if result is not None:
        return done(request, back, _("It is saved who reads this."))
    return form_page(
        request, "cases/readers.html", form, case=case, words=entry.words, back=(back, _("The log")),
        here=reverse("entry_readers", args=[entry.pk]), readers=some.reading(text_of(entry)),
        made=shown.choices_made(actor, entry.pk, some), offered=offered, audience=audience, family=actor.is_citizen,
    )  # fmt: skip
