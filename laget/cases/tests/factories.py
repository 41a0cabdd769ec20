"""Named traits around the cast, made as facts by the owner of the database."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from laget.cases.models import Baton, Case, Invitation, Log, Offer
from laget.demo.cast import Cast, Member, cover, seat
from laget.directory.models import Position
from laget.kernel.period import FOREVER
from laget.sight.models import Seat, SeatKind


def entry(cast: Cast, by: Member, kind: str = "everyday", audience: str = "team", words: str = "Ord", **more) -> Log:
    service = None
    if by.position:
        service = Position.objects.select_related("unit").get(pk=by.position).unit.service_id
    return Log.objects.create(
        case=cast.case,
        child_id=cast.child,
        sort=more.pop("sort", "note"),
        kind=kind,
        audience=audience,
        words=words,
        author_id=by.person,
        position_id=by.position,
        service_id=service,
        **more,
    )


def offered(cast: Cast, to: Member, *, by: Member | None = None, seated: bool = True) -> Offer:
    """The baton held out to somebody, who reads while it stands."""
    by = by or cast.maja
    made = Offer.objects.create(case=cast.case, child_id=cast.child, giver_id=by.position, receiver_id=to.position)
    if seated:
        Seat.objects.create(
            child_id=cast.child,
            person_id=to.person,
            kind=SeatKind.SERVICE,
            position_id=to.position,
            origin="offer",
            origin_id=made.pk,
            since=timezone.now() - timedelta(minutes=1),
        )
    return made


def invited(cast: Cast, who: Member, by: Member | None = None) -> Invitation:
    by = by or cast.maja
    made = Invitation.objects.create(
        case=cast.case, child_id=cast.child, position_id=who.position, made_by_id=by.person
    )
    Seat.objects.create(
        child_id=cast.child,
        person_id=who.person,
        kind=SeatKind.ASKING,
        position_id=who.position,
        origin="invitation",
        origin_id=made.pk,
        since=timezone.now() - timedelta(minutes=1),
    )
    return made


def acting(cast: Cast, who: Member) -> None:
    """The baton has fallen to somebody, who has not accepted it yet."""
    now = timezone.now()
    Baton.objects.filter(case=cast.case, until=FOREVER).update(until=now)
    Baton.objects.create(
        case=cast.case,
        child_id=cast.child,
        position_id=who.position,
        since=now,
        acting=True,
        answer_by=timezone.localdate() + timedelta(days=7),
        origin="position_end",
    )
    if not Seat.objects.in_force().filter(position_id=who.position, child_id=cast.child).exists():
        seat(cast.child, who, SeatKind.SERVICE)


def holder_of(case: UUID) -> UUID:
    return Baton.objects.get(case_id=case, until=FOREVER).position_id


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


__all__ = ["acting", "cover", "entry", "fresh", "holder_of", "invited", "offered"]
