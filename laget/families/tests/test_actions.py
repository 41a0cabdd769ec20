"""Registering a child under the application's role: known or not, the same answer."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from laget.access.actions import Refused
from laget.demo.cast import Member
from laget.families import ground
from laget.families.access import visible_children, visible_parents, visible_siblings
from laget.families.actions import link_siblings, record_birth, register_child
from laget.families.models import Child, Parent, Sibling
from laget.families.rules import TypedChild, TypedParent, family_seat_ends
from laget.kernel.actor import LETTER, Actor, Capacity
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Unchanged
from laget.people.models import Name, NationalNumber, Person
from laget.people.rules import synthetic_number
from laget.sight.actions import give_seat
from laget.sight.models import Seat

BORN = date(2021, 3, 4)
MOTHER = TypedParent("Marit", "Hansen", "mother", True, "register", synthetic_number(date(1991, 1, 2)))
FATHER = TypedParent("Ole", "Hansen", "father", True, "court", "", "tigrinja", True)


def child(**changes):
    facts = {"given": "Nora", "family": "Hansen", "number": synthetic_number(BORN, 3), "parents": (MOTHER, FATHER)}
    return TypedChild(**{**facts, **changes})


@pytest.fixture
def register(cast, as_app):
    def run(typed, member=None):
        one = member or cast.maja
        with as_app(one.actor):
            return register_child(one.actor, one.position, typed).value

    return run


def test_the_asker_knows_the_child_and_nothing_of_its_case(cast, register, as_app):
    found = register(child())
    with as_app(cast.maja.actor):
        assert visible_children(cast.maja.actor).filter(pk=found.child).exists()
        assert not visible_parents(cast.maja.actor).filter(child_id=found.child).exists()
    with as_app(cast.otto.actor):
        assert not visible_children(cast.otto.actor).filter(pk=found.child).exists()
    assert NationalNumber.objects.filter(person_id=found.child).exists()
    assert [Name.objects.get(pk=one).given for one in found.parents] == ["Marit", "Ole"]


def test_a_parent_without_a_number_has_a_seat_but_nowhere_to_sign_in(register):
    found = register(child())
    father = Parent.objects.get(person_id=found.parents[1])
    assert (father.language, father.interpreter, father.proven) == ("tigrinja", True, True)
    assert Seat.objects.get(person_id=father.person_id).until == family_seat_ends(BORN, 18)
    assert not NationalNumber.objects.filter(person_id=father.person_id).exists()


def test_the_same_child_is_found_and_not_changed(register):
    first, people = register(child()), Person.objects.count()
    again = register(child(given="nora", family="Hånsen", parents=(MOTHER, TypedParent("ole", "Hansen"))))
    assert (again, Person.objects.count()) == (first, people)
    assert Name.objects.get(pk=first.child).family == "Hansen"


def test_twins_are_two_children_and_share_their_parents(register):
    one = register(child())
    other = register(child(given="Nils", number=synthetic_number(BORN, 4)))
    assert one.child != other.child and one.parents[0] == other.parents[0]


def test_twins_without_numbers_are_told_apart_by_their_names(register):
    one = register(child(number="", born=BORN))
    other = register(child(given="Nils", number="", born=BORN))
    again = register(child(number="", born=BORN))
    assert one.child == again.child != other.child


def test_the_name_and_the_birth_date_alone_are_not_enough(register):
    one = register(child(number="", born=BORN))
    other = register(child(number="", born=BORN, parents=(FATHER,)))
    assert one.child != other.child


def test_a_number_with_another_name_is_another_child(register):
    one, other = register(child()), register(child(given="Petra"))
    assert one.child != other.child
    assert not NationalNumber.objects.filter(person_id=other.child).exists()


def test_no_responsibility_no_seat(register):
    found = register(child(parents=(MOTHER, TypedParent("Ole", "Hansen", "father", False, "declared"))))
    assert not Seat.objects.filter(person_id=found.parents[1]).exists()


def test_a_stranger_typed_as_parent_of_a_known_child_gets_nothing(register, cast, as_app):
    first = register(child())
    stranger = TypedParent("Fremmed", "Mann", "father", True, "register", synthetic_number(date(1980, 1, 1)))
    again = register(child(parents=(stranger,)), cast.otto)
    assert again.child == first.child and again.parents[0] not in first.parents
    assert not Seat.objects.filter(person_id=again.parents[0]).exists()
    with as_app(cast.otto.actor):
        assert dict(ground.responsible(first.child))[again.parents[0]] is False


def test_an_adult_child_gives_its_parents_no_seat(register):
    today = timezone.localdate()
    found = register(child(number="", born=today.replace(year=today.year - 19, day=1)))
    assert not Seat.objects.filter(child_id=found.child, kind="parent").exists()


def test_an_expected_child_is_born(register, cast, as_app):
    today = timezone.localdate()
    found = register(child(number="", expected=today))
    expected = Child.objects.get(pk=found.child)
    assert (expected.born, expected.expected) == (None, today)
    mother = Seat.objects.get(person_id=found.parents[0])
    with as_app(cast.maja.actor), pytest.raises(Refused):
        record_birth(cast.maja.actor, expected, today)
    marit = Member(mother.person_id, "Marit", Capacity.CITIZEN)
    with as_app(marit.actor):
        with pytest.raises(Invalid):
            record_birth(marit.actor, expected, today + timedelta(days=366))
        record_birth(marit.actor, expected, today)
        expected.refresh_from_db()
        assert isinstance(record_birth(marit.actor, expected, today), Unchanged)
    seats = Seat.objects.in_force().filter(child_id=found.child, kind="parent")
    assert {seat.person_id for seat in seats} == set(found.parents)
    assert {seat.until for seat in seats} == {family_seat_ends(today, 18)}


def test_two_parents_who_tell_of_the_birth_at_once_are_told_and_not_failed(register, as_app):
    today = timezone.localdate()
    found = register(child(number="", expected=today))
    mother, father = (Actor(one, Capacity.CITIZEN) for one in found.parents)
    hers, his = Child.objects.get(pk=found.child), Child.objects.get(pk=found.child)
    with as_app(mother):
        record_birth(mother, hers, today)
    with as_app(father):
        assert isinstance(record_birth(father, his, today), Unchanged)
        his.born = None
        with pytest.raises(Invalid):
            record_birth(father, his, today - timedelta(days=1))


def test_who_came_in_by_letter_tells_of_the_birth_and_sees_the_child_still(register, as_app):
    today = timezone.localdate()
    found = register(child(number="", expected=today))
    mother, father = found.parents
    Seat.objects.filter(child_id=found.child, person_id=mother).update(for_letter=True)
    marit = Actor(mother, Capacity.CITIZEN, strength=LETTER)
    with as_app(marit):
        record_birth(marit, Child.objects.get(pk=found.child), today)
        assert visible_children(marit).filter(pk=found.child).exists()
    seats = Seat.objects.in_force().filter(child_id=found.child, kind="parent")
    assert dict(seats.values_list("person_id", "for_letter")) == {mother: True, father: False}


def test_nobody_opens_a_place_by_letter_by_calling_it_born(register, as_app):
    found = register(child(number="", expected=timezone.localdate()))
    mother, father = found.parents
    own = Seat.objects.get(child_id=found.child, person_id=mother, kind="parent")
    with as_app(Actor(mother, Capacity.CITIZEN)):
        for who, before in ((mother, own.pk), (father, own.pk), (mother, None)):
            give_seat(child=found.child, person=who, kind="parent", origin="born", origin_id=before)
            Seat(
                child_id=found.child, person_id=who, kind="parent", origin="born", origin_id=before, for_letter=True
            ).save(force_insert=True)  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            Seat(child_id=found.child, person_id=mother, kind="parent", origin="x", for_letter=True).save()
    assert not Seat.objects.filter(child_id=found.child, for_letter=True).exists()


def test_the_one_who_tells_of_the_birth_may_name_the_child(register, cast, as_app):
    today = timezone.localdate()
    found = register(child(given="Ufødt", number="", expected=today))
    marit = Member(found.parents[0], "Marit", Capacity.CITIZEN)
    with as_app(cast.maja.actor):
        assert not ground.name_newborn(found.child, "Kapret", "kapret")
    with as_app(marit.actor):
        record_birth(marit.actor, Child.objects.get(pk=found.child), today, "  Nora\u202e  Li ")
        assert not ground.name_newborn(found.child, "Igjen", "igjen")
    name = Name.objects.get(pk=found.child)
    assert (name.given, name.family, name.sort_key) == ("Nora Li", "Hansen", "hansen|nora li")


def test_siblings_are_linked_by_a_parent_of_both(register, cast, as_app):
    one, other = register(child()), register(child(given="Nils", number=synthetic_number(BORN, 4)))
    first, second = Child.objects.get(pk=one.child), Child.objects.get(pk=other.child)
    marit = Member(one.parents[0], "Marit", Capacity.CITIZEN)
    with as_app(marit.actor):
        link_siblings(marit.actor, first, second.pk)
        assert isinstance(link_siblings(marit.actor, second, first.pk), Unchanged)
        assert [pair.child_id for pair in visible_siblings(marit.actor)] == [min(first.pk, second.pk)]
        for wrong in (first.pk, cast.child):
            with pytest.raises(Invalid):
                link_siblings(marit.actor, first, wrong)
    for stranger in (cast.maja, cast.otto, cast.kari):
        with as_app(stranger.actor), pytest.raises(Refused):
            link_siblings(stranger.actor, first, second.pk)
    assert Sibling.objects.count() == 1


def test_notices_go_only_to_those_who_can_sign_in_and_may_know(cast, register, as_app):
    found = register(child())
    with as_app(cast.maja.actor):
        assert ground.reachable(found.child) == {found.parents[0]}
        assert ground.reachable(cast.child) == {cast.kari.person, cast.sara.person}
    with as_app(cast.otto.actor):
        assert ground.reachable(found.child) == frozenset() == ground.reachable(cast.child)


@pytest.mark.parametrize(
    ("given", "family", "same"),
    [("Marit", "Hansen", True), ("Marit Anne", "Olsen", True), ("Mary", "Hansen", True), ("Berit", "Olsen", False)],
)
def test_a_parents_number_counts_only_with_a_name_that_can_be_the_same(register, given, family, same):
    first = register(child())
    other = TypedParent(given, family, "mother", True, "register", MOTHER.number)
    found = register(child(given="Nils", number=synthetic_number(BORN, 4), parents=(other,)))
    assert (found.parents[0] == first.parents[0]) is same
    assert found.parents[0] is not None
    assert NationalNumber.objects.filter(person_id=found.parents[0]).exists() is same
