"""The page on which the readers of a text are chosen anew: for the log, and for the rooms above with such texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from laget.access.gate import Request
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases import shown
from laget.cases.forms import ChangeReadersForm
from laget.cases.models import Case
from laget.sight.rules import Text


@dataclass(frozen=True)
class Standing:
    """A text that stands: the row, what the rules ask about it, its words, and what else may be chosen for it."""

    row: Any
    text: Text
    words: str
    childs_words: bool = False
    log: bool = False


def readers_page(
    request: Request, case: Case, it: Standing, choose: Callable[[dict[str, Any]], Any], back: str
) -> HttpResponse:
    """Who reads it now, who chose that, and a form for others. `choose`: carries out a choice, by its names."""
    actor, some, mine = request.actor, shown.around(case), it.text.author == request.actor.person
    offered = shown.offered(actor, case, childs_words=it.childs_words and mine, log=it.log)
    audience = shown.wished(request.POST.get("audience") or request.GET.get("audience"), offered, it.row.audience)
    form = typed(
        request, ChangeReadersForm, {"audience": audience, "persons": [str(one) for one in it.row.persons]},
        asks=shown.asks_for(audience) | ({"why"} if actor.is_worker else set()), must_say_why=not mine,
        able=shown.able(actor, case, audience, [it.text.kind], some), grounds=shown.grounds(),
    )  # fmt: skip
    if carried_out(form, lambda _data: choose(form.choice())) is not None:
        return done(request, back, _("It is saved who reads this."))
    return form_page(
        request, "cases/readers.html", form, case=case, words=it.words, back=back, here=request.path,
        readers=some.reading(it.text), made=shown.choices_made(actor, it.row.pk, some), offered=offered,
        audience=audience, family=actor.is_citizen, in_log=it.log,
    )  # fmt: skip
