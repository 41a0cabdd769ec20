"""Who reads an entry: seen by those who may choose, and chosen anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse

from laget.access.gate import Request, page
from laget.cases import actions
from laget.cases.access import visible_cases, visible_entries
from laget.cases.choosing import Standing, readers_page
from laget.cases.reading import may_choose_readers, text_of
from laget.cases.rules import Choice

if TYPE_CHECKING:
    from laget.cases.models import Log


@page(visible_entries, needs=may_choose_readers, methods=("GET", "POST"))
def entry_readers(request: Request, entry: Log) -> HttpResponse:
    """Who reads an entry, who chose it, and others who are to read it."""

    def choose(data: dict[str, Any]) -> Any:
        return actions.choose_readers(request.actor, entry, choice=Choice(**data))

    case = visible_cases(request.actor).select_related("child").get(pk=entry.case_id)
    standing = Standing(entry, text_of(entry), entry.words, childs_words=entry.sort == "child_words", log=True)
    return readers_page(request, case, standing, choose, reverse("case_log", args=[case.pk]))
