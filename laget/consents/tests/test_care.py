"""After a care order child welfare answers, with those the law names, and no parent is asked (table E, BVL § 5-4)."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access.actions import Refused
from laget.audit.models import Entry
from laget.consents.access import child_welfare_workers
from laget.consents.actions import (
    Oral,
    Signed,
    Wish,
    answer,
    answer_for_welfare,
    ask,
    ask_for_service,
    note_oral_answer,
    register_paper,
    renew,
    withdraw,
)
from laget.consents.models import Answer, Party, Renewal, Request
from laget.consents.rules import NOBODY, Asking, Hearing, Stated, parties
from laget.consents.tests.test_actions import nora
from laget.demo import cast as made
from laget.families.access import place_in_child_welfare
from laget.families.actions import Decision, end_care_order, register_care_order
from laget.families.models import CareOrder, Child, Parent
from laget.kernel.errors import Invalid
from laget.law.kinds import Kind
from laget.notices.models import Notice
from laget.sight.models import Cover, Seat, SeatKind

TODAY = timezone.localdate
ON = date(2026, 9, 1)
CHILD, MOTHER, WELFARE = (UUID(int=n) for n in range(1, 4))
BOTH = {"child_welfare", "carer"}
HEARD = Hearing("talk", "wants", "Det er greit.")


# Rows of the table


@pytest.mark.parametrize(
    ("act", "years", "roles"),
    [
        ("BHL", 4, BOTH), ("OPPL", 7, BOTH), ("PRIV", 12, BOTH), ("HOL", 6, BOTH), ("HOL", 13, BOTH),
        ("BVL", 9, {"child_welfare"}), ("NAV", 11, BOTH), ("SOTJ", 14, BOTH), ("FAM", 8, {"child_welfare"}),
        ("OPPL", 15, BOTH | {"child"}), ("HOL", 15, BOTH), ("HOL", 16, {"child"}), ("HOL", 17, {"child"}),
        ("BVL", 15, {"child", "child_welfare"}), ("NAV", 16, {"child", "child_welfare"}),
        ("FAM", 15, {"child_welfare"}),
        ("FAM", 16, {"child"}), ("OPPL", 18, {"child"}), ("BVL", 18, {"child"}),
    ],
)  # fmt: skip
def test_who_is_asked_after_a_care_order(act, years, roles):
    asking = Asking(
        ON, CHILD, date(ON.year - years, 1, 1), act, "HOL", ((MOTHER, True),), Stated(care_order=True), WELFARE
    )
    found = parties(asking)
    assert {role for _who, role in found.people} == roles, found.rule
    assert {who for who, role in found.people if role == "child_welfare"} <= {WELFARE}
    assert MOTHER not in {who for who, _role in found.people}


def test_the_pupil_decides_about_the_education_all_the_same():
    stated = Stated("education", care_order=True)
    asking = Asking(ON, CHILD, date(ON.year - 15, 1, 1), "OPPL", "HOL", ((MOTHER, True),), stated)
    assert parties(asking).people == ((CHILD, "child"),)


def test_whoever_is_not_named_is_nobody():
    asking = Asking(ON, CHILD, date(2020, 1, 1), "OPPL", "HOL", (), Stated(care_order=True))
    assert {who for who, _role in parties(asking).people} == {NOBODY}


# What happens


@pytest.fixture
def welfare(cast):
    """Two who work in child welfare, without a place around the child."""
    unit = made.service("Barnevernstjenesten", "BVL", "child_welfare", "Oppfølging")
    return made.worker("Hilde", "Vik", unit, "Kontaktperson"), made.worker("Jon", "Sand", unit, "Saksbehandler")


@pytest.fixture
def inside(cast, welfare):
    """The first of them takes part in the case."""
    hilde = welfare[0]
    made.seat(cast.child, hilde, SeatKind.SERVICE)
    made.cover(cast.child, hilde.actor.places[0].service, (Kind.IDENTITY, Kind.EVERYDAY))
    return hilde


def decision(**changes):
    facts = {
        "what": "care_order",
        "on": TODAY() - timedelta(days=3),
        "by": "Barneverns- og helsenemnda",
        "reference": "26-1",
    }
    return Decision(**{**facts, **changes})


@pytest.fixture
def order(cast, as_app):
    def registered(by, stands=True, **changes):
        with as_app(by.actor):
            return register_care_order(
                by.actor, Child.objects.get(pk=cast.child), decision(**changes), stands=stands
            ).value

    return registered


@pytest.fixture
def put(cast, as_app):
    """Maja asks whether the school may know something, and says that there is a care order."""

    def question(welfare=None, carer="Grete Fosnes", by=None, **stated):
        worker = by or cast.maja
        said = Stated(care_order=True, welfare=welfare.position if welfare else None, carer=carer, **stated)
        wish = Wish(("everyday",), "plan", why="Samarbeid", hearing=HEARD, stated=said)
        with as_app(worker.actor):
            return ask_for_service(worker.actor, Child.objects.get(pk=cast.child), cast.school, wish).value

    return question


def party_of(asked, role="child_welfare"):
    return Party.objects.get(request=asked, role=role)


def says(as_app, member, asked, *kinds, **more):
    with as_app(member.actor):
        return answer_for_welfare(member.actor, party_of(asked), kinds, **more)


def carer_says(cast, as_app, asked, *kinds):
    (typed,) = [one["id"] for one in asked.typed["people"] if one["role"] == "carer"]
    with as_app(cast.maja.actor):
        note_oral_answer(cast.maja.actor, asked, UUID(typed), Oral(kinds, "norsk"))


def shared(cast):
    covers = Cover.objects.in_force().filter(child_id=cast.child, service_id=cast.school)
    return set(covers.values_list("kind", flat=True))


def test_child_welfare_and_the_carer_answer_and_nobody_else(cast, welfare, as_app, put, order):
    hilde = welfare[0]
    asked = put(hilde)
    assert set(asked.parties.values_list("role", flat=True)) == BOTH
    assert party_of(asked).position_id == hilde.position
    assert not Notice.objects.filter(event="consents.asked").exists(), "no parent hears of it"
    assert Notice.objects.filter(recipient_id=hilde.person, event="consents.asked_for_child_welfare").count() == 1
    with pytest.raises(Refused):
        says(as_app, hilde, asked, "everyday")
    order(hilde)
    says(as_app, hilde, asked, "everyday")
    assert shared(cast) == set(), "the carer has not answered"
    carer_says(cast, as_app, asked, "everyday")
    assert shared(cast) == {"identity", "everyday"}
    given = Answer.objects.get(request=asked, person_id=hilde.person)
    assert (given.form, given.noted_by_id) == ("own_sign_in", None)
    entry = Entry.objects.get(event="consents.answered_for_child_welfare")
    assert entry.person == hilde.person
    says(as_app, hilde, asked)
    assert shared(cast) == set() and Answer.objects.filter(request=asked, person_id=hilde.person).latest("at").withdraws


def test_a_no_needs_no_order(cast, welfare, as_app, put):
    asked = put(welfare[0])
    says(as_app, welfare[0], asked)
    carer_says(cast, as_app, asked, "everyday")
    assert shared(cast) == set()


def test_no_yes_without_an_order_in_the_database_either(cast, welfare, as_app, put, order):
    hilde, jon = welfare
    asked = put(hilde)

    def insert(who, person, kinds):
        with as_app(who.actor), transaction.atomic():
            Answer.objects.create(
                request=asked,
                child_id=cast.child,
                person_id=person,
                form="own_sign_in",
                kinds=kinds,
                text_version="2-nb",
            )

    with pytest.raises(DatabaseError):
        insert(hilde, hilde.person, ["identity"])
    with pytest.raises(DatabaseError):
        insert(jon, hilde.person, ["identity"])
    order(hilde)
    insert(hilde, hilde.person, ["identity"])


def test_nobody_writes_down_what_child_welfare_answers(cast, welfare, as_app, put, order):
    hilde = welfare[0]
    asked = put(hilde)
    order(hilde)
    (typed,) = [one["id"] for one in asked.typed["people"] if one["role"] == "child_welfare"]
    before = Answer.objects.count()
    signed = Signed(TODAY(), ("everyday",), "Arkiv", cast.omar.person, text="nb")
    with as_app(cast.maja.actor), pytest.raises(Invalid):
        note_oral_answer(cast.maja.actor, asked, UUID(typed), Oral(("everyday",), "norsk"))
    with as_app(cast.maja.actor), pytest.raises(Invalid):
        register_paper(cast.maja.actor, asked, (hilde.person, "Hilde"), signed)
    with as_app(cast.maja.actor), pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.create(
            request=asked, child_id=cast.child, person_id=hilde.person, form="oral", kinds=["identity"],
            noted_by_id=cast.maja.position, text_version="2-nb",
        )  # fmt: skip
    assert Answer.objects.count() == before


@pytest.mark.parametrize("missing", ["welfare", "carer", "elsewhere"])
def test_whoever_must_be_asked_is_named(cast, welfare, put, missing):
    who, field = {"welfare": (None, "welfare"), "carer": (welfare[0], "carer"), "elsewhere": (cast.omar, "welfare")}[
        missing
    ]
    with pytest.raises(Invalid) as no:
        put(who, carer="" if missing == "carer" else "Grete")
    assert no.value.field == field and not Request.objects.filter(service_id=cast.school).exists()


def test_never_the_one_who_asks(cast, welfare, inside, as_app, put, order, monkeypatch):
    hilde, jon = welfare
    monkeypatch.setattr("laget.consents.rights._who_may_ask", [lambda _actor, _child: made_allowed()])
    with pytest.raises(Invalid) as no:
        put(hilde, by=hilde)
    assert no.value.field == "welfare"
    with as_app(hilde.actor):
        assert hilde.position not in child_welfare_workers(hilde.actor).values_list("pk", flat=True)
    asked = put(jon, by=hilde)
    with as_app(hilde.actor), pytest.raises(DatabaseError), transaction.atomic():
        Party.objects.bulk_create([
            Party(request=asked, child_id=cast.child, person_id=hilde.person, role="child_welfare",
                  position_id=hilde.position)
        ])  # fmt: skip
    order(hilde)
    says(as_app, jon, asked, "everyday")
    with as_app(hilde.actor), pytest.raises(Refused):
        answer_for_welfare(hilde.actor, party_of(asked), ("everyday",))


def made_allowed():
    from laget.kernel.verdict import ALLOWED

    return ALLOWED


# The order itself


@pytest.mark.parametrize("what", ["emergency", "voluntary", "unsure"])
def test_what_is_no_care_order_is_not_registered_as_one(inside, order, what):
    with pytest.raises(Invalid) as no:
        order(inside, what=what)
    assert no.value.field == "what" and not CareOrder.objects.exists()


def test_only_child_welfare_registers_it_once_and_with_a_day_that_can_be(cast, welfare, inside, as_app, order):
    for other in (cast.maja, cast.omar, welfare[1]):
        with pytest.raises((Refused, Child.DoesNotExist)):
            order(other)
        with as_app(other.actor), pytest.raises(DatabaseError), transaction.atomic():
            CareOrder.objects.bulk_create([
                CareOrder(child_id=cast.child, decided_on=TODAY(), decided_by="n", reference="r", by_id=other.person,
                          position_id=other.position)
            ])  # fmt: skip
    with pytest.raises(Invalid):
        order(inside, on=TODAY() + timedelta(days=1))
    order(inside)
    with pytest.raises(Invalid):
        order(inside)


def test_whoever_only_knows_the_child_registers_no_order_in_the_database_either(cast, welfare, as_app):
    hilde = welfare[0]
    made.seat(cast.child, hilde, SeatKind.ASKING)
    for origin, may in (("paper", False), ("asking", False), ("invitation", False), ("care", True)):
        Seat.objects.filter(child_id=cast.child, person_id=hilde.person).update(origin=origin)
        with as_app(hilde.actor), connection.cursor() as cursor:
            cursor.execute("SELECT families_cares_for(%s)", [cast.child])
            assert cursor.fetchone()[0] is may
            assert bool(place_in_child_welfare(hilde.actor, cast.child)) is may


def test_one_alone_who_asks_about_a_known_child_takes_no_consent_away(cast, welfare, as_app, order, given):
    """With a national number anybody in child welfare may ask about a child: that is no place to register from."""
    asker = welfare[0]
    made.seat(cast.child, asker, SeatKind.ASKING)
    Seat.objects.filter(child_id=cast.child, person_id=asker.person).update(origin="asking")
    with pytest.raises(Refused):
        order(asker, stands=False)
    assert shared(cast) == {"identity", "everyday"}


def test_two_who_end_it_at_once_are_told_and_not_failed(inside, as_app, order, visit):
    held = order(inside)
    with as_app(inside.actor):
        end_care_order(inside.actor, held, TODAY(), "Nemnda, 26-2", stands=True)
        with pytest.raises(Refused):
            end_care_order(inside.actor, held, TODAY(), "Nemnda, 26-2", stands=True)
    page = reverse("care_end", args=[held.pk])
    assert visit(inside).get(page).status_code == 403, "what has ended is not ended again"


def test_two_who_register_it_at_once_are_told_and_not_failed(cast, inside, order, monkeypatch):
    order(inside)
    monkeypatch.setattr("laget.families.actions.care.ground.in_care", lambda _child: False)
    with pytest.raises(Invalid):
        order(inside)


@pytest.fixture
def given(cast, as_app):
    """What the school may know on the mother's own yes."""
    asked = Request.objects.create(
        child_id=cast.child, service_id=cast.school, kinds=["identity", "everyday"], text_version="2",
        asked_by_id=cast.maja.person, position_id=cast.maja.position, until=TODAY() + timedelta(days=200),
    )  # fmt: skip
    Party.objects.create(request=asked, child_id=cast.child, person_id=cast.kari.person, role="parent")
    with as_app(cast.kari.actor):
        answer(cast.kari.actor, asked, ("everyday",))
    assert shared(cast) == {"identity", "everyday"}
    return asked


def test_what_the_parents_gave_stands_until_child_welfare_has_been_asked(cast, inside, as_app, given, order):
    order(inside)
    asked = Request.objects.get(pk=given.pk)
    assert shared(cast) == {"identity", "everyday"} and TODAY() < asked.until < given.until
    assert max(Cover.objects.filter(origin_id=given.pk).values_list("until", flat=True)) < timezone.now() + timedelta(
        days=60
    )
    assert Renewal.objects.get(request=given).cause == "responsibility"
    with as_app(cast.kari.actor), pytest.raises(Refused):
        answer(cast.kari.actor, asked, ())
    assert Seat.objects.in_force().filter(child_id=cast.child, person_id=cast.kari.person).exists(), "the page stays"


def test_or_it_ends_at_once_as_child_welfare_decides(cast, inside, given, order):
    order(inside, stands=False)
    assert shared(cast) == set()
    assert Request.objects.get(pk=given.pk).ended_at <= timezone.now()
    assert Notice.objects.filter(recipient_id=cast.maja.person, event="consents.care_changed").exists()


def test_who_notes_what_a_parent_said_is_not_told_that_responsibility_is_lost(cast, inside, as_app, given, order):
    """It is not: a care order leaves it, and who only asks is not told of the order."""
    order(inside)
    signed = Signed(TODAY(), ("everyday",), "Arkivet", cast.omar.person)
    with as_app(cast.maja.actor), pytest.raises(Invalid) as no:
        register_paper(cast.maja.actor, given, (cast.kari.person, "Kari"), signed)
    assert "bestemmer ikke lenger" in str(no.value.reason) and "foreldreansvar" not in str(no.value.reason)


def test_a_question_to_the_parents_that_waits_ends(cast, inside, order):
    waits = Request.objects.create(
        child_id=cast.child, service_id=cast.school, kinds=["identity"], text_version="2",
        asked_by_id=cast.maja.person, position_id=cast.maja.position, until=TODAY() + timedelta(days=9),
    )  # fmt: skip
    Party.objects.create(request=waits, child_id=cast.child, person_id=cast.kari.person, role="parent")
    order(inside)
    assert Request.objects.get(pk=waits.pk).ended_at <= timezone.now()


def test_it_is_asked_again_of_those_who_decide_now(cast, inside, welfare, as_app, given, order):
    order(inside)
    jon = welfare[1]
    stated = Stated(welfare=jon.position, carer="Grete")
    with as_app(cast.maja.actor):
        asked = renew(
            cast.maja.actor, Renewal.objects.get(request=given), "Fortsatt", hearing=HEARD, stated=stated
        ).value
    assert set(asked.parties.values_list("role", flat=True)) == BOTH, "also when nobody states it"


def test_when_the_order_ends_the_parents_decide_again(cast, inside, welfare, as_app, put, order):
    one, jon = order(inside), welfare[1]
    asked = put(jon)
    says(as_app, jon, asked, "everyday")
    carer_says(cast, as_app, asked, "everyday")
    with as_app(inside.actor):
        end_care_order(inside.actor, one, TODAY(), "Nemnda, 26-9", stands=True)
    assert shared(cast) == {"identity", "everyday"}
    assert not asked.parties.filter(ended_at__gt=timezone.now()).exists()
    with as_app(jon.actor), pytest.raises((Refused, Party.DoesNotExist)):
        answer_for_welfare(jon.actor, party_of(asked), ("everyday",))
    with as_app(cast.maja.actor):
        anew = renew(cast.maja.actor, Renewal.objects.get(request=asked), "Fortsatt", hearing=HEARD).value
    assert set(anew.parties.values_list("person_id", flat=True)) <= {cast.kari.person, cast.per.person}
    assert set(anew.parties.values_list("role", flat=True)) == {"parent"}


def test_the_database_moves_consents_only_with_the_care(cast, inside, as_app, given):
    from laget.consents import ground

    for who, gone in ((inside, ("parent",)), (cast.maja, ("parent",)), (inside, ("child",))):
        with as_app(who.actor), pytest.raises(DatabaseError), transaction.atomic():
            ground.care_changes(cast.child, gone, None)
    assert shared(cast) == {"identity", "everyday"}


# A first question


def first(cast, as_app, by, welfare=None, typed=None, **stated):
    said = Stated(welfare=welfare.position if welfare else None, carer="Grete Fosnes", **stated)
    wish = Wish(("everyday",), "plan", why="Samarbeid", hearing=HEARD, stated=said)
    with as_app(by.actor):
        return ask(by.actor, by.position, typed or nora(), wish).value


def test_a_first_question_registers_no_parent_and_asks_none(cast, welfare, as_app):
    hilde = welfare[0]
    asked = first(cast, as_app, cast.maja, hilde, care_order=True)
    assert not Parent.objects.filter(child_id=asked.child_id).exists()
    assert set(asked.parties.values_list("role", flat=True)) == BOTH
    assert {one["role"] for one in asked.typed["people"]} == BOTH
    assert not Seat.objects.filter(child_id=asked.child_id, kind="parent").exists()
    with as_app(hilde.actor):
        register_care_order(hilde.actor, Child.objects.get(pk=asked.child_id), decision(), stands=False)
    says(as_app, hilde, asked, "everyday")
    carer_says(cast, as_app, asked, "everyday")
    covers = Cover.objects.in_force().filter(child_id=asked.child_id, service_id=cast.kindergarten)
    assert set(covers.values_list("kind", flat=True)) == {"identity", "everyday"}


def test_one_who_does_not_know_of_the_order_asks_nobody_and_is_told_nothing(cast, welfare, as_app):
    known = first(cast, as_app, cast.maja)
    hilde = welfare[0]
    made.seat(known.child_id, hilde, SeatKind.SERVICE)
    made.cover(known.child_id, hilde.actor.places[0].service, (Kind.IDENTITY,))
    with as_app(hilde.actor):
        register_care_order(hilde.actor, Child.objects.get(pk=known.child_id), decision(), stands=False)
    again = first(cast, as_app, cast.otto)
    assert not again.parties.exists()
    assert [one["asked"] for one in again.typed["people"]] == [one["asked"] for one in known.typed["people"]]
    with as_app(cast.otto.actor):
        assert not CareOrder.objects.exists()


# Pages


def test_the_page_of_child_welfare_is_for_the_one_who_is_asked(cast, welfare, put, visit, order):
    hilde, jon = welfare
    asked = put(hilde)
    page = reverse("for_child_welfare", args=[party_of(asked).pk])
    for other in (*cast.everybody().values(), jon):
        assert visit(other).get(page).status_code == 404, other.name
    client = visit(hilde)
    body = client.get(page).content.decode()
    assert "Registrer omsorgsvedtaket" in body and "Grete" not in body and 'value="yes"' not in body
    care = reverse("care", args=[cast.child])
    typed = {
        "what": "care_order", "on": TODAY().strftime("%d.%m.%Y"), "by": "Nemnda", "reference": "26-2", "stands": "yes",
        "next": page, "key": str(uuid4()),
    }  # fmt: skip
    assert client.post(care, {**typed, "what": "emergency"}).status_code == 422
    assert client.post(care, typed)["Location"] == page
    body = client.get(page).content.decode()
    assert 'value="yes"' in body
    sent = client.post(page, {"kinds": ["everyday"], "answer": "yes", "key": str(uuid4())})
    assert sent.status_code == 302
    assert "Du sa ja til" in client.get(page).content.decode()
    theirs = visit(cast.maja).get(reverse("asked", args=[asked.pk])).content.decode()
    assert "Svarer for barnevernstjenesten" in theirs and "Grete Fosnes" in theirs


def test_no_family_reads_whom_the_child_lives_with(cast, welfare, put, visit):
    asked = put(welfare[0], carer="Grete Fosnes")
    for who in (cast.kari, cast.sara):
        for page in (reverse("consent", args=[asked.pk]), reverse("ledger", args=[cast.child])):
            answered = visit(who).get(page)
            assert answered.status_code in (200, 404) and "Grete" not in answered.content.decode()


def test_the_form_tells_what_is_missing(cast, welfare, visit):
    client = visit(cast.maja)
    address = f"{reverse('ask_service', args=[cast.child])}?service={cast.school}"
    assert "Hilde Vik, kontaktperson, Barnevernstjenesten" in client.get(address).content.decode()
    typed = {
        "service": str(cast.school), "why": "Vi vil samarbeide.", "kinds": ["everyday"], "reach": "plan",
        "until": (TODAY() + timedelta(days=90)).strftime("%d.%m.%Y"), "care_order": "on", "key": str(uuid4()),
        "welfare": str(welfare[0].position), "heard": "talk", "view": "wants",
    }  # fmt: skip
    answered = client.post(address, typed)
    assert answered.status_code == 422 and "Skriv hvem barnet bor hos" in answered.content.decode()
    assert client.post(address, {**typed, "carer": "Grete", "key": str(uuid4())}).status_code == 302


def test_withdrawing_as_a_parent_does_nothing_to_what_child_welfare_gave(cast, welfare, as_app, put, order):
    asked = put(welfare[0])
    with as_app(cast.kari.actor), pytest.raises(Refused):
        withdraw(cast.kari.actor, asked)


def test_a_no_of_child_welfare_ends_what_hangs_on_it(cast, welfare, as_app, order, put, visit):
    """The clinic takes part; child welfare, which sees no case, takes back its yes."""
    hilde = welfare[0]
    said = Stated(care_order=True, welfare=hilde.position, carer="Grete")
    wish = Wish(("everyday",), "plan", why="Samarbeid", hearing=HEARD, stated=said)
    with as_app(cast.maja.actor):
        asked = ask_for_service(cast.maja.actor, Child.objects.get(pk=cast.child), cast.clinic, wish).value
    order(hilde)
    Cover.objects.filter(child_id=cast.child, service_id=cast.clinic).update(until=timezone.now())
    carer_says(cast, as_app, asked, "everyday")
    says(as_app, hilde, asked, "everyday")
    page = reverse("case_log", args=[cast.case.pk])
    assert visit(cast.omar).get(page).status_code == 200
    says(as_app, hilde, asked)
    assert visit(cast.omar).get(page).status_code == 404
    with as_app(hilde.actor):
        assert not CareOrder.objects.exclude(by_id=hilde.person).exists()


def test_the_parents_read_who_answers_now_and_the_child_is_told_by_people(cast, welfare, put, order, visit):
    page = reverse("ledger", args=[cast.child])
    put(welfare[0])
    assert "Hvem svarer nå" not in visit(cast.kari).get(page).content.decode()
    order(welfare[0])
    body = visit(cast.kari).get(page).content.decode()
    assert "Hvem svarer nå" in body and "Nemnda" not in body and "Hilde" not in body
    assert "Hvem svarer nå" not in visit(cast.sara).get(page).content.decode()
