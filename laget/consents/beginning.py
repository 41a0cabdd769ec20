"""Where the pages of asking keep what was accepted, and how a higher room begins them with what it knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from laget.access import drafts
from laget.kernel.actor import Actor

PAGES = ("ask", "ask_child", "ask_what")


@dataclass(frozen=True)
class Origin:
    """What of the asker's own a question grew out of, and the day that was written. Never told by a form."""

    of: UUID
    noted_on: date


def kept_at(name: str) -> str:
    """The place of a page's accepted fields among the person's drafts."""
    return f"{reverse(name)}#kept"


def begin_asking(actor: Actor, *, safe: str, talked_on: date, child_words: str, origin: Origin) -> str:
    """Begin a new question, its first page answered by the asker elsewhere; answers where to go on.

    Nothing of a question that was begun before stays: it may be about another family.
    """
    forget(actor)
    fields = {"safe": safe, "talked_on": talked_on.isoformat(), "child_words": child_words}
    drafts.keep(actor, kept_at("ask"), _typed(fields))
    drafts.keep(actor, _origin(), _typed({"of": str(origin.of), "noted_on": origin.noted_on.isoformat()}))
    return reverse("ask_child")


def begun(actor: Actor) -> bool:
    """Whether the asker has a question that is not sent yet."""
    return any(drafts.find(actor, kept_at(name)) is not None for name in PAGES)


def origin_of(actor: Actor) -> Origin | None:
    """What the begun question grew out of."""
    found = drafts.find(actor, _origin())
    return Origin(UUID(found["of"][0]), date.fromisoformat(found["noted_on"][0])) if found else None


def detach(actor: Actor, of: UUID | None = None) -> None:
    """The begun question grows out of nothing any more. With `of`: only when it grew out of that."""
    found = origin_of(actor)
    if found is not None and of in (None, found.of):
        drafts.drop(actor, _origin())


def forget(actor: Actor) -> None:
    """Nothing of a begun question is left: it was sent, it shall not be asked, or another one begins."""
    for name in PAGES:
        drafts.drop(actor, kept_at(name))
        drafts.drop(actor, reverse(name))
    drafts.drop(actor, _origin())


def _origin() -> str:
    return f"{reverse('ask')}#origin"


def _typed(fields: dict[str, str]) -> QueryDict:
    made = QueryDict(mutable=True)
    made.update(fields)
    return made
