"""Two hands at once: at every commit an open case has exactly one holder, and the holder is one who may hold."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from laget.access.database import acting
from laget.cases import actions, falling, ground
from laget.cases.access import gripped
from laget.cases.models import Baton, Case, FamilyView, Offer
from laget.cases.tests.factories import offered
from laget.cases.tests.test_actions import asked
from laget.consents.events import CoverLost
from laget.demo.cast import make_cast
from laget.directory.actions import end_position
from laget.directory.models import Position
from laget.kernel.errors import Invalid, Refused
from laget.kernel.events import announce
from laget.kernel.outcome import AlreadyDone, Done, Outcome
from laget.kernel.period import FOREVER
from laget.law.kinds import Kind
from laget.people.models import NationalNumber
from laget.sight.actions import end_covers, give_seat
from laget.sight.models import SeatKind

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.locks]

Deed = Callable[[], Any]


def outcome(deed: Deed) -> Any:
    try:
        return deed()
    except (Refused, Invalid) as no:
        return no


def blocked() -> bool:
    """Whether somebody waits for a lock in this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid())")
        return cursor.fetchone()[0]


def one_while_the_other_waits(first: Deed, second: Deed) -> list[Any]:
    """The first has done its deed and not committed; the second comes and waits, or goes past; then both commit."""
    results: dict[int, Any] = {}
    first_is_done = threading.Event()

    def leads() -> None:
        try:
            with transaction.atomic():
                results[0] = outcome(first)
                first_is_done.set()
                until = time.monotonic() + 1.5
                while time.monotonic() < until and 1 not in results and not blocked():
                    time.sleep(0.02)
        finally:
            first_is_done.set()
            connection.close()

    def follows() -> None:
        try:
            first_is_done.wait(10)
            results[1] = outcome(second)
        finally:
            connection.close()

    threads = [threading.Thread(target=leads), threading.Thread(target=follows)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    return [results.get(0), results.get(1)]


def at_once(*deeds: Deed) -> list[Any]:
    """All start at the same moment."""
    gate, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place: int, deed: Deed) -> None:
        try:
            gate.wait(10)
            results[place] = outcome(deed)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    return results


class Hands:
    """What each may do, as the application would do it for that person."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast

    def _as(self, member: Any, deed: Callable[[Any], Any]) -> Deed:
        actor = member.actor

        def act() -> Any:
            with acting(actor):
                return deed(actor)

        return act

    def accept(self, member: Any, offer: Offer) -> Deed:
        return self._as(member, lambda actor: actions.accept_baton(actor, offer))

    def decline(self, member: Any, offer: Offer) -> Deed:
        return self._as(member, lambda actor: actions.decline_baton(actor, offer))

    def take_back(self, member: Any, offer: Offer) -> Deed:
        return self._as(member, lambda actor: actions.take_back_baton(actor, offer))

    def offer(self, member: Any, to: Any) -> Deed:
        return self._as(member, lambda actor: actions.offer_baton(actor, self.cast.case, position=to.position))

    def close(self, member: Any) -> Deed:
        return self._as(
            member, lambda actor: actions.close_case(actor, self.cast.case, reason="goal_reached", note="Takk")
        )

    def end(self, who: Any) -> Deed:
        return self._as(self.cast.ada, lambda actor: end_position(actor, Position.objects.get(pk=who.position)))

    def withdraw(self, service: Any) -> Deed:
        """Kari takes back what a service may know: facts, then the event, as the room of consents does it."""

        def deed(actor: Any) -> Any:
            end_covers(child=self.cast.child, service=service)
            lost = frozenset(kind.value for kind in (Kind.IDENTITY, Kind.EVERYDAY, Kind.LEARNING))
            announce(
                CoverLost(actor=actor, child=self.cast.child, service=service, kinds=lost, request=self.cast.case.pk)
            )
            return Done(None)

        return self._as(self.cast.kari, deed)


@pytest.fixture
def hands(cast):
    return Hands(cast)


def held_out_to_omar(cast) -> Offer:
    """Offered to Omar in another service; Kari has said yes."""
    made = offered(cast, cast.omar, seated=False)
    FamilyView.objects.create(offer=made, child_id=cast.child, person_id=cast.kari.person, agrees=True)
    return made


@pytest.fixture
def across(cast):
    return held_out_to_omar(cast)


def holders(cast) -> list[Any]:
    return list(Baton.objects.filter(case=cast.case, until=FOREVER).values_list("position_id", flat=True))


def check(cast, race: str) -> None:
    """Exactly one holder in an open case, none in a closed one; legs follow each other; the holder may hold."""
    case = Case.objects.get(pk=cast.case.pk)
    assert len(holders(cast)) == (1 if case.is_open else 0), race
    assert case.pk not in ground.unheld(), race
    legs = list(Baton.objects.filter(case=case).order_by("since", "until"))
    for one, following in zip(legs, legs[1:], strict=False):
        assert one.until <= following.since, race


RACES = {
    "accepted in two windows": lambda h, o: (h.accept(h.cast.omar, o), h.accept(h.cast.omar, o)),
    "accepted and taken back": lambda h, o: (h.accept(h.cast.omar, o), h.take_back(h.cast.maja, o)),
    "accepted and declined": lambda h, o: (h.accept(h.cast.omar, o), h.decline(h.cast.omar, o)),
    "accepted and the receiver's consent withdrawn": lambda h, o: (
        h.accept(h.cast.omar, o), h.withdraw(h.cast.clinic)),
    "accepted and the giver's consent withdrawn": lambda h, o: (
        h.accept(h.cast.omar, o), h.withdraw(h.cast.kindergarten)),
    "accepted and the receiver leaves": lambda h, o: (h.accept(h.cast.omar, o), h.end(h.cast.omar)),
    "accepted and the giver leaves": lambda h, o: (h.accept(h.cast.omar, o), h.end(h.cast.maja)),
    "accepted and closed": lambda h, o: (h.accept(h.cast.omar, o), h.close(h.cast.maja)),
    "taken back and the consent withdrawn": lambda h, o: (h.take_back(h.cast.maja, o), h.withdraw(h.cast.clinic)),
    "both consents withdrawn": lambda h, o: (h.withdraw(h.cast.clinic), h.withdraw(h.cast.kindergarten)),
    "holder leaves and consent withdrawn": lambda h, o: (h.end(h.cast.maja), h.withdraw(h.cast.clinic)),
}  # fmt: skip


def another_case() -> tuple[Hands, Offer]:
    """The same people again in a case of their own: cheaper than emptying the database for each race."""
    NationalNumber.objects.all().delete()
    cast = make_cast()
    return Hands(cast), held_out_to_omar(cast)


@pytest.mark.parametrize("turned", [False, True])
def test_one_holder_while_the_other_waits(turned, db):
    for race, start in RACES.items():
        hands, offer = another_case()
        deeds = start(hands, offer)
        one_while_the_other_waits(*(reversed(deeds) if turned else deeds))
        check(hands.cast, race)


def test_one_holder_when_both_start_at_once(db):
    for race, start in RACES.items():
        for _ in range(3):
            hands, offer = another_case()
            at_once(*start(hands, offer))
            check(hands.cast, race)


def test_two_windows_accept_once(hands, across):
    results = one_while_the_other_waits(hands.accept(hands.cast.omar, across), hands.accept(hands.cast.omar, across))
    assert [type(one) for one in results] == [Done, AlreadyDone]
    assert Baton.objects.filter(case=hands.cast.case).count() == 2


def test_who_comes_second_to_an_offer_taken_back_is_told_so(hands, across):
    results = one_while_the_other_waits(hands.take_back(hands.cast.maja, across), hands.accept(hands.cast.omar, across))
    assert isinstance(results[0], Done) and isinstance(results[1], Refused)
    assert holders(hands.cast) == [hands.cast.maja.position]


def test_a_consent_withdrawn_first_leaves_nothing_to_accept(hands, across):
    results = one_while_the_other_waits(hands.withdraw(hands.cast.clinic), hands.accept(hands.cast.omar, across))
    assert isinstance(results[1], Refused)
    assert holders(hands.cast) == [hands.cast.maja.position]


def test_a_consent_withdrawn_just_after_sends_the_baton_back(hands, across):
    one_while_the_other_waits(hands.accept(hands.cast.omar, across), hands.withdraw(hands.cast.clinic))
    assert holders(hands.cast) == [hands.cast.maja.position]
    assert Baton.objects.get(case=hands.cast.case, until=FOREVER).acting


def test_a_receiver_who_leaves_while_accepting_does_not_keep_the_baton(hands, across):
    one_while_the_other_waits(hands.accept(hands.cast.omar, across), hands.end(hands.cast.omar))
    assert holders(hands.cast) == [hands.cast.maja.position]


def test_who_waited_to_settle_sees_the_seat_that_was_given_meanwhile(hands):
    """To settle began before the new holder's seat did, and was carried out after it."""
    cast, settled = hands.cast, []

    def settle():
        settled.append(ground.settle(cast.case.pk, timezone.localdate(), "cover_ended", "no_cover").outcome)
        connection.close()

    waits = threading.Thread(target=settle)
    with acting(cast.maja.actor):
        gripped(cast.maja.actor, cast.case.pk)
        waits.start()
        until = time.monotonic() + 5
        while not blocked() and time.monotonic() < until:
            time.sleep(0.02)
        give_seat(
            child=cast.child, person=cast.otto.person, kind=SeatKind.SERVICE, position=cast.otto.position, origin="test"
        )
        Baton.objects.filter(case=cast.case, until=FOREVER).update(until=timezone.now())
        Baton(case=cast.case, child_id=cast.child, position_id=cast.otto.position, origin="test").save(
            force_insert=True
        )
    waits.join(10)
    assert settled == ["kept"]
    assert holders(cast) == [cast.otto.position]


def test_two_offers_at_once_leave_one(hands):
    deeds = hands.offer(hands.cast.maja, hands.cast.omar), hands.offer(hands.cast.maja, hands.cast.otto)
    results = one_while_the_other_waits(*deeds)
    assert [isinstance(one, Outcome) for one in results] == [True, False]
    assert Offer.objects.filter(case=hands.cast.case, state="offered").count() == 1


def test_two_services_that_open_a_case_at_once_are_both_answered(cast, family, hands):
    both = (family.mother, family.father)
    requests = [
        (cast.maja, asked(cast, family.child, cast.maja, cast.kindergarten, parents=both)),
        (cast.vera, asked(cast, family.child, cast.vera, cast.school, parents=both)),
    ]
    deeds = [hands._as(who, lambda actor, one=one: actions.open_case(actor, one)) for who, one in requests]
    results = one_while_the_other_waits(*deeds)
    assert [type(one) for one in results] == [Done, Refused]
    assert Case.objects.filter(child_id=family.child).count() == 1


def lose_the_baton(cast) -> None:
    """What no action does: let go without anybody taking it."""
    with acting(cast.maja.actor):
        gripped(cast.maja.actor, cast.case.pk)
        Baton.objects.filter(case=cast.case, until=FOREVER).update(until=timezone.now())


def test_the_database_refuses_a_case_without_a_holder(cast):
    with pytest.raises(IntegrityError, match="exactly one holder"):
        lose_the_baton(cast)
    assert holders(cast) == [cast.maja.position]


def test_the_database_refuses_two_holders(cast):
    with pytest.raises(IntegrityError), acting(cast.maja.actor):
        Baton(case=cast.case, child_id=cast.child, position_id=cast.omar.position, origin="offer").save(
            force_insert=True
        )


def test_the_database_refuses_a_closed_case_with_a_holder(cast):
    with pytest.raises(IntegrityError, match="no holder"), acting(cast.maja.actor):
        Case.objects.filter(pk=cast.case.pk).update(closed_at=timezone.now())


def test_nothing_but_the_trigger_holds_the_baton(cast):
    """Without it the same write goes through: the tests above would be red."""
    create = _definition("exactly_one_holder", "cases_baton")
    with connection.cursor() as cursor:
        cursor.execute('DROP TRIGGER "exactly_one_holder" ON "cases_baton"')
        try:
            lose_the_baton(cast)
            assert holders(cast) == []
        finally:
            cursor.execute(create)


def _definition(trigger: str, table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass",
            [trigger, table],
        )
        return cursor.fetchone()[0]


def test_settling_twice_changes_nothing_more(cast, hands):
    hands.end(cast.maja)()
    before = set(Baton.objects.filter(case=cast.case).values_list("pk", flat=True))
    with acting(cast.ada.actor):
        falling.settle(cast.ada.actor, [cast.case.pk], because="position_end", cause="again")
    assert set(Baton.objects.filter(case=cast.case).values_list("pk", flat=True)) == before
