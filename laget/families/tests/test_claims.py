"""What lets a parent in takes two: who is asked, who may answer, what follows, and that the database says so too."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.access.actions import Refused
from laget.audit.models import Entry
from laget.demo import cast as made
from laget.directory.models import Position
from laget.families import ground, rules, sweeps
from laget.families.access import visible_claims
from laget.families.actions import (
    answer_claim,
    claim_responsibility,
    register_claimed,
    register_responsibility,
    take_back,
)
from laget.families.models import Claim, Parent, Source
from laget.kernel.actor import Capacity
from laget.kernel.errors import Invalid
from laget.notices.models import Notice
from laget.sight.actions import give_seat
from laget.sight.models import Forbid, Seat, SeatKind

TODAY = timezone.localdate
OUTSIDE = {"otto", "idris", "vera", "ada", "kari", "per", "sara"}


@pytest.fixture
def father(cast):
    """One who is registered as father by what was said, without a place here."""
    who = made.person("Tor", "Nygård", date(1985, 5, 6), serial=3)
    Parent.objects.create(
        child_id=cast.child, person_id=who, relation="father", responsibility=False, source=Source.DECLARED,
        registered_by=cast.maja.person,
    )  # fmt: skip
    return who


def tie(cast, person):
    return Parent.objects.get(child_id=cast.child, person_id=person, until__year=9999)


@pytest.fixture
def claimed(cast, as_app, father):
    with as_app(cast.maja.actor):
        return claim_responsibility(cast.maja.actor, tie(cast, father), "court", TODAY()).value


@pytest.fixture
def tick(monkeypatch):
    """The clock's round, as in production."""

    def run():
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run()

    return run


def let_in(cast, father):
    return Seat.objects.filter(child_id=cast.child, person_id=father).exists() or tie(cast, father).proven


def told(event):
    return set(Notice.objects.filter(event=event).values_list("recipient_id", flat=True))


def test_one_alone_lets_nobody_in(cast, as_app, father, claimed):
    assert not let_in(cast, father)
    with as_app(cast.maja.actor):
        assert (father, True) not in ground.responsible(cast.child)
        with pytest.raises(Refused):
            answer_claim(cast.maja.actor, claimed, True)
        with pytest.raises(Refused):
            register_claimed(cast.maja.actor, claimed)
        with pytest.raises(Invalid):
            register_responsibility(cast.maja.actor, tie(cast, father), True, "court", TODAY())
    assert not let_in(cast, father)


def test_those_who_may_answer_are_told_and_nobody_of_the_family(cast, claimed):
    assert told("families.to_confirm") == {cast.omar.person, cast.liv.person}
    assert not Notice.objects.filter(event="families.to_confirm", recipient_id=cast.liv.person).exclude(child=None)


def test_a_colleague_in_the_case_lets_in_with_one_word(cast, as_app, father, claimed):
    with as_app(cast.omar.actor):
        answer_claim(cast.omar.actor, claimed, True)
        assert (father, True) in ground.responsible(cast.child)
    new = tie(cast, father)
    assert (new.proven, new.source, new.registered_by) == (True, "court", cast.maja.person)
    assert Seat.objects.get(child_id=cast.child, person_id=father).kind == SeatKind.PARENT
    assert told("families.claim_answered") == {cast.maja.person}
    assert Entry.objects.filter(event="families.responsibility_registered", person=cast.omar.person).exists()


def test_a_leader_confirms_and_one_in_the_case_registers(cast, as_app, father, claimed):
    with as_app(cast.liv.actor):
        answer_claim(cast.liv.actor, claimed, True)
        with pytest.raises(Refused):
            register_claimed(cast.liv.actor, Claim.objects.get(pk=claimed.pk))
    assert not let_in(cast, father)
    with as_app(cast.maja.actor):
        register_claimed(cast.maja.actor, Claim.objects.get(pk=claimed.pk))
        with pytest.raises(Refused):
            register_claimed(cast.maja.actor, Claim.objects.get(pk=claimed.pk))
    assert tie(cast, father).proven


def test_a_no_needs_a_reason_and_changes_nothing(cast, as_app, father, claimed):
    with as_app(cast.liv.actor):
        with pytest.raises(Invalid):
            answer_claim(cast.liv.actor, claimed, False, " ")
        answer_claim(cast.liv.actor, claimed, False, "Det står en annen i dommen.")
    with as_app(cast.omar.actor), pytest.raises(Refused):
        answer_claim(cast.omar.actor, Claim.objects.get(pk=claimed.pk), True)
    assert not let_in(cast, father)


def test_the_one_who_asked_takes_it_back_and_can_ask_again(cast, as_app, father, claimed):
    with as_app(cast.maja.actor):
        with pytest.raises(Invalid):
            claim_responsibility(cast.maja.actor, tie(cast, father), "court", TODAY())
        take_back(cast.maja.actor, claimed)
        claim_responsibility(cast.maja.actor, tie(cast, father), "register", TODAY())
    with as_app(cast.omar.actor), pytest.raises(Refused):
        answer_claim(cast.omar.actor, Claim.objects.get(pk=claimed.pk), True)


def test_what_nobody_confirmed_in_time_falls_and_the_one_who_asked_is_told_once(cast, as_app, father, claimed, tick):
    Claim.objects.update(falls_at=timezone.now() - timedelta(minutes=1))
    with as_app(cast.omar.actor), pytest.raises(Refused):
        answer_claim(cast.omar.actor, Claim.objects.get(pk=claimed.pk), True)
    for _ in range(2):
        tick()
    assert Notice.objects.filter(event="families.claim_fell", recipient_id=cast.maja.person).count() == 1
    with as_app(cast.maja.actor):
        claim_responsibility(cast.maja.actor, tie(cast, father), "court", TODAY())
    assert not let_in(cast, father)


def test_what_a_leader_confirmed_and_nobody_registered_falls_too(cast, as_app, father, claimed, tick):
    with as_app(cast.liv.actor):
        answer_claim(cast.liv.actor, claimed, True)
    Claim.objects.update(falls_at=timezone.now() - timedelta(minutes=1))
    tick()
    with as_app(cast.maja.actor):
        with pytest.raises(Refused):
            register_claimed(cast.maja.actor, Claim.objects.get(pk=claimed.pk))
        assert ground.register_claimed(claimed.pk, timezone.now() + timedelta(days=9)) is None


@pytest.mark.parametrize("name", sorted(OUTSIDE))
def test_nobody_else_learns_of_it(cast, visit, claimed, name):
    member = getattr(cast, name)
    found = visit(member).get(reverse("claim", args=[claimed.pk]))
    assert found.status_code == 404 and "Nygård" not in found.content.decode()


@pytest.mark.parametrize("bar", ["forbid", "seat"])
def test_a_leader_who_is_family_or_kept_away_does_not_answer(cast, as_app, claimed, bar):
    if bar == "forbid":
        Forbid.objects.create(child_id=cast.child, person_id=cast.liv.person, origin="tie", capacity="worker")
    else:
        made.seat(cast.child, made.Member(cast.liv.person, "Liv", Capacity.CITIZEN), SeatKind.GUARDIAN)
    with as_app(cast.liv.actor):
        assert not visible_claims(cast.liv.actor).exists() and not Claim.objects.exists()


def test_without_a_second_person_nothing_is_asked(cast, as_app, father):
    Position.objects.filter(person_id=cast.liv.person).update(leads=False)
    Seat.objects.filter(child_id=cast.child, person_id=cast.omar.person).update(until=timezone.now())
    with as_app(cast.maja.actor), pytest.raises(Invalid):
        claim_responsibility(cast.maja.actor, tie(cast, father), "court", TODAY())
    assert not Claim.objects.exists()


def test_the_database_lets_nobody_in_on_one_word(cast, as_app, father, claimed):
    """Each way round the two: a tie, a place, an answer in another's name, an ended tie begun again."""
    actor, one = cast.maja.actor, tie(cast, father)
    ways = [
        lambda: Parent(
            child_id=cast.child, person_id=father, relation="father", responsibility=True, source="court",
            registered_by=actor.person, since=Now(),
        ).save(force_insert=True),
        lambda: give_seat(child=cast.child, person=father, kind=SeatKind.PARENT, origin="parent", origin_id=one.pk),
        lambda: give_seat(child=cast.child, person=father, kind=SeatKind.GUARDIAN, origin="court"),
        lambda: give_seat(child=cast.child, person=father, kind=SeatKind.CHILD, origin="set_up"),
        lambda: Claim.objects.filter(pk=claimed.pk).update(answered_by=actor.person, answered_at=Now(), agreed=True),
        lambda: Claim.objects.filter(pk=claimed.pk).update(
            answered_by=cast.omar.person, answered_at=Now(), agreed=True
        ),
        lambda: Claim.objects.filter(pk=claimed.pk).update(registered_at=Now()),
    ]  # fmt: skip
    for way in ways:
        with as_app(actor), pytest.raises(DatabaseError), transaction.atomic():
            way()
    Parent.objects.filter(pk=one.pk).update(until=timezone.now())
    with as_app(actor), pytest.raises(DatabaseError), transaction.atomic():
        Parent.objects.filter(pk=one.pk).update(until=made.FOREVER)
    with as_app(actor), connection.cursor() as cursor:
        cursor.execute("SELECT families_register_claimed(%s, now() + interval '9 years')", [claimed.pk])
        assert cursor.fetchone() == (None,)
    assert not Seat.objects.filter(child_id=cast.child, person_id=father).exists()


def test_what_is_confirmed_of_a_tie_that_has_ended_lets_nobody_in(cast, as_app, father, claimed):
    with as_app(cast.maja.actor):
        register_responsibility(cast.maja.actor, tie(cast, father), False, "court", TODAY())
    with as_app(cast.omar.actor), pytest.raises(Invalid), transaction.atomic():
        answer_claim(cast.omar.actor, claimed, True)
    assert not let_in(cast, father)


def test_by_the_pages(cast, visit, father):
    """Maja reads a judgment, Liv confirms it from her list, and Maja registers it; each page says the next step."""
    maja, liv = visit(cast.maja), visit(cast.liv)
    said = {"held": "yes", "source": "court", "on": TODAY().strftime("%d.%m.%Y"), "sure": "yes", "key": str(uuid4())}
    assert maja.post(reverse("responsibility", args=[tie(cast, father).pk]), said).status_code == 302
    address = reverse("claim", args=[Claim.objects.get().pk])
    body = maja.get(address).content.decode()
    assert "Ta tilbake spørsmålet" in body and 'name="agreed"' not in body
    assert "Venter på en til" in maja.get(reverse("parents", args=[cast.child])).content.decode()
    assert address in liv.get(reverse("to_confirm")).content.decode()
    asked = liv.get(address).content.decode()
    assert "Tor Nygård" in asked and "Sara Solberg" in asked and "Maja Lind" in asked
    faulty = liv.post(address, {"agreed": "no", "words": "", "key": str(uuid4())})
    assert faulty.status_code == 422 and "hvorfor" in faulty.content.decode()
    assert liv.post(address, {"agreed": "yes", "key": str(uuid4())}).status_code == 302
    assert address not in liv.get(reverse("to_confirm")).content.decode()
    step = reverse("claim_register", args=[Claim.objects.get().pk])
    assert step in maja.get(address).content.decode()
    assert maja.post(step, {"key": str(uuid4())}).status_code == 302
    assert tie(cast, father).proven


def test_the_last_day_is_said(claimed):
    assert claimed.falls_at - claimed.at < rules.CLAIM_LASTS + timedelta(minutes=1)
