"""Who reads a text is chosen before it is written, and anew: for the log, and for the rooms above with such texts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from laget.access import drafts
from laget.access.gate import Request
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases import shown
from laget.cases.forms import ChangeReadersForm
from laget.cases.models import Case
from laget.cases.shown import Around
from laget.sight.rules import NEEDS_GROUND, Text, who_reads


@dataclass(frozen=True)
class Standing:
    """A text that stands: the row, what the rules ask about it, its words, and what else may be chosen for it.

    under: what it stands under, and is no wider than.
    """

    row: Any
    text: Text
    words: str
    childs_words: bool = False
    log: bool = False
    under: Text | None = None


@dataclass(frozen=True)
class Choosing:
    """What a page with a new text offers. `asked`: what its form is made with, besides its own."""

    some: Around
    offered: dict[str, tuple[str, str]]
    audience: str
    asked: dict[str, Any]

    @property
    def shown(self) -> dict[str, Any]:
        return {"offered": self.offered, "audience": self.audience}


def choosing(  # noqa: PLR0913 - what a choice of readers leans on
    request: Request,
    case: Case,
    kinds: Iterable[str],
    *,
    childs_words: bool = False,
    log: bool = False,
    under: Text | None = None,
) -> Choosing:
    """Whom a new text of one of these kinds may be for. `under`: what it will stand under, and be no wider than."""
    actor, some = request.actor, shown.around(case)
    offered = shown.offered(actor, case, childs_words=childs_words, log=log)
    offered = shown.no_wider(offered, under) if under else offered
    audience = wished(request, "audience", offered)
    able = shown.able(actor, case, audience, kinds, some)
    if under:
        reading = {str(one.person) for one in who_reads(some.readers, under)}
        able = [one for one in able if one[0] in reading]
    asked = {
        "asks": shown.asks_for(audience) if audience != shown.AS_ABOVE else frozenset(), "able": able,
        "grounds": shown.grounds(), "people": shown.named(actor, some),
    }  # fmt: skip
    return Choosing(some, offered, audience, asked)


def wished(request: Request, name: str, known: Collection[str]) -> str:
    """What is being written, or for whom: as posted, as linked to, as left in a draft, else what is usual."""
    asked = request.POST.get(name) or request.GET.get(name)
    if not asked:
        asked = ((drafts.left(request) or {}).get(name) or [""])[0]
    return asked if asked in known else next(iter(known))


def readers_page(
    request: Request, case: Case, it: Standing, choose: Callable[[dict[str, Any]], Any], back: str
) -> HttpResponse:
    """Who reads it now, who chose that, and a form for others. `choose`: carries out a choice, by its names."""
    actor, some, mine = request.actor, shown.around(case), it.text.author == request.actor.person
    offered = shown.offered(actor, case, childs_words=it.childs_words and mine, log=it.log)
    offered = shown.no_wider(offered, it.under, anew=True) if it.under else offered
    audience = shown.wished(request.POST.get("audience") or request.GET.get("audience"), offered, it.row.audience)
    made = shown.choices_made(actor, it.row.pk, some)
    last = made[0] if made and it.row.audience in NEEDS_GROUND else {}
    form = typed(
        request, ChangeReadersForm,
        {"audience": audience, "persons": [str(one) for one in it.row.persons], "ground": last.get("code", "")},
        asks=shown.asks_for(audience) | ({"why"} if actor.is_worker else set()), must_say_why=not mine,
        able=shown.able(actor, case, audience, [it.text.kind], some, it.text.author), grounds=shown.grounds(),
        people=shown.named(actor, some),
    )  # fmt: skip
    if carried_out(form, lambda _data: choose(form.choice())) is not None:
        return done(request, back, _("It is saved who reads this."))
    return form_page(
        request, "cases/readers.html", form, case=case, words=it.words, back=back, here=request.path,
        readers=some.reading(it.text), made=made, offered=offered, look_again=last.get("review_on"),
        audience=audience, family=actor.is_citizen, in_log=it.log,
    )  # fmt: skip
