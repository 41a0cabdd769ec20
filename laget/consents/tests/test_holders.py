"""Parental responsibility is given and lost: who is asked too, what stands, what ends, in the same transaction."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.access.actions import Refused
from laget.audit.models import Entry
from laget.consents import sweeps
from laget.consents.access import waiting_renewals
from laget.consents.actions import (
    Oral,
    Signed,
    answer,
    confirm_paper,
    note_oral_answer,
    note_paper_no,
    refuse_paper,
    register_paper,
    withdraw,
)
from laget.consents.actions.asking import Wish, ask_for_service
from laget.consents.ground import standing
from laget.consents.models import Answer, Paper, Party, Renewal, Request
from laget.consents.rules import Hearing
from laget.directory.models import Position
from laget.families import ground as families
from laget.families.actions import add_parent, answer_claim, claim_responsibility, lets_in, register_responsibility
from laget.families.models import Child, Claim, Parent
from laget.families.rules import TypedParent, ends
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.notices.models import Notice
from laget.people.rules import synthetic_number
from laget.protection.access import visible_proposals
from laget.protection.actions import answer as answer_proposal
from laget.protection.models import Sort
from laget.sight.models import Cover, Seat

TODAY = timezone.localdate


def tie(cast, person):
    return Parent.objects.get(child_id=cast.child, person_id=person, until__year=9999)


@pytest.fixture
def register(cast, as_app):
    def said(person, held, by=None, on=None):
        worker, one = by or cast.maja, tie(cast, person)
        with as_app(worker.actor):
            if not lets_in(one, held):
                return register_responsibility(worker.actor, one, held, "register", on or TODAY())
            claim = claim_responsibility(worker.actor, one, "register", on or TODAY()).value
        second = cast.omar if worker is cast.maja else cast.maja
        with as_app(second.actor):
            return answer_claim(second.actor, claim, True)

    return said


@pytest.fixture
def consented(cast, as_app):
    """What the clinic may know, on these people's own yes."""

    def given(*who, kinds=("everyday",), says=None):
        until = TODAY() + timedelta(days=200)
        asked = Request.objects.create(
            child_id=cast.child, service_id=cast.clinic, kinds=["identity", "everyday", "learning"], text_version="2",
            asked_by_id=cast.maja.person, position_id=cast.maja.position, until=until,
        )  # fmt: skip
        for one in who:
            Party.objects.create(request=asked, child_id=cast.child, person_id=one.person, role="parent")
        Cover.objects.filter(child_id=cast.child, service_id=cast.clinic).delete()
        for one in who:
            with as_app(one.actor):
                answer(one.actor, asked, (says or {}).get(one.name, kinds))
        return asked

    return given


@pytest.fixture
def father(cast):
    """One who is registered as father by what was said, without a place here."""
    from laget.demo import cast as made

    who = made.person("Tor", "Nygård", made.date(1985, 5, 6), serial=3)
    Parent.objects.create(
        child_id=cast.child, person_id=who, relation="father", responsibility=False, source="declared",
        registered_by=cast.maja.person,
    )  # fmt: skip
    return who


def known(cast):
    covers = Cover.objects.in_force().filter(child_id=cast.child, service_id=cast.clinic)
    return {one.kind: one.until for one in covers}


@pytest.fixture
def per_too(cast):
    """The cast's father, not kept away: both decide."""
    from laget.sight.models import Forbid

    Forbid.objects.filter(person_id=cast.per.person).delete()
    return cast.per


def test_the_tie_before_is_kept_and_the_seat_ends_at_once(cast, register, per_too):
    before = tie(cast, per_too.person)
    assert isinstance(register(per_too.person, False), Done)
    old, new = Parent.objects.filter(child_id=cast.child, person_id=per_too.person).order_by("since")
    assert old.pk == before.pk and old.responsibility and old.until <= new.since
    assert not new.responsibility and new.source_date == TODAY() and new.registered_by == cast.maja.person
    assert not Seat.objects.in_force().filter(child_id=cast.child, person_id=per_too.person).exists()
    entry = Entry.objects.get(event="families.responsibility_registered")
    assert entry.details == {"held": False, "source": "register", "on": TODAY().isoformat()}


def test_a_lost_holder_is_not_needed_and_what_the_other_gave_stands_no_wider(cast, register, consented, per_too):
    asked = consented(cast.kari, per_too, says={cast.kari.name: ["everyday", "learning"], per_too.name: ["everyday"]})
    before = known(cast)
    assert set(before) == {"identity", "everyday"}
    register(per_too.person, False)
    assert known(cast) == before
    assert Party.objects.get(request=asked, person_id=per_too.person).ended_at <= timezone.now()
    assert Renewal.objects.get(request=asked).cause == "responsibility"


ANEW = Wish(("identity", "learning"), "plan", why="Skolen", hearing=Hearing("talk", "wants"))


def leader_says(cast, as_app, agreed):
    """Liv, who leads where Maja works, answers whether the others' yes is enough."""
    with as_app(cast.liv.actor):
        asked = visible_proposals(cast.liv.actor).get(sort=Sort.OTHER_ALONE, answered_at=None)
        answer_proposal(cast.liv.actor, asked, agreed, "Sett dommen.")


def test_one_alone_does_not_make_one_yes_enough_by_writing_that_a_say_is_lost(cast, register, per_too, as_app):
    """Who can't get a father's yes writes that he has lost his say: not enough until a leader has confirmed it."""
    child = Child.objects.get(pk=cast.child)
    register(per_too.person, False)
    for agreed in (None, False):
        if agreed is not None:
            leader_says(cast, as_app, agreed)
        with as_app(cast.maja.actor), pytest.raises(Invalid):
            ask_for_service(cast.maja.actor, child, cast.school, ANEW)
    register(per_too.person, False)  # written anew: a leader is asked anew
    leader_says(cast, as_app, True)
    with as_app(cast.maja.actor):
        asked = ask_for_service(cast.maja.actor, child, cast.school, ANEW).value
    assert list(Party.objects.filter(request=asked).values_list("person_id", flat=True)) == [cast.kari.person]


def test_where_no_leader_can_confirm_it_the_page_closes_and_nothing_new_is_shared(cast, register, per_too, as_app):
    Position.objects.filter(leads=True).update(leads=False)
    register(per_too.person, False)
    assert not Seat.objects.in_force().filter(child_id=cast.child, person_id=per_too.person).exists()
    with as_app(cast.maja.actor), pytest.raises(Invalid):
        ask_for_service(cast.maja.actor, Child.objects.get(pk=cast.child), cast.school, ANEW)


def test_the_other_answers_no_wider_before_a_leader_has_confirmed_it(cast, register, consented, per_too, as_app):
    said = {cast.kari.name: ["everyday"], per_too.name: ["everyday"]}
    asked = consented(cast.kari, per_too, says=said)
    register(per_too.person, False)
    for kinds, shared in ((["everyday", "learning"], {"identity", "everyday"}), ([], set()), (["everyday"], set())):
        with as_app(cast.kari.actor):
            answer(cast.kari.actor, asked, kinds)
        assert set(known(cast)) == shared
    leader_says(cast, as_app, True)
    with as_app(cast.kari.actor):
        answer(cast.kari.actor, asked, ["everyday", "learning"])
    assert set(known(cast)) == {"identity", "everyday", "learning"}


def test_what_a_leader_confirmed_once_does_not_count_when_it_was_held_again(cast, register, per_too, as_app):
    register(per_too.person, False)
    leader_says(cast, as_app, True)
    register(per_too.person, True)
    register(per_too.person, False)
    with as_app(cast.maja.actor):
        assert families.lost(cast.child) == {per_too.person}


def test_what_only_the_lost_holder_gave_ends_in_the_same_transaction(cast, register, consented, per_too, as_app):
    asked = consented(per_too)
    assert known(cast)
    register(per_too.person, False)
    assert known(cast) == {}
    asked.refresh_from_db()
    assert asked.ended_at <= timezone.now()
    with as_app(cast.maja.actor):
        assert [one.request_id for one in waiting_renewals(cast.maja.actor, cast.child)] == [asked.pk]


def test_a_no_of_a_lost_holder_never_turns_into_a_yes_by_itself(cast, register, consented, per_too, as_app):
    asked = consented(cast.kari, per_too, says={per_too.name: []})
    assert known(cast) == {}
    register(per_too.person, False)
    assert known(cast) == {}
    asked.refresh_from_db()
    assert asked.ended_at <= timezone.now()
    assert Notice.objects.filter(event="consents.holders_changed", recipient_id=cast.maja.person).exists()


def test_a_lost_holder_sees_an_ordinary_quiet_page(cast, register, consented, per_too, visit):
    asked = consented(cast.kari, per_too)
    client = visit(per_too)
    assert client.get(reverse("consent", args=[asked.pk])).status_code == 200
    register(per_too.person, False)
    home = client.get("/")
    assert home.status_code == 200
    assert "Sara" not in home.content.decode() and "ansvar" not in home.content.decode()
    assert client.get(reverse("consent", args=[asked.pk])).status_code == 404
    assert client.get(reverse("ledger", args=[cast.child])).status_code == 404
    assert not Notice.objects.filter(recipient_id=per_too.person, event__startswith="families").exists()


def test_a_new_holder_gets_a_page_and_is_asked_what_the_others_were(cast, register, consented, father, as_app):
    asked = consented(cast.kari)
    whole = known(cast)["everyday"]
    register(father, True)
    seat = Seat.objects.in_force().get(child_id=cast.child, person_id=father)
    assert seat.kind == "parent"
    assert Notice.objects.filter(event="consents.asked", recipient_id=father).exists()
    asked.refresh_from_db()
    assert set(known(cast).values()) == {asked.answer_by} and asked.answer_by < whole
    new = Actor(person=father, capacity=Capacity.CITIZEN)
    with as_app(new):
        answer(new, asked, ["everyday"])
    assert known(cast)["everyday"] == whole == ends(asked.until)
    assert Renewal.objects.get(request=asked).done_at is not None


def test_a_new_holders_no_ends_it_at_once(cast, register, consented, father, as_app):
    asked = consented(cast.kari)
    register(father, True)
    new = Actor(person=father, capacity=Capacity.CITIZEN)
    with as_app(new):
        answer(new, asked, [])
    assert known(cast) == {}


def test_a_new_holders_silence_is_no_yes(cast, register, consented, father, monkeypatch):
    asked = consented(cast.kari)
    register(father, True)
    asked.refresh_from_db()
    past = timezone.now() - timedelta(minutes=1)
    Cover.objects.filter(origin_id=asked.pk).update(since=past - timedelta(days=1), until=past)
    Request.objects.filter(pk=asked.pk).update(answer_by=past)
    with monkeypatch.context() as here:
        here.setattr(database, "assumed_role", "laget_worker")
        sweeps.run(timezone.now())
    asked.refresh_from_db()
    assert asked.ended_at <= timezone.now()
    assert Entry.objects.filter(event="consents.expired", object_id=asked.pk).exists()


def test_it_is_a_task_for_the_holder_whatever_the_guide_says(cast, register, consented, father, as_app):
    asked = consented(cast.kari)
    register(father, True)
    with as_app(cast.maja.actor):
        (one,) = waiting_renewals(cast.maja.actor, cast.child)
    assert one.request_id == asked.pk and one.cause == "responsibility"


def test_the_same_again_changes_nothing(cast, register, consented, father):
    consented(cast.kari)
    register(father, True)
    assert isinstance(register(father, True), Unchanged)


def test_only_a_document_of_a_day_that_has_come(cast, register, father):
    with pytest.raises(Invalid):
        register(father, True, on=TODAY() + timedelta(days=1))
    with pytest.raises(Invalid):
        register(father, True, on=TODAY() - timedelta(days=366 * 30))


@pytest.mark.parametrize("name", ["otto", "idris", "vera", "ada", "liv", "kari"])
def test_others_register_nothing(cast, as_app, name, father):
    member = getattr(cast, name)
    one = tie(cast, father)
    with as_app(member.actor), pytest.raises(Refused):
        register_responsibility(member.actor, one, False, "register", TODAY())
    with as_app(member.actor), pytest.raises(Refused):
        claim_responsibility(member.actor, one, "register", TODAY())


def test_the_database_counts_nobody_out_who_holds_it(cast, as_app, consented, per_too, father):
    asked = consented(cast.kari, per_too)
    for question, values in (
        ("SELECT consents_count_no_more(%s, %s)", [cast.child, per_too.person]),
        ("SELECT consents_ask_too(%s, %s, false, now())", [asked.pk, father]),
    ):
        with as_app(cast.maja.actor), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(question, values)
    with as_app(cast.otto.actor), connection.cursor() as cursor:
        cursor.execute("SELECT consents_end(%s)", [asked.pk])
        assert cursor.fetchall() == []
    with as_app(cast.maja.actor), connection.cursor() as cursor:
        cursor.execute("SELECT consents_end(%s)", [asked.pk])
        assert cursor.fetchall() == []
    assert known(cast)


def test_a_parent_who_was_not_known_is_added_without_a_page(cast, as_app):
    typed = TypedParent("Mona", "Lie", "mother", False, number=synthetic_number(TODAY().replace(year=1988), 7))
    with as_app(cast.maja.actor):
        made = add_parent(cast.maja.actor, Child.objects.get(pk=cast.child), typed).value
    one = Parent.objects.get(pk=made)
    assert not one.responsibility and one.source == "declared"
    assert not Seat.objects.filter(child_id=cast.child, person_id=one.person_id).exists()
    with as_app(cast.maja.actor), pytest.raises(Invalid):
        add_parent(cast.maja.actor, Child.objects.get(pk=cast.child), typed)


def test_it_takes_two_steps(cast, visit, father):
    client, address = visit(cast.maja), reverse("responsibility", args=[tie(cast, father).pk])
    said = {"held": "yes", "source": "court", "on": TODAY().strftime("%d.%m.%Y")}
    step = client.post(address, {**said, "key": str(uuid4())})
    assert step.status_code == 200 and not tie(cast, father).responsibility
    assert 'name="sure"' in step.content.decode()
    assert client.post(address, {**said, "sure": "yes", "key": str(uuid4())}).status_code == 302
    assert not tie(cast, father).responsibility
    second = {"agreed": "yes", "key": str(uuid4())}
    assert visit(cast.omar).post(reverse("claim", args=[Claim.objects.get().pk]), second).status_code == 302
    assert tie(cast, father).responsibility
    page = client.get(reverse("parents", args=[cast.child])).content.decode()
    assert "Tor Nygård" in page and "En rettsavgjørelse" in page


def test_bad_input_keeps_what_was_typed(cast, visit, father):
    client, address = visit(cast.maja), reverse("responsibility", args=[tie(cast, father).pk])
    answered = client.post(address, {"held": "no", "on": "40.13.2026", "key": str(uuid4())})
    assert answered.status_code == 422 and "40.13.2026" in answered.content.decode()


def test_one_withdraws_as_before(cast, register, consented, per_too, as_app):
    asked = consented(cast.kari, per_too)
    register(per_too.person, False)
    with as_app(cast.kari.actor):
        withdraw(cast.kari.actor, asked)
        assert [one.person for one in standing(asked.pk)] == [cast.kari.person]
    assert known(cast) == {}


@pytest.mark.parametrize("known", [True, False])
def test_half_a_name_and_a_number_do_not_tell_the_rest_of_it(cast, as_app, visit, known):
    """Whoever tries numbers with a first name reads only what was typed, whether somebody is known here or not."""
    with as_app(cast.maja.actor):
        number = synthetic_number(TODAY().replace(year=1988), 7)
        if known:
            real = TypedParent("Mona", "Hemmelig", "mother", False, number=number)
            made = add_parent(cast.maja.actor, Child.objects.get(pk=cast.child), real)
    if known:
        Parent.objects.get(pk=made.value).delete()
    with as_app(cast.maja.actor):
        guess = TypedParent("Mona", "Gjetning", "mother", False, number=number)
        add_parent(cast.maja.actor, Child.objects.get(pk=cast.child), guess)
    page = visit(cast.maja).get(reverse("parents", args=[cast.child])).content.decode()
    assert "Mona Gjetning" in page and "Hemmelig" not in page


def test_the_team_and_the_leader_hear_that_a_parent_is_let_in(cast, register, father):
    unit = Position.objects.get(pk=cast.omar.position).unit
    Position.objects.filter(pk=cast.otto.position).update(leads=True, unit=unit)
    register(father, True)
    told = set(Notice.objects.filter(event__startswith="families.parent_let_in").values_list("recipient_id", "event"))
    assert (cast.otto.person, "families.parent_let_in_here") in told
    others = {person for person, event in told if event == "families.parent_let_in"}
    assert cast.maja.person in others and cast.omar.person not in others
    assert not Notice.objects.filter(event="families.parent_let_in_here").exclude(child=None).exists()


@pytest.mark.parametrize("form", ["paper", "paper_no", "oral"])
def test_no_answer_is_kept_for_one_who_has_lost_it_since(cast, register, consented, per_too, as_app, form):
    """The other parent's yes stands, so the question is open; a paper of the lost holder waits to be seen."""
    asked = consented(cast.kari, per_too)
    typed = {"id": str(per_too.person), "name": "Per", "person": str(per_too.person), "asked": True}
    typed |= {"language": "", "interpreter": False}
    Request.objects.filter(pk=asked.pk).update(typed={"people": [typed], "child": {"name": "Sara"}})
    Answer.objects.filter(person_id=per_too.person).update(form="oral", noted_by_id=cast.maja.position)
    asked.refresh_from_db()
    signed = Signed(TODAY(), ("everyday", "learning"), "Arkiv", cast.omar.person, text="nb")
    Request.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(days=2))
    Answer.objects.update(at=timezone.now() - timedelta(days=1))
    Seat.objects.get_or_create(
        child_id=cast.child, person_id=cast.omar.person, kind="service", position_id=cast.omar.position,
        defaults={"since": timezone.now() - timedelta(days=1), "origin": "cast"},
    )  # fmt: skip
    with as_app(cast.maja.actor):
        paper = register_paper(cast.maja.actor, asked, (per_too.person, "Per"), signed).value
    register(per_too.person, False)
    before = Answer.objects.count()
    worker = cast.omar if form == "paper" else cast.maja
    with as_app(worker.actor), pytest.raises(Invalid) as no:
        if form == "paper":
            confirm_paper(worker.actor, paper)
        elif form == "paper_no":
            note_paper_no(worker.actor, asked, per_too.person, signed)
        else:
            note_oral_answer(worker.actor, asked, per_too.person, Oral((), "norsk"))
    assert "bestemmer ikke lenger" in str(no.value.reason)
    with as_app(worker.actor), pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.create(
            request=asked, child_id=cast.child, person_id=per_too.person, form="oral", text_version="2-nb",
            noted_by_id=worker.position,
        )  # fmt: skip
    assert Answer.objects.count() == before and known(cast)
    with as_app(cast.omar.actor):
        refuse_paper(cast.omar.actor, Paper.objects.get(pk=paper.pk), "Per har ikke foreldreansvar lenger.")
