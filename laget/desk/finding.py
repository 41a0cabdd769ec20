"""Finding a child among one's own children: nothing found says the same as not allowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from laget.cases.access import visible_cases
from laget.consents.access import visible_requests
from laget.desk import words
from laget.desk.sights import children_named
from laget.kernel.actor import Actor
from laget.people.models import Name
from laget.people.rules import sort_key

MOST = 50


@dataclass(frozen=True)
class Found:
    """A child, and the page that the actor may open."""

    child_id: UUID
    name: str
    detail: str
    address: str


def find(actor: Actor, typed: str) -> list[Found]:
    """The actor's own children whose names hold every part of what was typed, sorted by name."""
    parts = [key for key in (sort_key(part) for part in typed.split()) if key]
    if not parts:
        return []
    holds = Q()
    for part in parts:
        holds &= Q(sort_key__contains=part)
    named = Name.objects.filter(holds, person_id=OuterRef("person_id"))
    case = visible_cases(actor).filter(child_id=OuterRef("person_id"))
    asked = visible_requests(actor).filter(child_id=OuterRef("person_id")).order_by("-asked_at")
    children = (
        children_named(actor)
        .annotate(
            key=Subquery(named.values("sort_key")[:1]),
            case=Subquery(case.values("pk")[:1]),
            asked=Subquery(asked.values("pk")[:1]),
        )
        .filter(key__isnull=False)
        .order_by("key", "person_id")
    )
    today = timezone.localdate()
    return [_found(child, today) for child in children[:MOST]]


def _found(child: Any, today: date) -> Found:
    address = ""
    if child.case:
        address = reverse("child_page", args=[child.case])
    elif child.asked:
        address = reverse("asked", args=[child.asked])
    detail = words.age_of(child.born, child.expected, today)
    return Found(child.person_id, child.child_name or "", detail, address)
