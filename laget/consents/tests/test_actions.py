"""Asking, answering, noting and withdrawing, under the application's role."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from laget.access.actions import Refused
from laget.consents import ground, rights
from laget.consents.access import visible_requests
from laget.consents.actions import Oral, Wish, answer, ask, ask_for_service, note_oral_answer, withdraw
from laget.consents.actions.answering import person_of
from laget.consents.events import ConsentComplete, CoverGained, CoverLost
from laget.consents.models import Answer, Request
from laget.demo.cast import Cast, Family, Member
from laget.demo.clock import ago
from laget.directory.models import Position
from laget.families.models import Child, Parent
from laget.families.rules import TypedChild, TypedParent, ends
from laget.kernel import events
from laget.kernel.actor import Capacity
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.kernel.verdict import ALLOWED
from laget.notices.models import Notice
from laget.participation.actions import Said, set_up
from laget.participation.rules import EID, HOLDERS
from laget.people.models import Name, NationalNumber
from laget.people.rules import synthetic_number
from laget.sight.models import Cover, Seat, SeatKind

BORN = date(2021, 3, 4)
MOTHER, FATHER = date(1991, 1, 2), date(1990, 5, 6)
KINDS = ("identity", "everyday", "learning", "health")
WISH = Wish(KINDS, "plan", None, "Vi vil gjerne samarbeide om språket.")


def nora(**changes):
    mother = TypedParent("Marit", "Hansen", "mother", True, "register", synthetic_number(MOTHER))
    father = TypedParent("Ole", "Hansen", "father", True, "register", synthetic_number(FATHER))
    facts = {"given": "Nora", "family": "Hansen", "number": synthetic_number(BORN, 3), "parents": (mother, father)}
    return TypedChild(**{**facts, **changes})


@pytest.fixture
def heard(monkeypatch):
    """What is announced, in order."""
    said = []
    for kind in (CoverLost, CoverGained, ConsentComplete):
        known = list(events._listeners.get(kind, []))
        monkeypatch.setitem(events._listeners, kind, [*known, said.append])
    return said


@pytest.fixture
def asked(cast: Cast, as_app):
    with as_app(cast.maja.actor):
        return ask(cast.maja.actor, cast.maja.position, nora(), WISH, "«Jeg vil ikke.»", timezone.localdate()).value


def parents(request: Request) -> tuple[Member, Member]:
    """The mother and the father, as they were registered."""
    people = [(Name.objects.get(given=name).person_id, name) for name in ("Marit", "Ole")]
    return tuple(Member(who, name, Capacity.CITIZEN) for who, name in people)


def kinds_now(request: Request) -> set[str]:
    return set(Cover.objects.in_force().filter(child_id=request.child_id, service_id=request.service_id)
               .values_list("kind", flat=True))  # fmt: skip


def say(as_app, member, request, kinds, joins=False):
    with as_app(member.actor):
        return answer(member.actor, request, kinds, joins)


def test_asking_registers_child_and_parents_and_gives_seats(cast: Cast, asked, as_app):
    seats = {(s.kind, s.person_id): s for s in Seat.objects.filter(child_id=asked.child_id)}
    mother, father = parents(asked)
    assert set(seats) == {
        ("asking", cast.maja.person), ("parent", mother.person), ("parent", father.person),
    }  # fmt: skip
    assert seats["parent", mother.person].until.isoformat() == "2039-03-03T23:00:00+00:00"
    assert seats["asking", cast.maja.person].until == asked.answer_by
    assert {p.role for p in asked.parties.all()} == {"parent"}
    assert Notice.objects.filter(event="consents.asked").count() == 2
    with as_app(cast.maja.actor):
        assert visible_requests(cast.maja.actor).filter(pk=asked.pk).exists()
    with as_app(cast.otto.actor):
        assert not visible_requests(cast.otto.actor).exists()


def test_both_parents_decide_and_the_cover_is_what_they_have_in_common(cast: Cast, asked, as_app, heard):
    mother, father = parents(asked)
    assert isinstance(say(as_app, mother, asked, ["everyday", "learning", "health"]), Done)
    assert kinds_now(asked) == set() and not heard
    say(as_app, father, asked, ["everyday", "learning"])
    assert kinds_now(asked) == {"identity", "everyday", "learning"}
    assert [type(one) for one in heard] == [CoverGained, ConsentComplete]
    assert heard[1].opens_case and heard[1].position == cast.maja.position
    seats = Seat.objects.in_force().filter(child_id=asked.child_id, person_id=cast.maja.person)
    assert [seat.kind for seat in seats] == [SeatKind.SERVICE]
    with as_app(cast.maja.actor):
        assert visible_requests(cast.maja.actor).filter(pk=asked.pk).exists()


def test_a_no_shares_nothing_and_ends_the_asking_seat(cast: Cast, asked, as_app, heard):
    mother, father = parents(asked)
    say(as_app, mother, asked, [])
    say(as_app, father, asked, ["everyday"])
    assert kinds_now(asked) == set() and not heard
    assert not Seat.objects.in_force().filter(child_id=asked.child_id, person_id=cast.maja.person).exists()
    with as_app(cast.maja.actor):
        assert not visible_requests(cast.maja.actor).filter(pk=asked.pk).exists()
    told = Notice.objects.get(recipient_id=cast.maja.person)
    assert (told.event, told.child, told.address) == ("consents.not_shared", None, "/")


def test_an_oral_answer_counts_like_any_other(cast: Cast, asked, as_app):
    mother, father = parents(asked)
    say(as_app, mother, asked, ["everyday"])
    typed = asked.typed["people"][1]
    assert typed["name"] == "Ole Hansen" and str(father.person) == typed["person"]
    oral = Oral(("everyday", "health"), "tigrinja", "Selam Tesfay", "Tegnet en tegning.")
    with as_app(cast.maja.actor):
        note_oral_answer(cast.maja.actor, asked, typed["id"], oral)
    given = Answer.objects.get(person_id=father.person)
    assert (given.form, given.noted_by_id, given.interpreter) == ("oral", cast.maja.position, "Selam Tesfay")
    assert kinds_now(asked) == {"identity", "everyday"}


def test_nobody_else_notes_an_answer(cast: Cast, asked, as_app):
    with as_app(cast.otto.actor), pytest.raises((Refused, Request.DoesNotExist)):
        note_oral_answer(cast.otto.actor, asked, asked.typed["people"][0]["id"], Oral(("everyday",)))


def test_an_id_that_was_not_typed_is_nobody(asked):
    assert person_of(asked, asked.pk) is None


def test_withdrawal_ends_sight_at_once_and_the_mother_alone_renews(cast: Cast, asked, as_app, heard):
    mother, father = parents(asked)
    for one in (mother, father):
        say(as_app, one, asked, ["everyday", "learning"])
    heard.clear()
    with as_app(mother.actor):
        withdraw(mother.actor, asked)
    assert kinds_now(asked) == set()
    assert [(type(one), one.kinds) for one in heard] == [(CoverLost, {"identity", "everyday", "learning"})]
    assert Notice.objects.filter(recipient_id=father.person, event="consents.changed").count() == 1
    with as_app(cast.maja.actor):
        assert not visible_requests(cast.maja.actor).filter(pk=asked.pk).exists()
    heard.clear()
    say(as_app, mother, asked, ["everyday", "learning"])
    assert kinds_now(asked) == {"identity", "everyday", "learning"}
    assert [type(one) for one in heard] == [CoverGained, ConsentComplete]
    assert Answer.objects.filter(request=asked, person_id=father.person).count() == 1


def test_the_other_parent_is_told_only_when_something_shared_has_changed(asked, as_app):
    mother, father = parents(asked)
    say(as_app, mother, asked, ["everyday", "health"])
    with as_app(mother.actor):
        withdraw(mother.actor, asked)
    assert not Notice.objects.filter(event="consents.changed").exists()
    for one in (mother, father):
        say(as_app, one, asked, ["everyday", "health"])
    say(as_app, mother, asked, ["everyday"])
    assert list(Notice.objects.filter(event="consents.changed").values_list("recipient_id", flat=True)) == [
        father.person
    ]
    assert kinds_now(asked) == {"identity", "everyday"}


def test_the_same_answer_twice_changes_nothing(asked, as_app):
    mother, _father = parents(asked)
    say(as_app, mother, asked, ["everyday"])
    assert isinstance(say(as_app, mother, asked, ["everyday"]), Unchanged)
    assert Answer.objects.filter(request=asked).count() == 1


def test_losing_one_request_does_not_end_what_another_gives(cast: Cast, asked, as_app, heard):
    mother, father = parents(asked)
    for one in (mother, father):
        say(as_app, one, asked, ["everyday", "learning"])
    with as_app(cast.maja.actor):
        again = ask(cast.maja.actor, cast.maja.position, nora(), Wish(("everyday",), "plan", None, "Igjen")).value
    assert again.child_id == asked.child_id
    for one in (mother, father):
        say(as_app, one, again, ["everyday"], joins=True)
    heard.clear()
    with as_app(mother.actor):
        withdraw(mother.actor, asked)
    assert kinds_now(asked) == {"identity", "everyday"}
    assert [one.kinds for one in heard] == [{"learning"}]


def test_how_far_back_becomes_instants(cast: Cast, as_app):
    for number, (reach, log, plan) in enumerate((("today", False, False), ("plan", False, True), ("all", True, True))):
        child = nora(given=f"Nora {number}", number=synthetic_number(BORN, 10 + number))
        with as_app(cast.maja.actor):
            request = ask(cast.maja.actor, cast.maja.position, child, Wish(("everyday",), reach)).value
        for one in parents(request):
            say(as_app, one, request, ["everyday"])
        cover = Cover.objects.get(child_id=request.child_id, kind="everyday")
        assert (cover.log_from.year == 1900, cover.plan_from.year == 1900) == (log, plan)
        assert cover.until == ends(request.until)


def test_a_known_child_is_not_changed_and_nobody_gets_a_seat(cast: Cast, family: Family, as_app):
    emil = Child.objects.get(pk=family.child)
    stranger = TypedParent("Fremmed", "Person", "father", True, "register", synthetic_number(date(1980, 1, 1)))
    typed = TypedChild("Emil", "Strand", synthetic_number(emil.born, 1), parents=(stranger,))
    before = Seat.objects.filter(child_id=emil.pk, kind="parent").count()
    with as_app(cast.maja.actor):
        request = ask(cast.maja.actor, cast.maja.position, typed, WISH).value
    assert request.child_id == emil.pk
    assert Seat.objects.filter(child_id=emil.pk, kind="parent").count() == before
    assert {party.person_id for party in request.parties.all()} == {family.mother.person, family.father.person}
    assert Parent.objects.get(child=emil, source="declared").person_id not in {family.mother.person}


def test_a_child_with_a_case_is_joined_only_when_the_parents_say_so(cast: Cast, family: Family, as_app, monkeypatch):
    monkeypatch.setattr(rights, "_existing_case", [lambda child: f"/family/{child}/"])
    emil = Child.objects.get(pk=family.child)
    typed = TypedChild("Emil", "Strand", synthetic_number(emil.born, 1), parents=nora().parents)
    with as_app(cast.maja.actor):
        request = ask(cast.maja.actor, cast.maja.position, typed, WISH).value
    for one in (family.mother, family.father):
        say(as_app, one, request, ["everyday"])
    assert kinds_now(request) == set()
    for one in (family.mother, family.father):
        say(as_app, one, request, ["everyday"], joins=True)
    assert kinds_now(request) == {"identity", "everyday"}


def test_an_older_child_answers_itself(cast: Cast, as_app):
    today = timezone.localdate()
    born = today.replace(year=today.year - 15, day=1) - timedelta(days=40)
    child = nora(given="Live", number=synthetic_number(born, 2))
    with as_app(cast.vera.actor):
        request = ask(cast.vera.actor, cast.vera.position, child, WISH).value
    assert {party.role for party in request.parties.all()} == {"parent", "child"}
    live = Member(request.child_id, "Live", Capacity.CITIZEN)
    for one in parents(request):
        say(as_app, one, request, ["everyday"])
    assert kinds_now(request) == set()
    with as_app(live.actor):  # to be asked gives no place: the page is opened face to face
        assert not Request.objects.exists()
    assert not Seat.objects.filter(kind="child", child_id=request.child_id).exists()
    agreed = (request.child_id, HOLDERS)  # who only asks does not learn which parents there are
    said = Said("passport", EID, maturity="Live vil det selv.", agreed=agreed)
    with as_app(cast.vera.actor):
        set_up(cast.vera.actor, Child.objects.get(pk=request.child_id), request.child_id, said)
    say(as_app, live, request, ["everyday"])
    assert kinds_now(request) == {"identity", "everyday"}


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        (nora(number="12345678901"), "number"),
        (nora(number="", born=date(2150, 1, 1)), "born"),
        (nora(number="", born=date(1990, 1, 1)), "born"),
        (nora(number=""), "born"),
        (nora(parents=()), "parents.0.given"),
        (nora(parents=(TypedParent("A", "B", source="declared"),)), "parents.0.source"),
        (nora(parents=(TypedParent("A", "B", number=synthetic_number(BORN, 3)),)), "parents.0.number"),
    ],
)
def test_what_cannot_be_taken_registers_nothing(cast: Cast, as_app, typed, place):
    with as_app(cast.maja.actor), pytest.raises(Invalid) as fault:
        ask(cast.maja.actor, cast.maja.position, typed, WISH)
    assert fault.value.field == place and str(fault.value.reason)
    assert not Name.objects.filter(family="Hansen").exists()


def test_a_parent_without_responsibility_is_registered_but_not_asked(cast: Cast, as_app):
    mother, father = nora().parents
    alone = nora(parents=(mother, TypedParent("Ole", "Hansen", "father", False, "declared", father.number)))
    with as_app(cast.maja.actor):
        request = ask(cast.maja.actor, cast.maja.position, alone, WISH).value
    mother, father = parents(request)
    assert {party.person_id for party in request.parties.all()} == {mother.person}
    assert not Seat.objects.filter(person_id=father.person).exists()
    say(as_app, mother, request, ["everyday"])
    assert kinds_now(request) == {"identity", "everyday"}


def test_too_many_children_in_an_hour_are_refused_kindly(cast: Cast, as_app):
    with as_app(cast.maja.actor):
        for _ in range(30):
            ask(cast.maja.actor, cast.maja.position, nora(), WISH)
        with pytest.raises(Invalid, match=r"None"):
            ask(cast.maja.actor, cast.maja.position, nora(), WISH)
        assert visible_requests(cast.maja.actor).count() == 30


def test_only_the_holder_asks_for_one_more_service(cast: Cast, family: Family, as_app, monkeypatch):
    emil = Child.objects.get(pk=family.child)
    Seat.objects.create(child_id=emil.pk, person_id=cast.maja.person, kind="service", position_id=cast.maja.position)
    Cover.objects.create(child_id=emil.pk, service_id=cast.kindergarten, kind="identity", purpose="cooperation")
    monkeypatch.setattr(rights, "_who_may_ask", [])
    with as_app(cast.maja.actor), pytest.raises(Refused):
        ask_for_service(cast.maja.actor, emil, cast.clinic, WISH)
    monkeypatch.setattr(rights, "_who_may_ask", [lambda actor, child: ALLOWED])
    elsewhere = Position.objects.get(pk=cast.vera.position).unit
    Position.objects.create(person_id=cast.maja.person, unit=elsewhere, title="Lærer", since=ago(900))
    with as_app(cast.maja.actor):
        request = ask_for_service(cast.maja.actor, emil, cast.clinic, WISH).value
        assert [one["name"] for one in request.typed["people"]]
    assert request.position_id == cast.maja.position
    say(as_app, family.mother, request, ["everyday", "health"])
    say(as_app, family.father, request, ["everyday"])
    assert kinds_now(request) == {"identity", "everyday"}
    say(as_app, family.father, request, ["everyday", "health"])
    assert kinds_now(request) == {"identity", "everyday", "health"}


def test_ground_tells_nothing_of_children_one_does_not_know(cast: Cast, asked, as_app):
    with as_app(cast.otto.actor):
        assert ground.standing(asked.pk) == () and ground.in_force(asked.pk) == ()


def test_numbers_are_sealed(asked):
    assert NationalNumber.objects.filter(person_id=asked.child_id).exists()
    assert synthetic_number(MOTHER) not in str(asked.typed)
