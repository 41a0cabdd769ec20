"""Where the pages of asking keep what was accepted, and how a higher room begins them with what it knows."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from laget.access import drafts
from laget.kernel.actor import Actor


def kept_at(name: str) -> str:
    """The place of a page's accepted fields among the person's drafts."""
    return f"{reverse(name)}#kept"


def begin_asking(actor: Actor, *, safe: str, talked_on: date, child_words: str, origin: UUID) -> str:
    """Answer the first page for the asker, who has just said all of it elsewhere; answers where to go on."""
    fields = QueryDict(mutable=True)
    fields.update({"safe": safe, "talked_on": talked_on.isoformat(), "child_words": child_words, "origin": str(origin)})
    drafts.drop(actor, reverse("ask"))
    drafts.keep(actor, kept_at("ask"), fields)
    return reverse("ask_child")
