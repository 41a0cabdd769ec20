"""Openings as their pages show them: what lies behind, what was opened, and what a review needs to know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laget.directory.models import Position
from laget.directory.reading import names
from laget.emergency import ground, rules
from laget.emergency.access import controlled_openings, visible_holds, visible_reviews
from laget.emergency.models import Opening
from laget.kernel.actor import Actor
from laget.kernel.text import N_
from laget.law.kinds import LABELS, Kind

SORTS = {
    "kindergarten": N_("Kindergarten"),
    "school": N_("School"),
    "health_clinic": N_("Health station and school health"),
    "health_care": N_("Health and care"),
    "ppt": N_("Educational and psychological service"),
    "child_welfare": N_("Child welfare"),
}
"""Sorts that may be named; one whose sort tells where somebody lives or hides is another service."""
STATES: dict[str, tuple[str, str]] = {
    rules.State.ASKED: (N_("Asked, not opened"), "neutral"),
    rules.State.OPEN: (N_("Open now"), "danger"),
    rules.State.WAITING: (N_("Waits for review"), "warning"),
    rules.State.LATE: (N_("Review is late"), "danger"),
    rules.State.OK: (N_("Was right"), "success"),
    rules.State.FOLLOW_UP: (N_("To be followed up"), "warning"),
    rules.State.NOT_OK: (N_("Against the rules"), "danger"),
}
PAGES = {
    "emergency.step_two": N_("Saw that there is something"),
    "emergency.opened": N_("Read the record"),
}
ROWS = 100


@dataclass(frozen=True)
class Entry:
    at: datetime
    kind: str
    words: str
    who: str
    service: str


@dataclass(frozen=True)
class Opened:
    """What an emergency opens, and no more."""

    child: str
    born: date | None
    people: list[tuple[Any, ...]]
    parents: list[str]
    entries: list[Entry]


def behind(opening: Opening) -> list[str]:
    """The sorts of services that know something; one whose sort tells where somebody hides is not named."""
    found = [_(SORTS[sort]) if sort in SORTS else _("Another service") for sort in ground.behind(opening.pk)]
    return sorted(set(found))


def opened(opening: Opening) -> Opened:
    """Four statements."""
    child, born = ground.child(opening.pk)
    entries = [
        Entry(at, _(LABELS[Kind(kind)]), words, who or "", service or "")
        for _id, at, kind, words, who, service in ground.entries(opening.pk)
    ]
    parents = [name for name, _relation in ground.parents(opening.pk)]
    return Opened(child, born, ground.people(opening.pk), parents, entries)


def own_positions(actor: Actor) -> list[tuple[str, str]]:
    """The actor's positions in services that work under an act, as choices."""
    places = [place.position for place in actor.places if place.act]
    held = Position.objects.select_related("unit").filter(pk__in=places).order_by("since", "id")
    return [(str(one.pk), f"{one.title}, {one.unit.name}") for one in held]


@dataclass(frozen=True)
class Said:
    """What somebody found or decided, and why. told: from when the family may know, where that is what it is about."""

    who: str
    why: str
    at: datetime
    found: str = ""
    told: datetime | None = None


@dataclass(frozen=True)
class Shown:
    """One opening, for those who control it: never which child, never what was read in it."""

    address: str
    who: str
    where: str
    reason: str
    words: str
    asked_at: datetime
    opened_at: datetime | None
    until: datetime | None
    due: date
    told_from: datetime
    state: str
    label: str
    colour: str
    often: str = ""
    readings: tuple[tuple[datetime, str], ...] = ()
    said: tuple[Said, ...] = ()


def _with_outcomes(actor: Actor) -> QuerySet[Any]:
    said = visible_reviews(actor).filter(opening_id=OuterRef("pk")).order_by("at", "id")
    same = (
        Opening.objects.filter(worker_id=OuterRef("worker_id"), asked_at__lte=OuterRef("asked_at"))
        .filter(asked_at__gt=OuterRef("asked_at") - rules.OFTEN)
        .order_by()
        .values("worker_id")
        .annotate(all=Count("pk"))
        .values("all")
    )
    return controlled_openings(actor).annotate(
        outcomes=ArraySubquery(said.values("outcome")), often=Coalesce(Subquery(same), Value(1))
    )


def listed(actor: Actor) -> list[Shown]:
    """Newest first, those that wait before the others. Two statements, however many there are."""
    rows = list(_with_outcomes(actor).order_by("-asked_at", "id")[:ROWS])
    done = {rules.State.ASKED, rules.State.OK, rules.State.NOT_OK}
    return sorted(_shown(rows), key=lambda one: one.state in done)


def one(actor: Actor, opening: Opening) -> Shown:
    """With what was read, and what was found and decided."""
    rows = list(_with_outcomes(actor).filter(pk=opening.pk))
    said = tuple(decided(actor, opening))
    read = tuple((at, _(PAGES.get(page, PAGES["emergency.opened"]))) for at, page in ground.readings(opening.pk))
    return _shown(rows, readings=read, said=said)[0]


def decided(actor: Actor, opening: Opening, *, reviews: bool = True) -> list[Said]:
    """What was found, and when the family was to be told; in the order that it was said."""
    found = list(visible_reviews(actor).filter(opening_id=opening.pk)) if reviews else []
    holds = list(visible_holds(actor).filter(opening_id=opening.pk))
    called = names([*(row.by_id for row in found), *(row.by_id for row in holds)])

    def who(by: UUID) -> str:
        return called[by].full if by in called else _("One who works there")

    said = [
        *(Said(who(row.by_id), row.words, row.at, found=_(STATES[row.outcome][0])) for row in found),
        *(Said(who(row.by_id), row.reason, row.at, told=row.until) for row in holds),
    ]
    return sorted(said, key=lambda one: one.at)


def _shown(rows: Iterable[Any], **more: Any) -> list[Shown]:
    rows = list(rows)
    called = names(row.worker_id for row in rows)
    return [_one(row, called[row.worker_id].full if row.worker_id in called else "", **more) for row in rows]


def _one(row: Any, who: str, **more: Any) -> Shown:
    code = rules.state(row.opened_at, row.until, row.due, row.outcomes, timezone.localtime())
    label, colour = STATES[code]
    place = row.position
    often = (
        ngettext("%(num)s time in thirty days", "%(num)s times in thirty days", row.often) % {"num": row.often}
        if row.often > 1
        else ""
    )
    return Shown(
        address=reverse("review", args=[row.pk]), who=who or _("One who works there"),
        where=f"{place.title}, {place.unit.service.name}", reason=_(rules.REASONS[rules.Reason(row.reason)]),
        words=row.words, asked_at=row.asked_at, opened_at=row.opened_at, until=row.until, due=row.due,
        told_from=row.told_from, state=code, label=_(label), colour=colour, often=often, **more,
    )  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Numbers without names, of what one controls since a moment."""

    asked: int
    opened: int
    waiting: int
    late: int
    not_ok: int
    held: int


def figures(actor: Actor, since: datetime) -> Figures:
    """One statement."""
    said = visible_reviews(actor).filter(opening_id=OuterRef("pk")).order_by("-at", "-id")
    last = Coalesce(Subquery(said.values("outcome")[:1]), Value(""))
    open_to_review = Q(opened_at__isnull=False, last="")
    counted = (
        controlled_openings(actor)
        .filter(asked_at__gte=since)
        .order_by()
        .annotate(last=last)
        .aggregate(
            asked=Count("pk"),
            opened=Count("pk", filter=Q(opened_at__isnull=False)),
            waiting=Count("pk", filter=open_to_review),
            late=Count("pk", filter=open_to_review & Q(due__lt=timezone.localdate())),
            not_ok=Count("pk", filter=Q(last=rules.Outcome.NOT_OK)),
            held=Count("pk", filter=Q(told_from__gt=timezone.now(), opened_at__isnull=False)),
        )
    )
    return Figures(**counted)
