"""What the main pages show, as values: a page, and whoever makes something else of it later, read the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from laget.desk import words
from laget.guide.rules import Guide, UnknownCode
from laget.guide.words import text
from laget.kernel.period import FOREVER
from laget.plans.models import Goal
from laget.plans.rules import review_day
from laget.plans.rules import stage as stage_of


@dataclass(frozen=True)
class Member:
    """Somebody around the child."""

    person: UUID
    name: str
    role: str
    service: str
    phone: str
    position: UUID | None
    holder: bool
    family: bool

    @property
    def detail(self) -> str:
        return ", ".join(part for part in (self.role, self.service) if part)


@dataclass(frozen=True)
class MeasureShown:
    """What somebody does, and where it stands."""

    id: UUID
    words: str
    who: str
    due: date
    state: str
    colour: str
    open: bool
    ours: bool
    late: bool
    agreed: datetime


@dataclass(frozen=True)
class GoalShown:
    """What we want to reach, and what is done for it."""

    id: UUID
    words: str
    open: bool
    state: str
    colour: str
    review: date | None
    late: bool
    measures: tuple[MeasureShown, ...]


@dataclass(frozen=True)
class CoverShown:
    """What one service may know, by one consent."""

    service: str
    service_id: UUID
    kinds: tuple[str, ...]
    until: datetime
    asked: UUID | None
    by_consent: bool
    since: datetime


@dataclass(frozen=True)
class Next:
    """The one next step."""

    title: str
    text: str = ""
    href: str = ""
    label: str = ""
    when: date | None = None
    post: str = ""
    also: tuple[str, str] | None = None


@dataclass(frozen=True)
class Matter:
    """What matters to the child, in whose words."""

    words: str
    voice: str
    how: str
    name: str


@dataclass(frozen=True)
class Plan:
    """Open goals, and how many are finished."""

    goals: tuple[GoalShown, ...] = ()
    finished: tuple[GoalShown, ...] = field(default=())

    @property
    def due(self) -> GoalShown | None:
        """The goal to look at first."""
        waiting = [goal for goal in self.goals if goal.review]
        return min(waiting, key=lambda goal: goal.review or date.max, default=None)


@dataclass(frozen=True)
class StandIn:
    """Somebody stands in for the holder; `last` is the last day."""

    name: str
    role: str
    service: str
    phone: str
    since: datetime
    last: datetime
    now: bool


def stand_ins(baton: Any) -> list[StandIn]:
    """Who stands in for the holder of this baton, now or later."""
    now = timezone.now()
    found = []
    for row in getattr(baton, "stand_ins", ()):
        since, until = datetime.fromisoformat(row["since"]), datetime.fromisoformat(row["until"])
        found.append(
            StandIn(
                row["name"] or _("Somebody"), row["title"], row["service"], row["phone"] or "", since,
                until - timedelta(seconds=1), since <= now < until,
            )
        )  # fmt: skip
    return found


def team(rows: Iterable[dict[str, Any]], holder: UUID | None) -> list[Member]:
    """The family first, then the services; the one who holds the baton first among them. One entry each."""
    found: dict[tuple[str, str | None], Member] = {}
    for row in rows:
        family = row["position"] is None
        position = UUID(row["position"]) if row["position"] else None
        found[row["person"], row["position"]] = Member(
            person=UUID(row["person"]),
            name=row["name"] or _("A name you may not see"),
            role=words.related(row["relation"], row["kind"], row["away"]) if family else row["title"],
            service="" if family else row["service"],
            phone=row["phone"] or "",
            position=position,
            holder=position is not None and position == holder,
            family=family,
        )
    return sorted(found.values(), key=lambda one: (not one.family, not one.holder))


def covers(rows: Iterable[dict[str, Any]]) -> list[CoverShown]:
    """One line for each service and consent."""
    grouped: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault((row["service"], row["asked"]), []).append(row)
    return [
        CoverShown(
            service=group[0]["name"],
            service_id=UUID(service),
            kinds=words.kinds(row["kind"] for row in group),
            until=min(_last_moment(row["until"]) for row in group),
            asked=UUID(asked) if asked else None,
            by_consent=group[0]["origin"] == "consent",
            since=min(datetime.fromisoformat(row["since"]) for row in group),
        )
        for (service, asked), group in grouped.items()
    ]


def _last_moment(until: str) -> datetime:
    """A cover ends as the next day begins; people are told its last day."""
    ends = datetime.fromisoformat(until)
    return ends if ends >= FOREVER else ends - timedelta(seconds=1)


def ended(rows: Sequence[dict[str, Any]], guide: Guide) -> tuple[str, str] | None:
    """Why the case was closed, as the guide tells families, and the note."""
    if not rows or rows[0]["sort"] != "closed":
        return None
    try:
        return text(guide.closing(rows[0]["reason"]).family), rows[0]["note"]
    except UnknownCode:
        return "", rows[0]["note"]


def matter(rows: Sequence[dict[str, Any]]) -> Matter | None:
    return Matter(rows[0]["words"], rows[0]["voice"], rows[0]["how"], rows[0]["name"] or "") if rows else None


def plan(goals: Iterable[Goal], guide: Guide, on: date) -> Plan:
    """Goals with their measures."""
    shown = [_goal(goal, guide, on) for goal in goals]
    return Plan(tuple(one for one in shown if one.open), tuple(one for one in shown if not one.open))


def _goal(goal: Any, guide: Guide, on: date) -> GoalShown:
    measures = tuple(_measure(row, guide, on) for row in goal.measures_shown)
    review = review_day(one.due for one in measures if one.open)
    late = review is not None and review < on
    if not goal.open:
        state, colour = words.outcome(guide, goal.outcome) or _("Finished"), "success"
    elif late:
        state, colour = _("Time to look at it together"), "warning"
    elif measures:
        state, colour = _("Underway"), "info"
    else:
        state, colour = _("Not begun"), "neutral"
    return GoalShown(goal.pk, goal.words, goal.open, state, colour, review, late and goal.open, measures)


def _measure(row: dict[str, Any], guide: Guide, on: date) -> MeasureShown:
    start, due = date.fromisoformat(row["start"]), date.fromisoformat(row["due"])
    at = stage_of(guide, start, due, on, ended=not row["open"])
    state, colour = words.stage(at)
    home = row["place"] == "home"
    name = row["name"] if home else row["worker"]
    who = ", ".join(part for part in (name, None if home else row["service"]) if part)
    return MeasureShown(
        UUID(row["id"]), row["words"], who, due, state, colour, row["open"], home, row["open"] and due < on,
        datetime.fromisoformat(row["agreed"]),
    )  # fmt: skip
