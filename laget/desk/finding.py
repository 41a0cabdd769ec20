"""Finding a child among one's own children: nothing found says the same as not allowed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from laget.access.prepared import prepared
from laget.cases.access import visible_cases
from laget.consents.access import visible_requests
from laget.desk import words
from laget.desk.sights import children_named
from laget.kernel.actor import Actor
from laget.people.models import Name
from laget.people.rules import clean_text, sort_key

MOST = 50
LONGEST = 200


@dataclass(frozen=True)
class Found:
    """A child, and the page that the actor may open."""

    child_id: UUID
    name: str
    detail: str
    address: str


def find(actor: Actor, typed: str) -> list[Found]:
    """The actor's own children whose names hold every part of what was typed, sorted by name.

    Whom the actor only asks about is found by the name that the actor typed, once for each time it was asked: what is
    registered would tell that the child was known before.
    """
    parts = [key for key in (sort_key(part) for part in clean_text(typed, 4 * LONGEST).split()) if key]
    if not parts:
        return []
    today = timezone.localdate()
    found = [*_known(actor, parts, today), *_asked_about(actor, parts, today)]
    return [one for _key, one in sorted(found, key=lambda pair: pair[0])][:MOST]


def _known(actor: Actor, parts: list[str], today: date) -> Iterator[tuple[str, Found]]:
    """Children whose names the actor may read."""
    for child in _own(actor):
        if all(part in child.key for part in parts):
            yield child.key, _found(child, today)


@prepared
def _own(actor: Actor) -> QuerySet[Any]:
    """All that one could find. It is looked through here: what people type is no part of a prepared query."""
    named = Name.objects.filter(person_id=OuterRef("person_id"))
    case = visible_cases(actor).filter(child_id=OuterRef("person_id"))
    asked = visible_requests(actor).filter(child_id=OuterRef("person_id")).order_by("-asked_at")
    return (
        children_named(actor)
        .annotate(
            key=Subquery(named.values("sort_key")[:1]),
            case=Subquery(case.values("pk")[:1]),
            asked=Subquery(asked.values("pk")[:1]),
        )
        .filter(key__isnull=False)
        .order_by("key", "person_id")
    )


def _found(child: Any, today: date) -> Found:
    address = ""
    if child.case:
        address = reverse("child_page", args=[child.case])
    elif child.asked:
        address = reverse("asked", args=[child.asked])
    detail = words.age_of(child.born, child.expected, today)
    return Found(child.person_id, child.child_name or "", detail, address)


def _asked_about(actor: Actor, parts: list[str], today: date) -> Iterator[tuple[str, Found]]:
    """Children whose names the actor has only typed."""
    for asked in _typed_by(actor):
        told = asked.typed.get("child") or {}
        key = sort_key(told.get("name", ""))
        if all(part in key for part in parts):
            detail = words.age_of(_day(told.get("born")), _day(told.get("expected")), today)
            yield key, Found(asked.child_id, told["name"], detail, reverse("asked", args=[asked.pk]))


@prepared
def _typed_by(actor: Actor) -> QuerySet[Any]:
    unnamed = ~Exists(Name.objects.filter(person_id=OuterRef("child_id")))
    return visible_requests(actor).filter(unnamed, asked_by_id=actor.person).order_by("asked_at", "id")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
