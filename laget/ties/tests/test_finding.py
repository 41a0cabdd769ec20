"""What the register knows shuts out in the same transaction, whoever made it known, and in whatever order."""

from datetime import date, timedelta
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access.sealing import index, seal
from laget.cases.tests.factories import holder_of
from laget.demo.cast import child, person
from laget.directory.models import Identity, Position
from laget.families.access import visible_children
from laget.families.models import Parent, Sibling
from laget.kernel.actor import Actor, Capacity
from laget.notices.models import Notice
from laget.people.models import NationalNumber
from laget.people.rules import synthetic_number
from laget.sight.models import Forbid, Seat, SeatKind
from laget.ties import ground, sweeps
from laget.ties.models import Tie

pytestmark = pytest.mark.django_db


def parent(of: UUID, who: UUID, by: UUID, **more) -> Parent:
    return Parent.objects.create(
        child_id=of, person_id=who, relation="mother", responsibility=True, source="register", registered_by=by, **more
    )


def barred(who: UUID, of: UUID) -> bool:
    return Forbid.objects.in_force().filter(person_id=who, child_id=of, capacity="worker").exists()


def sees(as_app, member, of: UUID) -> bool:
    with as_app(member.actor):
        return visible_children(member.actor).filter(pk=of).exists()


def test_a_worker_who_becomes_a_registered_parent_is_out_at_once(cast, as_app):
    assert sees(as_app, cast.omar, cast.child)
    parent(cast.child, cast.omar.person, cast.maja.person)
    assert barred(cast.omar.person, cast.child)
    assert not sees(as_app, cast.omar, cast.child)
    assert not Seat.objects.in_force().filter(person_id=cast.omar.person, kind=SeatKind.SERVICE).exists()


def test_the_same_human_under_two_rows_is_found_by_number(cast, as_app):
    number = synthetic_number(date(1985, 4, 2), 7)
    NationalNumber.objects.filter(person_id=cast.kari.person).delete()
    NationalNumber.objects.create(person_id=cast.kari.person, sealed=seal(b"x", "number"), index=index(number))
    assert not barred(cast.omar.person, cast.child)
    Identity.objects.create(person_id=cast.omar.person, index=index(number))
    assert barred(cast.omar.person, cast.child)
    assert not sees(as_app, cast.omar, cast.child)
    assert sees(as_app, cast.kari, cast.child), "at home she is the child's mother as before"


def test_one_row_that_is_both_sees_at_home_and_not_at_work(cast, as_app):
    parent(cast.child, cast.omar.person, cast.maja.person)
    Seat.objects.create(child_id=cast.child, person_id=cast.omar.person, kind=SeatKind.PARENT, origin="parent")
    home = Actor(cast.omar.person, Capacity.CITIZEN)
    with as_app(home):
        assert visible_children(home).filter(pk=cast.child).exists()
    assert not sees(as_app, cast.omar, cast.child)


def grandmother(cast, who):
    parent(child("Kari", "Solberg", date(1990, 1, 1), cast.maja.person, serial=3), who, cast.maja.person)


def kari_is_a_child_of(cast, who: UUID) -> None:
    from laget.families.models import Child

    Child.objects.get_or_create(
        person_id=cast.kari.person, defaults={"born": date(1988, 1, 1), "registered_by": cast.maja.person}
    )
    parent(cast.kari.person, who, cast.maja.person)


def aunt(cast, who: UUID) -> None:
    """A sister of the mother: both are children of one grandmother."""
    elder = person("Ragna", "Solberg")
    kari_is_a_child_of(cast, elder)
    from laget.families.models import Child

    Child.objects.create(person_id=who, born=date(1986, 1, 1), registered_by=cast.maja.person)
    parent(who, elder, cast.maja.person)


def sister(cast, who: UUID) -> None:
    from laget.families.models import Child

    Child.objects.create(person_id=who, born=date(2000, 1, 1), registered_by=cast.maja.person)
    parent(who, cast.kari.person, cast.maja.person)


def linked(cast, who: UUID) -> None:
    from laget.families.models import Child

    Child.objects.create(person_id=who, born=date(2000, 1, 1), registered_by=cast.maja.person)
    Sibling.objects.create(child_id=cast.child, sibling_id=who, registered_by=cast.maja.person)


def guardian(cast, who: UUID) -> None:
    Seat.objects.create(child_id=cast.child, person_id=who, kind=SeatKind.GUARDIAN, origin="court")


@pytest.mark.parametrize("make", [kari_is_a_child_of, aunt, sister, linked, guardian], ids=lambda made: made.__name__)
def test_every_registered_tie_of_section_six_shuts_out(cast, make):
    make(cast, cast.omar.person)
    assert barred(cast.omar.person, cast.child)
    assert not barred(cast.maja.person, cast.child)
    assert not barred(cast.otto.person, cast.child)


@pytest.mark.parametrize("order", list(permutations(("number", "tie", "position"))), ids="-".join)
def test_whatever_becomes_known_last_shuts_out(cast, order):
    """A relation that is added later, a worker who is identified later, one who begins to work later."""
    number, who, at_home = synthetic_number(date(1985, 4, 2), 9), person("Siv", "Moe"), person("Siv", "Moe")
    NationalNumber.objects.create(person_id=at_home, sealed=seal(b"x", "number"), index=index(number))
    unit = Position.objects.get(pk=cast.omar.position).unit
    steps = {
        "number": lambda: Identity.objects.create(person_id=who, index=index(number)),
        "tie": lambda: parent(cast.child, at_home, cast.maja.person),
        "position": lambda: Position.objects.create(person_id=who, unit=unit, title="T", since=timezone.now()),
    }
    for step in order:
        assert not barred(who, cast.child)
        steps[step]()
    assert barred(who, cast.child)


def test_the_baton_falls_and_a_leader_is_told(cast, family):
    held = holder_of(cast.case.pk)
    assert held == cast.maja.position
    parent(cast.child, cast.maja.person, cast.omar.person)
    tie = Tie.objects.get(worker_id=cast.maja.person, child_id=cast.child)
    assert tie.seated and tie.told_at is None
    sweeps.run()
    assert holder_of(cast.case.pk) != cast.maja.position
    assert Notice.objects.filter(recipient_id=cast.liv.person, event="ties.shut_out").exists() == (
        tie.unit_id is not None
    )
    before = Notice.objects.count()
    sweeps.run()
    assert Notice.objects.count() == before, "told once"


def test_nobody_is_told_of_a_worker_who_had_no_place_there(cast):
    """That the own family has a case is no business of the leader's, nor of the worker's."""
    parent(cast.child, cast.otto.person, cast.maja.person)
    assert barred(cast.otto.person, cast.child)
    tie = Tie.objects.get(worker_id=cast.otto.person)
    assert (tie.unit_id, tie.seated) == (None, False)
    sweeps.run()
    assert not Notice.objects.filter(event__startswith="ties.").exists()


def test_a_stranger_with_the_same_name_is_not_shut_out(cast):
    person("Omar", "Haddad")
    parent(cast.child, person("Omar", "Haddad"), cast.maja.person)
    assert not Tie.objects.exists()
    assert uuid4() is not None


def test_what_another_act_has_found_is_not_given_to_a_stranger(cast, as_app):
    made = Tie.objects.create(
        child_id=cast.child, worker_id=cast.otto.person, relation="line", found="register",
        made_at=timezone.now() - timedelta(minutes=5),
    )  # fmt: skip
    with as_app(cast.vera.actor):
        assert ground.untold() == []
    with as_app(None):
        assert ground.untold() == []
    sweeps.run()
    made.refresh_from_db()
    assert made.told_at is not None


def test_no_leader_decides_against_the_register(cast, as_app, visit):
    unit = Position.objects.get(pk=cast.maja.position).unit_id
    Position.objects.filter(pk=cast.liv.position).update(unit_id=unit)
    tied = parent(cast.child, cast.maja.person, cast.kari.person)
    tie = Tie.objects.get(worker_id=cast.maja.person)
    page, said = reverse("tie", args=[tie.pk]), {"outcome": "able", "reason": "Det er en feil."}
    answer = visit(cast.liv).post(page, said)
    assert answer.status_code == 422
    assert "registeret" in answer.content.decode().lower()
    assert barred(cast.maja.person, cast.child)
    with as_app(cast.liv.actor), pytest.raises(ProgrammingError), transaction.atomic():
        ground.rule(tie.pk, "able", "Nei.")
    Parent.objects.filter(pk=tied.pk).update(until=timezone.now())
    assert visit(cast.liv).post(page, said).status_code == 302
    assert not barred(cast.maja.person, cast.child)


def test_what_was_only_declared_is_a_mistake_when_the_leader_says_so(cast, visit):
    """A slip of a digit names a colleague as a parent: shut out at once, and let in again by the leader."""
    unit = Position.objects.get(pk=cast.maja.position).unit_id
    Position.objects.filter(pk=cast.liv.position).update(unit_id=unit)
    Parent.objects.create(
        child_id=cast.child, person_id=cast.maja.person, relation="mother", responsibility=False, source="declared",
        registered_by=cast.kari.person,
    )  # fmt: skip
    assert barred(cast.maja.person, cast.child)
    page = reverse("tie", args=[Tie.objects.get(worker_id=cast.maja.person).pk])
    assert visit(cast.liv).post(page, {"outcome": "able", "reason": "Feil tall."}).status_code == 302
    assert not barred(cast.maja.person, cast.child)


def test_one_who_is_refused_has_looked_up_all_the_same(cast, as_app):
    from laget.audit.actions import record  # noqa: PLC0415 - only here
    from laget.people.models import Lookup  # noqa: PLC0415 - only here

    with as_app(cast.maja.actor):
        record(cast.maja.actor, "access.refused", cause="cases.close_case")
    assert not Lookup.objects.exists()
    with as_app(cast.maja.actor):
        record(cast.maja.actor, "access.refused", cause="consents.ask_what")
    assert Lookup.objects.get().person == cast.maja.person
