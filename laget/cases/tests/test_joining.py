"""Whoever joins a case is told of, also when the last yes was confirmed by one who does not see the case."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from laget.audit.models import Entry
from laget.cases.models import Baton, Case
from laget.consents.actions import Oral, Signed, confirm_paper, note_oral_answer, register_paper
from laget.consents.models import Party, Request
from laget.demo.cast import Member
from laget.directory.models import Position
from laget.kernel.period import FOREVER
from laget.notices.models import Notice
from laget.sight.models import Seat, SeatKind


def told(member):
    return Notice.objects.filter(event="cases.joined", recipient_id=member.person).count()


@pytest.fixture
def joining(cast):
    """The school asks on its own about Sara, who has a case; only her mother decides."""
    Seat.objects.filter(child_id=cast.child, person_id=cast.vera.person).delete()
    made = Request.objects.create(
        child_id=cast.child, service_id=cast.school, kinds=["identity", "everyday"], text_version="2-nb",
        asked_by_id=cast.vera.person, position_id=cast.vera.position, opens_case=True,
        answer_by=timezone.now() + timedelta(days=14),
        typed={"child": {"name": "Sara Nygård"}, "people": [{"id": str(cast.kari.person), "name": "Kari",
               "person": str(cast.kari.person), "asked": True, "language": "", "interpreter": False}]},
    )  # fmt: skip
    Party.objects.create(request=made, child_id=cast.child, person_id=cast.kari.person, role="parent")
    Seat.objects.create(
        child_id=cast.child, person_id=cast.vera.person, kind=SeatKind.ASKING, position_id=cast.vera.position,
        origin="asking", since=timezone.now() - timedelta(minutes=1),
    )  # fmt: skip
    return made


@pytest.fixture
def leader(cast):
    """One who leads where Vera works, with no place around Sara."""
    unit = Position.objects.get(pk=cast.vera.position).unit
    Position.objects.filter(pk=cast.otto.position).update(leads=True, unit=unit)
    return Member(cast.otto.person, cast.otto.name, cast.otto.capacity, cast.otto.position)


def on_paper(cast, as_app, joining, leader, *, joins=True):
    signed = Signed(timezone.localdate(), ("everyday",), "Arkiv", leader.person, joins=joins, text="nb")
    with as_app(cast.vera.actor):
        paper = register_paper(cast.vera.actor, joining, (cast.kari.person, "Kari"), signed).value
    with as_app(leader.actor):
        confirm_paper(leader.actor, paper)


def test_a_leader_who_confirms_a_paper_makes_the_holder_and_the_family_hear_of_it(cast, as_app, joining, leader):
    on_paper(cast, as_app, joining, leader)
    assert told(cast.maja) == 1 and told(cast.kari) == 1 and told(leader) == 0
    assert told(cast.per) == 0, "one who is kept away hears nothing"
    entry = Entry.objects.get(event="cases.joined")
    assert entry.object_id == cast.case.pk and entry.child == cast.child


def test_the_same_holds_when_an_oral_answer_completes_it(cast, as_app, joining):
    with as_app(cast.vera.actor):
        note_oral_answer(cast.vera.actor, joining, cast.kari.person, Oral(("everyday",), "norsk", joins=True))
    assert told(cast.maja) == 1 and told(cast.kari) == 1


def test_nobody_hears_of_what_gives_nothing(cast, as_app, joining, leader):
    on_paper(cast, as_app, joining, leader, joins=False)
    assert not Notice.objects.filter(event="cases.joined").exists()


def test_without_an_open_case_nobody_joins_anything(cast, as_app, joining, leader):
    now = timezone.now()
    Baton.objects.filter(case=cast.case).update(until=now)
    Case.objects.filter(pk=cast.case.pk).update(closed_at=now)
    on_paper(cast, as_app, joining, leader)
    assert not Notice.objects.filter(event="cases.joined").exists()
    assert not Case.objects.filter(closed_at=FOREVER, child_id=cast.child).exists()


@pytest.mark.django_db(transaction=True)
def test_whom_it_concerns_is_told_only_while_it_happens(cast, as_app, joining, leader):
    """A moment later the same leader, or the one who asked, learns nobody's id from the database."""
    on_paper(cast, as_app, joining, leader)
    for member in (leader, cast.vera, cast.otto):
        with as_app(member.actor), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM cases_joined_by(%s)", [joining.pk])
            assert cursor.fetchall() == []
