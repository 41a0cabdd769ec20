"""Somebody is kept away by what a colleague typed: told at once, may say that it is wrong, and gets the place back."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.access.actions import Refused
from laget.access.sealing import index
from laget.cases.actions.offers import offer_baton
from laget.cases.models import Offer, OfferState
from laget.cases.tests.factories import holder_of
from laget.demo.cast import Member
from laget.directory.models import Identity, Position, Service
from laget.families.actions import add_parent
from laget.families.models import Child, Parent
from laget.families.rules import TypedParent
from laget.guide.days import Unit, add
from laget.kernel.actor import Capacity
from laget.kernel.period import FOREVER
from laget.notices.models import Notice
from laget.people.models import Person
from laget.people.rules import synthetic_number
from laget.sight.models import Seat, SeatKind
from laget.ties import actions, ground, sweeps
from laget.ties.models import Objection, Tie

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def leader_of_the_kindergarten(cast):
    unit = Position.objects.get(pk=cast.maja.position).unit_id
    Position.objects.filter(pk=cast.liv.position).update(unit_id=unit)
    return cast.liv


@pytest.fixture
def locked_out(cast, as_app):
    """Omar types Maja, who holds the baton, as a parent of the child, so that she is out."""
    number = synthetic_number(timezone.localdate().replace(year=1988, day=1), 7)
    Identity.objects.create(person_id=cast.maja.person, index=index(number))
    typed = TypedParent("Maja", "Lind", "other", False, number=number)
    with as_app(cast.omar.actor):
        add_parent(cast.omar.actor, Child.objects.get(pk=cast.child), typed)
    return Tie.objects.get(worker_id=cast.maja.person)


@pytest.fixture
def tick(monkeypatch):
    def run():
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run()

    return run


def told(event):
    return list(Notice.objects.filter(event=event).values_list("recipient_id", flat=True))


def seated(cast, member):
    return Seat.objects.in_force().filter(child_id=cast.child, person_id=member.person, kind=SeatKind.SERVICE).exists()


def test_the_one_shut_out_and_the_leader_are_told_at_once_and_another_leads(cast, locked_out):
    assert told("ties.you_are_out") == [cast.maja.person]
    assert cast.liv.person in told("ties.shut_out")
    assert not seated(cast, cast.maja)
    assert holder_of(cast.case.pk) not in (None, cast.maja.position)


def test_by_the_pages_it_is_said_to_be_wrong_and_the_place_comes_back_without_the_baton(cast, visit, locked_out):
    maja, liv = visit(cast.maja), visit(cast.liv)
    mine, page = reverse("my_tie", args=[locked_out.pk]), reverse("tie", args=[locked_out.pk])
    first = maja.get(mine).content.decode()
    assert "Sara" not in first and "Omar" not in first
    assert maja.post(mine, {"words": " "}).status_code == 422
    assert maja.post(mine, {"words": "Dette er ikke meg."}).status_code == 302
    assert "Dette er ikke meg." in maja.get(mine).content.decode()
    assert cast.liv.person in told("ties.objected")
    led = liv.get(page).content.decode()
    assert "Dette er ikke meg." in led and "Omar Haddad" in led and "Sara" not in led
    due = add(timezone.localdate(), 2, Unit.WORKING_DAY)
    assert Objection.objects.get().due == due
    holder = holder_of(cast.case.pk)
    assert liv.post(page, {"outcome": "able", "reason": "Feil person er skrevet inn."}).status_code == 302
    assert seated(cast, cast.maja) and holder_of(cast.case.pk) == holder
    # Those who see the team hear that somebody is back in it: the family, and the others at work. Per is kept away.
    assert {cast.omar.person, cast.kari.person, cast.sara.person} <= set(told("cases.joined"))
    assert not {cast.maja.person, cast.per.person, cast.liv.person, cast.idris.person} & set(told("cases.joined"))
    assert not told("ties.answered")
    assert maja.get(reverse("case_team", args=[cast.case.pk])).status_code == 200
    assert "Feil person" not in maja.get(mine).content.decode()
    assert maja.post(mine, {"words": "Igjen."}).status_code in (403, 422)


def test_only_the_leader_who_has_just_decided_learns_who_is_around_the_child(cast, as_app, locked_out):
    with as_app(cast.liv.actor), transaction.atomic():
        assert not ground.to_tell(locked_out.pk)
        ground.rule(locked_out.pk, "able", "Feil person.")
        assert ground.to_tell(locked_out.pk)
        transaction.set_rollback(True)
    with as_app(cast.omar.actor):
        assert not ground.to_tell(locked_out.pk)


@pytest.fixture
def late(cast, as_app, locked_out, tick):
    """Maja has objected; each call lets the day pass by which it was to be decided, and the clock go twice."""

    def pass_by():
        Objection.objects.update(due=timezone.localdate() - timedelta(days=1))
        tick(), tick()

    with as_app(cast.maja.actor):
        actions.object_to(cast.maja.actor, locked_out, words="Feil.")
    tick()
    return pass_by


def another_leader(unit):
    person = Person.objects.create()
    position = Position.objects.create(person=person, unit=unit, title="Leder", leads=True)
    return Member(person.pk, "Leder", Capacity.WORKER, position.pk)


def test_what_is_undecided_after_its_day_goes_to_the_next_leader_who_decides(cast, visit, locked_out, late):
    assert not told("ties.objection_late") and not told("ties.objected_on")
    Position.objects.filter(leads=True).exclude(person_id=cast.liv.person).update(leads=False)
    own = Position.objects.select_related("unit__service").get(pk=cast.maja.position).unit.service
    other = Service.objects.exclude(pk=own.pk).order_by("id")[0]
    far = another_leader(other.units.create(name="Langt borte"))
    near = another_leader(own.units.create(name="Nabolaget"))
    page = reverse("tie", args=[locked_out.pk])
    assert visit(near).get(page).status_code == 404
    late()
    assert told("ties.objected_on") == [near.person] and told("ties.you_wait") == [cast.maja.person]
    assert not told("ties.objection_late") and not told("ties.nobody_decides")
    assert Objection.objects.get().due == add(timezone.localdate(), 2, Unit.WORKING_DAY)
    assert visit(cast.liv).get(page).status_code == 404
    mine = visit(cast.maja).get(reverse("my_tie", args=[locked_out.pk])).content.decode()
    assert "Nå ligger saken hos en annen leder" in mine
    late()
    assert set(told("ties.objected_on")) == {near.person, far.person} and visit(near).get(page).status_code == 404
    decided = visit(far).post(page, {"outcome": "able", "reason": "Feil person er skrevet inn."})
    assert decided.status_code == 302 and seated(cast, cast.maja)
    late()
    assert len(told("ties.you_wait")) == 2


def test_where_no_leader_is_left_it_is_never_silent(cast, visit, locked_out, late):
    Position.objects.filter(leads=True).exclude(person_id=cast.liv.person).update(leads=False)
    for times in (1, 2):
        late()
        assert told("ties.objection_late") == [cast.liv.person] * times
        assert told("ties.nobody_decides") == [cast.ada.person] * times
        assert told("ties.you_wait") == [cast.maja.person] * times
    assert visit(cast.liv).get(reverse("tie", args=[locked_out.pk])).status_code == 200
    mine = visit(cast.maja).get(reverse("my_tie", args=[locked_out.pk])).content.decode()
    assert "ingen annen leder igjen" in mine


def test_who_objects_passes_no_leader_by(cast, as_app, locked_out):
    with as_app(cast.maja.actor), pytest.raises(DatabaseError), transaction.atomic():
        Objection(
            tie=locked_out, words="x", by_id=cast.maja.person, due=timezone.localdate(), units=[locked_out.unit_id]
        ).save(force_insert=True)


def test_what_the_register_proves_stands_whatever_is_said(cast, as_app, locked_out):
    Parent.objects.filter(child_id=cast.child, source="declared").update(source="register")
    with as_app(cast.liv.actor), pytest.raises(actions.Invalid):
        actions.decide(cast.liv.actor, locked_out, outcome="able", reason="Feil.")


@pytest.mark.parametrize("name", ["omar", "vera", "otto", "ada", "kari", "liv"])
def test_nobody_else_objects_or_reads_it_as_theirs(cast, visit, as_app, locked_out, name):
    member = getattr(cast, name)
    assert visit(member).get(reverse("my_tie", args=[locked_out.pk])).status_code == 404
    with as_app(member.actor), pytest.raises(Refused):
        actions.object_to(member.actor, locked_out, words="Feil.")
    with as_app(member.actor), pytest.raises(DatabaseError), transaction.atomic():
        Objection(tie=locked_out, words="x", by_id=member.person, due=timezone.localdate()).save(force_insert=True)


def test_whoever_had_no_place_there_learns_nothing(cast, visit, as_app):
    number = synthetic_number(timezone.localdate().replace(year=1987, day=1), 7)
    Identity.objects.create(person_id=cast.otto.person, index=index(number))
    with as_app(cast.omar.actor):
        typed = TypedParent("Otto", "Berg", "other", False, number=number)
        add_parent(cast.omar.actor, Child.objects.get(pk=cast.child), typed)
    tie = Tie.objects.get(worker_id=cast.otto.person)
    assert visit(cast.otto).get(reverse("my_tie", args=[tie.pk])).status_code == 404
    assert cast.otto.person not in told("ties.you_are_out")
    with as_app(cast.otto.actor):
        assert not Tie.objects.exists()


def wrongly_typed(cast, as_app, member, first, last, day):
    """Omar types a colleague as a parent of the child, by a number; the tie, and the person that was typed."""
    number = synthetic_number(timezone.localdate().replace(year=day, day=1), 7)
    Identity.objects.create(person_id=member.person, index=index(number))
    with as_app(cast.omar.actor):
        parent = add_parent(
            cast.omar.actor, Child.objects.get(pk=cast.child), TypedParent(first, last, "other", False, number=number)
        ).value
    return Tie.objects.get(worker_id=member.person), parent


def test_a_place_that_came_with_an_offer_alone_is_not_given_back(cast, as_app):
    with as_app(cast.maja.actor):
        offer = offer_baton(cast.maja.actor, cast.case, position=cast.otto.position, words="").value
    assert seated(cast, cast.otto)
    tie, _parent = wrongly_typed(cast, as_app, cast.otto, "Otto", "Berg", 1987)
    assert not seated(cast, cast.otto) and Offer.objects.get(pk=offer.pk).state == OfferState.LAPSED
    with as_app(cast.liv.actor):
        actions.decide(cast.liv.actor, tie, outcome="able", reason="Feil person.")
    assert not seated(cast, cast.otto)


def test_a_place_that_came_with_an_offer_that_was_accepted_is_given_back(cast, as_app):
    with as_app(cast.maja.actor):
        offer = offer_baton(cast.maja.actor, cast.case, position=cast.otto.position, words="").value
    Offer.objects.filter(pk=offer.pk).update(state=OfferState.ACCEPTED)
    tie, _parent = wrongly_typed(cast, as_app, cast.otto, "Otto", "Berg", 1987)
    with as_app(cast.liv.actor):
        actions.decide(cast.liv.actor, tie, outcome="able", reason="Feil person.")
    assert seated(cast, cast.otto)


def test_what_is_proven_after_a_leader_has_let_somebody_go_on_keeps_away_all_the_same(cast, as_app, locked_out):
    with as_app(cast.liv.actor):
        actions.decide(cast.liv.actor, locked_out, outcome="able", reason="Det står bare det noen har sagt.")
    assert seated(cast, cast.maja)
    was = Parent.objects.get(child_id=cast.child, source="declared", until=FOREVER)
    Parent.objects.filter(pk=was.pk).update(until=timezone.now())
    Parent.objects.create(
        child_id=cast.child, person_id=was.person_id, relation="other", responsibility=True, source="court",
        registered_by=cast.omar.person,
    )  # fmt: skip
    assert not seated(cast, cast.maja)
