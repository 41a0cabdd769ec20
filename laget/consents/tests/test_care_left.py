"""Who answered for child welfare leaves, or hands it on: what was said falls to another, stands for a time, or ends."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.access.actions import Refused
from laget.audit.models import Entry
from laget.consents import ground, sweeps
from laget.consents.access import colleagues_who_may_answer
from laget.consents.actions import answer_for_welfare, hand_on
from laget.consents.models import Answer, Party, Renewal, Request
from laget.consents.tests.test_care import (  # noqa: F401 - fixtures
    carer_says,
    inside,
    order,
    put,
    says,
    shared,
    welfare,
)
from laget.consents.texts import name_of
from laget.demo import cast as made
from laget.directory.models import Position, Unit
from laget.notices.models import Notice
from laget.sight.models import Cover, Forbid, Seat, SeatKind

# ruff: noqa: F811


@pytest.fixture
def swept(monkeypatch):
    """Time passes: what the worker does, by the login that it has."""

    def run():
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run()

    return run


def kept_away(child, member):
    Forbid.objects.create(child_id=child, person_id=member.person, origin="tie", capacity="worker")


@pytest.fixture
def leader(welfare):
    """Who leads where the two work; the service is the same."""
    held = Position.objects.get(pk=welfare[0].position)
    beside = Unit.objects.create(service_id=held.unit.service_id, name="Ledelsen")
    return made.worker("Berit", "Dahl", beside, "Barnevernleder", leads=True)


def leaves(member):
    Position.objects.filter(pk=member.position).update(until=timezone.now())


@pytest.fixture
def yes(cast, welfare, leader, as_app, put, order):
    """Hilde and the carer have said yes, and the school knows it until then."""
    asked = put(welfare[0])
    order(welfare[0])
    carer_says(cast, as_app, asked, "everyday")
    says(as_app, welfare[0], asked, "everyday")
    assert shared(cast) == {"identity", "everyday"}
    return asked


def holder(asked):
    return Party.objects.get(request=asked, role="child_welfare", ended_at__year=9999)


def ends_at(asked):
    return set(Cover.objects.in_force().filter(origin_id=asked.pk).values_list("until", flat=True))


def answers(as_app, member, asked, *kinds):
    with as_app(member.actor):
        return answer_for_welfare(member.actor, holder(asked), kinds)


def test_what_child_welfare_says_falls_to_its_leader_when_the_one_who_said_it_leaves(
    cast, welfare, leader, yes, as_app, visit, swept
):
    before = ends_at(yes)
    swept()
    assert holder(yes).person_id == welfare[0].person, "as long as one works there one answers"
    leaves(welfare[0])
    swept()
    swept()
    assert holder(yes).person_id == leader.person and Party.objects.filter(request=yes).count() == 3
    assert Notice.objects.filter(recipient_id=leader.person, event="consents.say_is_yours").count() == 1
    assert Notice.objects.filter(recipient_id=cast.maja.person, event="consents.say_moved").count() == 1
    assert Renewal.objects.get(request=yes, done_at=None).cause == "responsibility"
    assert shared(cast) == {"identity", "everyday"} and max(ends_at(yes)) < min(before)
    assert Entry.objects.filter(event="consents.say_fell", capacity="system").count() == 1
    body = visit(leader).get(reverse("for_child_welfare", args=[holder(yes).pk])).content.decode()
    assert "sa ja før deg" in body and "Hverdagen" in body
    assert "Berit Dahl" in visit(cast.maja).get(reverse("asked", args=[yes.pk])).content.decode()
    answers(as_app, leader, yes, "everyday")
    assert ends_at(yes) == before and not Renewal.objects.filter(request=yes, done_at=None).exists()


def test_whoever_answers_after_another_takes_back_what_the_other_gave(cast, welfare, leader, yes, as_app, swept):
    leaves(welfare[0])
    swept()
    answers(as_app, leader, yes)
    assert shared(cast) == set()
    said = Answer.objects.filter(request=yes, person_id=leader.person).get()
    assert said.withdraws and said.kinds == []


def test_silence_of_whoever_answers_after_another_is_no_yes(cast, welfare, leader, yes, swept):
    leaves(welfare[0])
    swept()
    (until,) = ends_at(yes)
    Request.objects.filter(pk=yes.pk).update(answer_by=timezone.now())
    Cover.objects.filter(origin_id=yes.pk, until=until).update(until=Request.objects.get(pk=yes.pk).answer_by)
    swept()
    assert shared(cast) == set() and Request.objects.get(pk=yes.pk).ended_at <= timezone.now()


@pytest.mark.parametrize("why", ["nobody", "asks", "kept away", "family", "elsewhere", "gone"])
def test_a_say_that_nobody_may_take_ends_on_the_day_to_answer(cast, welfare, leader, yes, as_app, why, swept):
    before = ends_at(yes)
    if why == "nobody":
        Position.objects.filter(pk=leader.position).update(leads=False)
    if why == "asks":
        Request.objects.filter(pk=yes.pk).update(asked_by_id=leader.person)
    if why == "kept away":
        kept_away(cast.child, leader)
    if why == "family":
        Seat.objects.create(child_id=cast.child, person_id=leader.person, kind=SeatKind.GUARDIAN, origin="cast")
    if why == "elsewhere":
        Position.objects.filter(pk=leader.position).update(unit=Position.objects.get(pk=cast.omar.position).unit)
    if why == "gone":
        leaves(leader)
    leaves(welfare[0])
    swept()
    swept()
    assert holder(yes).person_id == welfare[0].person and holder(yes).unheld_at
    assert max(ends_at(yes)) < min(before) and shared(cast) == {"identity", "everyday"}
    asker = Request.objects.get(pk=yes.pk).asked_by_id
    assert Notice.objects.filter(recipient_id=asker, event="consents.say_unheld").count() == 1
    Request.objects.filter(pk=yes.pk).update(asked_by_id=cast.maja.person)
    carer_says(cast, as_app, yes, "identity")
    assert shared(cast) == set(), "what somebody said who is gone completes nothing"
    for who in (welfare[0], leader):
        with as_app(who.actor), pytest.raises((Refused, Party.DoesNotExist)):
            answer_for_welfare(who.actor, holder(yes), ("everyday",))


def test_a_say_that_nobody_held_falls_to_the_leader_who_comes(cast, welfare, leader, yes, swept):
    Position.objects.filter(pk=leader.position).update(leads=False)
    leaves(welfare[0])
    swept()
    ended = ends_at(yes)
    Position.objects.filter(pk=leader.position).update(leads=True)
    swept()
    assert holder(yes).person_id == leader.person and ends_at(yes) == ended


def test_without_a_leader_it_falls_to_one_of_the_service_who_is_in_the_case(cast, welfare, leader, yes, swept):
    Position.objects.filter(pk=leader.position).update(leads=False)
    made.seat(cast.child, welfare[1], SeatKind.SERVICE)
    leaves(welfare[0])
    swept()
    assert holder(yes).person_id == welfare[1].person


def test_a_say_falls_also_when_the_one_who_said_it_is_found_too_close(cast, welfare, leader, yes, swept):
    kept_away(cast.child, welfare[0])
    swept()
    assert holder(yes).person_id == leader.person


def test_whoever_begins_in_another_unit_there_answers_anew_in_that_position(cast, welfare, leader, yes, as_app, swept):
    was = Position.objects.get(pk=welfare[0].position)
    now = Position.objects.create(person_id=was.person_id, unit=was.unit, title="Kontaktperson")
    leaves(welfare[0])
    swept()
    assert (holder(yes).person_id, holder(yes).position_id) == (was.person_id, now.pk)
    answers(as_app, welfare[0], yes, "everyday")
    assert (
        shared(cast) == {"identity", "everyday"}
        and Party.objects.filter(request=yes, role="child_welfare").count() == 2
    )


def test_a_no_stands_when_the_one_who_said_it_leaves(cast, welfare, leader, as_app, put, order, swept):
    asked = put(welfare[0])
    says(as_app, welfare[0], asked)
    leaves(welfare[0])
    swept()
    assert holder(asked).person_id == welfare[0].person and holder(asked).unheld_at is None
    carer_says(cast, as_app, asked, "everyday")
    assert shared(cast) == set()


def test_a_question_that_waits_is_answered_by_another(cast, welfare, leader, as_app, put, order, swept):
    asked = put(welfare[0])
    order(welfare[0])
    leaves(welfare[0])
    swept()
    carer_says(cast, as_app, asked, "everyday")
    answers(as_app, leader, asked, "everyday")
    assert shared(cast) == {"identity", "everyday"}


def test_a_colleague_answers_when_it_is_handed_on(cast, welfare, leader, yes, as_app, visit):
    hilde, jon = welfare
    before, page = ends_at(yes), reverse("hand_say_on", args=[holder(yes).pk])
    body = visit(hilde).get(page).content.decode()
    assert "Jon Sand" in body and "Berit Dahl" in body and "Omar" not in body
    wrong = visit(hilde).post(page, {"position": str(cast.omar.position), "key": str(uuid4())})
    assert wrong.status_code == 422
    assert visit(hilde).post(page, {"position": str(jon.position), "key": str(uuid4())})["Location"] == "/"
    assert visit(hilde).get(page).status_code == 404
    assert holder(yes).person_id == jon.person and max(ends_at(yes)) < min(before)
    assert Notice.objects.filter(recipient_id=jon.person, event="consents.say_is_yours").count() == 1
    with as_app(hilde.actor), pytest.raises((Refused, Party.DoesNotExist)):
        answer_for_welfare(hilde.actor, party_ended(yes), ("everyday",))
    once = ends_at(yes)
    with as_app(jon.actor):
        hand_on(jon.actor, holder(yes), hilde.position)
    assert ends_at(yes) == once, "handing on again gives no more days"
    carer_says(cast, as_app, yes, "everyday")
    assert shared(cast) == set(), "what she said before does not count again by itself"
    answers(as_app, hilde, yes, "everyday")
    assert shared(cast) == {"identity", "everyday"} and ends_at(yes) == before


def party_ended(asked):
    return Party.objects.get(request=asked, role="child_welfare", ended_at__year__lt=9999)


def test_the_database_hands_on_only_to_one_who_may_by_one_who_answers(cast, welfare, leader, yes, as_app):
    hilde, jon = welfare
    kept_away(cast.child, leader)
    soon = timezone.now() + timedelta(days=3)
    party = holder(yes).pk
    for by, to in ((jon, jon), (cast.maja, jon), (hilde, hilde), (hilde, leader), (hilde, cast.omar)):
        with as_app(by.actor), pytest.raises(DatabaseError), transaction.atomic():
            ground.hand_on(party, to.position, soon)
    with as_app(hilde.actor), pytest.raises(DatabaseError), transaction.atomic():
        ground.unheld(soon)
    Request.objects.filter(pk=yes.pk).update(asked_by_id=jon.person)
    with as_app(hilde.actor), pytest.raises(DatabaseError), transaction.atomic():
        ground.hand_on(party, jon.position, soon)
    assert holder(yes).person_id == hilde.person


def test_nobody_is_found_to_answer_who_asks_or_is_too_close(cast, welfare, leader, yes, as_app, visit):
    hilde, jon = welfare
    kept_away(cast.child, leader)
    Request.objects.filter(pk=yes.pk).update(asked_by_id=jon.person)
    with as_app(hilde.actor):
        assert colleagues_who_may_answer(hilde.actor, holder(yes)) == []
    body = visit(hilde).get(reverse("hand_say_on", args=[holder(yes).pk])).content.decode()
    assert "Ingen andre i tjenesten" in body and "<select" not in body


def test_nothing_is_handed_on_when_all_have_answered_and_nothing_is_shared(
    cast, welfare, leader, yes, as_app, visit, swept
):
    carer_says(cast, as_app, yes)
    Request.objects.filter(pk=yes.pk).update(answer_by=timezone.now())
    Seat.objects.filter(child_id=cast.child, origin="care").update(until=timezone.now() + timedelta(days=9))
    assert visit(welfare[0]).get(reverse("hand_say_on", args=[holder(yes).pk])).status_code == 403
    leaves(welfare[0])
    swept()
    assert holder(yes).person_id == welfare[0].person and holder(yes).unheld_at is None


def test_an_answer_says_that_the_text_was_the_one_for_child_welfare(cast, welfare, yes):
    given = Answer.objects.get(request=yes, person_id=welfare[0].person)
    assert given.text_version.endswith("-care") and name_of(given.text_version) == "Bokmål"
    carers = Answer.objects.exclude(person_id=welfare[0].person).get(request=yes)
    assert not carers.text_version.endswith("-care")
