"""What has ended begins anew as a row of its own, or not at all: who may end a place or a cover may not prolong it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from laget.demo.cast import person
from laget.kernel.period import FOREVER
from laget.sight.actions import end_covers, end_seats
from laget.sight.models import Cover, Seat, SeatKind

pytestmark = pytest.mark.django_db


def last_week():
    then = timezone.now() - timedelta(days=9)
    return {"since": then, "until": then + timedelta(days=2)}


def ended_seat(cast, kind):
    at_work = kind == SeatKind.SERVICE
    who, position = (cast.otto.person, cast.otto.position) if at_work else (person("Tor", "Nygård"), None)
    return Seat.objects.create(
        child_id=cast.child, person_id=who, position_id=position, kind=kind, origin="x", **last_week()
    )


def ended_cover(cast):
    return Cover.objects.create(
        child_id=cast.child, service_id=cast.school, kind="health", purpose="cooperation", origin="consent",
        origin_id=cast.case.pk, **last_week(),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["maja", "kari"])
@pytest.mark.parametrize("kind", [SeatKind.PARENT, SeatKind.GUARDIAN, SeatKind.SERVICE])
def test_a_place_that_has_ended_does_not_begin_again(cast, as_app, name, kind):
    was, who = ended_seat(cast, kind), getattr(cast, name)
    with as_app(who.actor), pytest.raises(DatabaseError), transaction.atomic():
        Seat.objects.filter(pk=was.pk).update(until=FOREVER)


@pytest.mark.parametrize("name", ["maja", "kari"])
def test_what_a_service_knew_is_not_known_again_without_a_yes(cast, as_app, name):
    was, who = ended_cover(cast), getattr(cast, name)
    with as_app(who.actor), pytest.raises(DatabaseError), transaction.atomic():
        Cover.objects.filter(pk=was.pk).update(until=FOREVER)


def test_nothing_is_prolonged_and_all_of_it_can_be_ended(cast, as_app):
    soon = timezone.now() + timedelta(days=3)
    Cover.objects.filter(child_id=cast.child).update(until=soon)
    Seat.objects.filter(child_id=cast.child, kind=SeatKind.SERVICE).update(until=soon)
    with as_app(cast.maja.actor):
        for rows in (Cover.objects.filter(child_id=cast.child), Seat.objects.filter(child_id=cast.child)):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(until=soon + timedelta(days=9))
        assert end_covers(child=cast.child, service=cast.clinic)
        assert end_seats(child=cast.child, kinds=[SeatKind.SERVICE])
