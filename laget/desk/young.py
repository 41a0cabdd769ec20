"""The page of a child or a young person about its own case: who is around me, what they may know, and what I said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access.prepared import prepared
from laget.cases.access import visible_entries, visible_views
from laget.desk.family import FamilyPage, Waiting, family_page
from laget.desk.shown import CoverShown, Member
from laget.desk.words import kind
from laget.kernel.actor import Actor
from laget.law.birthdays import Ahead, ahead
from laget.law.kinds import Kind
from laget.participation.access import visible_not_now, visible_trusted
from laget.participation.rules import decides_over_health
from laget.plans import ground
from laget.plans.access import visible_matters

SAID = 5
"""How many of one's own words are shown; the rest is in the log."""


@dataclass(frozen=True)
class Said:
    """Something I said, and when."""

    words: str
    at: datetime


@dataclass(frozen=True)
class YoungPage:
    """All that the page shows. `f` is what the family's page shows of the same child, by the same sights."""

    f: FamilyPage
    trusted: Member | None
    has_chosen: bool
    helpers: list[Member]
    home: list[Member]
    asked: list[Waiting]
    later: list[Waiting]
    said: list[Said]
    came_of_it: list[tuple[str, date | None]]
    waits: bool
    """Something in the plan is looked through before the child reads it."""
    turns: Ahead | None
    shares_health: bool

    def know(self, one: CoverShown) -> list[str]:
        """What a service may know, said to the child itself."""
        identity = kind(Kind.IDENTITY)
        return [_("Who you are") if label == identity else label for label in one.kinds]


def young_page(actor: Actor, child: Any) -> YoungPage:
    """Gather the page; `child` comes from `family_of`, and is the actor."""
    mine = _mine(actor)
    f = family_page(actor, child, {what for what, _at in mine["viewed"]})
    chosen = [what for what, _at in mine["trusted"]]
    left = {reverse(page, args=[what]) for what, _at in mine["left"] for page in ("consent", "offer")}
    helpers = [one for one in f.team if not one.family]
    said = [Said(text, at) for text, at in mine["said"][:SAID]]
    return YoungPage(
        f=f,
        trusted=next((one for one in helpers if chosen and str(one.position) == chosen[0]), None),
        has_chosen=bool(chosen),
        helpers=helpers,
        home=[one for one in f.team if one.family and one.person != actor.person],
        asked=[one for one in f.asked if one.href not in left],
        later=[one for one in f.asked if one.href in left],
        said=said,
        came_of_it=_since(f, min((one.at for one in said), default=None)),
        waits=bool(f.case) and ground.unlooked(f.child),
        turns=next(iter(ahead(child.born, f.today)), None) if child.born else None,
        shares_health=decides_over_health(child.born, f.today),
    )


def _since(f: FamilyPage, first: datetime | None) -> list[tuple[str, date | None]]:
    """What was agreed after the first of these words: what somebody does, and by when."""
    if first is None:
        return []
    done = [one for goal in f.plan.goals for one in goal.measures if one.open and one.agreed >= first]
    return [(f"{one.words} – {one.who}", one.due) for one in done]


def _mine(actor: Actor) -> dict[str, list[tuple[str, datetime]]]:
    """What the child has chosen, left unanswered and said itself: by sort, the newest first."""
    found: dict[str, list[tuple[str, datetime]]] = {"trusted": [], "left": [], "said": [], "viewed": []}
    for sort, what, at, _id in _own_rows(actor):
        found[sort].append((what or "", at))
    return found


@prepared
def _own_rows(actor: Actor) -> QuerySet[Any, Any]:
    """In one statement, since the page has few to spend; each part by its own room's sight."""
    mine = Q(child_id=actor.person)
    parts = [
        _rows(visible_trusted(actor).filter(mine), "trusted", "position_id"),
        _rows(visible_not_now(actor).filter(mine), "left", "subject"),
        _rows(visible_views(actor).filter(mine, person_id=actor.person), "viewed", "offer_id"),
        _rows(visible_entries(actor).filter(mine, author_id=actor.person), "said", "words"),
        _rows(visible_matters(actor).filter(mine, by_id=actor.person), "said", "words"),
    ]
    return parts[0].union(*parts[1:], all=True).order_by("-at", "-id")


def _rows(rows: QuerySet[Any, Any], sort: str, what: str) -> QuerySet[Any, Any]:
    named: QuerySet[Any, Any] = rows.order_by().annotate(
        told=Value(sort, output_field=CharField()), what=Cast(what, TextField())
    )
    told: QuerySet[Any, Any] = named.values_list("told", "what", "at", "id")
    return told
