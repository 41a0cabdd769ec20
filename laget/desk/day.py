"""My day: what waits for a worker, across all the children the worker has a place around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, overload
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from laget.access.prepared import prepared
from laget.cases.access import visible_batons, visible_cases, visible_invitations, visible_offers
from laget.cases.models import OfferState
from laget.concerns.shown import Row
from laget.concerns.shown import my_day as worries_of
from laget.consents.access import visible_requests
from laget.desk.sights import asked_name, children_named, full_name, waiting_for
from laget.families.models import Child
from laget.guide.national import current
from laget.guide.rules import deadline
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.plans.access import visible_measures
from laget.sight.models import Cover

MOST = 60
AHEAD = timedelta(days=14)


class Day(Sequence[Any]):
    """The rows that are shown, in order, each with `child_id`; and the same rows by what they are."""

    def __init__(self, actor: Actor) -> None:
        self.today = timezone.localdate()
        self.held: list[Any] = []
        self.around: list[Any] = []
        self.offers: list[Any] = []
        self.invitations: list[Any] = []
        self.due: list[Any] = []
        self.requests: list[Any] = []
        self.children: list[Any] = []
        self.worries: list[Row] = []
        self._gather(actor)
        lists = (self.held, self.offers, self.invitations, self.due, self.requests, self.around, self.children)
        self._rows = [row for rows in lists for row in rows]

    def _gather(self, actor: Actor) -> None:
        if actor.is_citizen:
            self.children = _children(actor, timezone.now())
            return
        if not actor.places:
            return
        batons = _open(actor)
        for row in batons:
            row.stands_in = row.mine and row.position_id not in actor.positions
        self.held = [row for row in batons if row.mine]
        self.around = [row for row in batons if not row.mine]
        asked = [Asked(*row[:5]) for row in _asked(actor)]
        self.offers = [row for row in asked if row.sort == "offer"]
        self.invitations = [row for row in asked if row.sort == "invitation"]
        self.due = _due(actor, self.today + AHEAD)
        self.requests = _requests(actor, timezone.now(), timezone.now() + _notice())
        self.worries = worries_of(actor, self.today)

    @property
    def answer_first(self) -> list[Any]:
        """Batons held for the time being; who stands in for an acting holder accepts nothing."""
        return [row for row in self.held if row.acting and not row.stands_in]

    @property
    def late(self) -> list[Any]:
        return [row for row in self.due if row.due < self.today]

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)


def my_day(actor: Actor, request: HttpRequest) -> Day:
    """For the gate, which records what is shown as one reading."""
    return Day(actor)


@prepared
def _children(actor: Actor, now: datetime) -> QuerySet[Child]:
    waits = Exists(waiting_for(actor, now).filter(child_id=OuterRef("person_id")))
    return children_named(actor).annotate(waits=waits).order_by("-waits", "born", "person_id")


@prepared
def _open(actor: Actor) -> QuerySet[Any]:
    """The baton of each open case the actor takes part in: those held come first, then the others, with who holds."""
    rows = visible_batons(actor).filter(until=FOREVER)
    standing = visible_offers(actor).filter(case_id=OuterRef("case_id"), state=OfferState.OFFERED)
    named = rows.with_deputy().annotate(
        child_name=full_name("child_id"),
        holder_name=full_name("position__person_id"),
        offered=Exists(standing),
        mine=Case(
            When(Q(position_id__in=actor.positions) | Q(deputy_now__in=actor.positions), then=True), default=False
        ),
    )
    return named.select_related("case").order_by("-mine", "-acting", "child_name", "id")[:MOST]


@dataclass(frozen=True)
class Asked:
    """An offer of the baton, or an invitation to a team, that waits for the actor's answer."""

    sort: str
    pk: UUID
    child_id: UUID
    child_name: str | None
    by: str | None


@prepared
def _asked(actor: Actor) -> QuerySet[Any, Any]:
    """Offers and invitations in one statement: sort, id, child, the child's name, and who asks."""
    offers = visible_offers(actor).filter(state=OfferState.OFFERED, receiver_id__in=actor.positions)
    invitations = visible_invitations(actor).filter(state="sent", position_id__in=actor.positions)
    shown = ("sort", "pk", "child_id", "child_name", "by", "made_at")
    both = [
        rows.order_by().annotate(sort=Value(sort), child_name=full_name("child_id"), by=by).values_list(*shown)
        for sort, rows, by in (
            ("offer", offers, Coalesce(full_name("giver__person_id"), "giver__unit__service__name")),
            ("invitation", invitations, full_name("made_by_id")),
        )
    ]
    return both[0].union(both[1], all=True).order_by("sort", "made_at", "pk")[: 2 * MOST]


@prepared
def _due(actor: Actor, last: date) -> QuerySet[Any]:
    """Measures of mine, and all in the cases I lead, that are due by that day or have passed their day."""
    carried = Q(position_id__in=actor.positions) | Q(deputy_now__in=actor.positions)
    held = visible_batons(actor).filter(until=FOREVER).with_deputy().filter(carried).values("case_id")
    mine = Q(position_id__in=actor.positions) | Q(goal__case_id__in=held)
    rows = visible_measures(actor).filter(mine, ended_at=FOREVER, due__lte=last)
    open_case = visible_cases(actor).filter(closed_at=FOREVER, child_id=OuterRef("child_id"))
    named = rows.filter(Exists(open_case)).annotate(child_name=full_name("child_id"))
    return named.order_by("due", "id")[:MOST]


@prepared
def _requests(actor: Actor, now: datetime, renewal: datetime) -> QuerySet[Any]:
    """My requests for consent: still waiting, given and ready to open, or with a cover that ends soon."""
    given = Cover.objects.filter(child_id=OuterRef("child_id"), origin_id=OuterRef("pk"))
    covers = Cover.objects.in_force().filter(child_id=OuterRef("child_id"), origin_id=OuterRef("pk"))
    case = visible_cases(actor).filter(child_id=OuterRef("child_id"))
    rows = (
        visible_requests(actor)
        .filter(asked_by_id=actor.person, ended_at=FOREVER)
        .select_related("service")
        .annotate(
            child_name=asked_name(),
            covered=Exists(covers),
            taken_back=Exists(given.filter(until__lte=now)) & ~Exists(covers),
            has_case=Exists(case),
            ends_soon=Exists(covers.filter(until__lt=renewal)),
        )
    )
    waiting = Q(covered=False, answer_by__gt=now)
    wanted = rows.filter(waiting | Q(covered=True, opens_case=True, has_case=False) | Q(ends_soon=True))
    return wanted.order_by("asked_at", "id")[:MOST]


def _notice() -> timedelta:
    """How long before a consent ends one begins to talk about renewing it, by the guide."""
    today = timezone.localdate()
    return today - deadline(current(today), "consent_renewal", today)
