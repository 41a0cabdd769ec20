"""Asking, opening, reading and reviewing, as the pages do it; and all that an emergency does not open."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access import database
from laget.access.sealing import index
from laget.audit.models import Entry, Reading
from laget.cases.models import Log
from laget.cases.tests.factories import entry
from laget.demo.cast import Member, make_officer
from laget.directory.models import Position
from laget.emergency import ground, sweeps
from laget.emergency.models import Hold, Opening, Review
from laget.kernel.actor import Capacity
from laget.notices.models import Notice
from laget.people.models import NationalNumber
from laget.people.rules import synthetic_number
from laget.plans.models import Goal
from laget.protection.models import Grading
from laget.sight.models import Forbid, Seat, SeatKind
from tests.support.cast import acting_as

pytestmark = pytest.mark.django_db
NUMBER = synthetic_number(date(2014, 5, 6), 11)
SECRET = "Hemmelig fugl"


@pytest.fixture(autouse=True)
def around(cast):
    """Sara has a number; Liv leads where Otto works, who has no place; there is an officer."""
    NationalNumber.objects.filter(person_id=cast.child).delete()
    NationalNumber.objects.create(person_id=cast.child, sealed=b"x", index=index(NUMBER))
    unit = Position.objects.get(pk=cast.otto.position).unit_id
    Position.objects.filter(pk=cast.liv.position).update(unit_id=unit)


@pytest.fixture
def clock(monkeypatch):
    """The worker's round, under the worker's own login."""

    def run(now=None):
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            sweeps.run(now)

    return run


@pytest.fixture
def officer(db):
    return make_officer()


def asks(cast, client, number=NUMBER, **more):
    typed = {"number": number, "reason": "life", "words": "Barnet er skadd.", "position": cast.otto.position}
    return client.post(reverse("emergency"), typed | more)


def opens(cast, client, **more):
    asked = asks(cast, client)
    assert asked.status_code == 302
    answer = client.post(asked["Location"], more)
    return Opening.objects.get(), answer


def record_of(opening):
    return reverse("opened", args=[opening.pk])


def test_who_comes_for_an_emergency_finds_whom_to_call_before_anything_else(cast, visit):
    page = visit(cast.otto).get(reverse("emergency")).content.decode()
    called, asked = page.index(f'href="{reverse("acute")}"'), page.index('name="number"')
    assert called < asked


def test_step_one_says_only_that_there_is_something(cast, visit):
    entry(cast, cast.maja, words=SECRET)
    otto = visit(cast.otto)
    answer = asks(cast, otto)
    page = otto.get(answer["Location"]).content.decode()
    opening = Opening.objects.get()
    assert SECRET not in page
    assert "Sara" not in page
    assert otto.get(record_of(opening)).status_code == 404, "nothing is open yet"
    assert not Seat.objects.filter(kind=SeatKind.EMERGENCY).exists()
    assert Reading.objects.filter(page="emergency.step_two", object_id=opening.pk, ground="emergency.life").exists()


def test_step_two_opens_for_four_hours_and_no_more(cast, visit):
    entry(cast, cast.maja, words=SECRET)
    otto = visit(cast.otto)
    opening, answer = opens(cast, otto)
    assert answer["Location"] == record_of(opening)
    page = otto.get(record_of(opening)).content.decode()
    assert SECRET in page
    assert "Maja Lind" in page
    assert record_of(opening) in otto.get(reverse("emergency")).content.decode(), "found again while it is open"
    seat = Seat.objects.get(kind=SeatKind.EMERGENCY)
    assert seat.until - seat.since == timedelta(hours=4)
    before = timezone.now() - timedelta(hours=5)
    Seat.objects.filter(pk=seat.pk).update(since=before, until=before + timedelta(hours=4))
    assert otto.get(record_of(opening)).status_code == 404
    assert record_of(opening) not in otto.get(reverse("emergency")).content.decode()
    read = Reading.objects.get(page="emergency.opened")
    assert (read.object_id, read.ground, "health" in read.kinds) == (opening.pk, "emergency.life", True)


def test_an_emergency_opens_nothing_but_its_own_page(cast, visit):
    """Not the plan, the child's own words, what is for fewer, nor any page of the case."""
    for words, more in (
        ("Barnets ord", {"sort": "child_words", "how_asked": "Vi tegnet."}), ("Bare oss", {"audience": "own_service"}),
        ("Bare familien", {"audience": "family"}),
    ):  # fmt: skip
        entry(cast, cast.maja, words=words, **more)
    Log.objects.create(
        case=cast.case, child_id=cast.child, sort="note", kind="everyday", words="Saras egne", author_id=cast.child
    )
    Goal.objects.create(
        case=cast.case, child_id=cast.child, kind="everyday", words="Målet", agreed_by_id=cast.maja.person
    )
    otto = visit(cast.otto)
    opening, _ = opens(cast, otto)
    page = otto.get(record_of(opening)).content.decode()
    for words in ("Barnets ord", "Bare oss", "Bare familien", "Saras egne", "Målet"):
        assert words not in page
    for name in ("case_team", "case_log", "case_plan", "write", "invite"):
        assert otto.get(reverse(name, args=[cast.case.pk])).status_code == 404
    assert otto.get(reverse("child_page", args=[cast.child])).status_code == 404


def test_nothing_is_written_by_an_emergency(cast, visit, as_app):
    otto = visit(cast.otto)
    opens(cast, otto)
    before = Log.objects.count()
    assert otto.post(reverse("write", args=[cast.case.pk]), {"words": "x"}).status_code == 404
    assert Log.objects.count() == before
    with as_app(cast.otto.actor):
        assert not Log.objects.exists()
        assert not Seat.objects.exclude(person_id=cast.otto.person).exists()


@pytest.mark.parametrize("away", ["", "worker"])
def test_a_conflict_is_not_gone_round(cast, visit, away):
    Forbid.objects.create(child_id=cast.child, person_id=cast.otto.person, origin="tie", capacity=away)
    otto = visit(cast.otto)
    barred = asks(cast, otto)
    unknown = asks(cast, otto, number=synthetic_number(date(2013, 1, 1), 4))
    assert barred.status_code == unknown.status_code == 200
    assert not Opening.objects.exists()


def test_one_who_is_barred_afterwards_loses_it_at_once(cast, visit):
    otto = visit(cast.otto)
    opening, _ = opens(cast, otto)
    assert otto.get(record_of(opening)).status_code == 200
    Forbid.objects.create(child_id=cast.child, person_id=cast.otto.person, origin="tie", capacity="worker")
    assert otto.get(record_of(opening)).status_code == 404
    assert otto.get(reverse("step_two", args=[opening.pk])).status_code == 404


@pytest.mark.parametrize("proved", ["", "old"])
def test_a_proof_that_is_not_fresh_opens_nothing(cast, visit, proved):
    otto = visit(cast.otto)
    session = otto.session
    old = (timezone.now() - timedelta(minutes=16)).isoformat()
    session["sign_in"] = session["sign_in"] | {"proved": old if proved else ""}
    session.save()
    page = otto.get(reverse("emergency")).content.decode()
    assert "again=1" in page
    assert 'name="number"' not in page
    asks(cast, otto)
    assert not Opening.objects.exists()


def test_proving_anew_comes_back(cast, visit):
    otto = visit(cast.otto)
    answer = otto.get(reverse("sign_in") + "?next=/emergency/&again=1")
    assert answer.status_code == 200


def test_leader_officer_and_family_are_told_at_once(cast, visit, officer):
    otto = visit(cast.otto)
    opening, _ = opens(cast, otto)
    otto.get(record_of(opening))
    told = set(Notice.objects.filter(event__startswith="emergency.").values_list("recipient_id", "event"))
    assert (cast.liv.person, "emergency.to_review") in told
    assert (officer.person, "emergency.to_review") in told
    assert (cast.kari.person, "emergency.opened") in told
    assert cast.per.person not in {who for who, _ in told}, "one who is kept away is not told"
    page = visit(cast.kari).get(reverse("who_looked", args=[cast.child])).content.decode()
    assert "Åpnet det i en nødsituasjon" in page
    assert "Barnet er skadd." not in page, "free text is shown to no family"
    assert Opening.objects.get(pk=opening.pk).told_at is not None


def test_the_family_waits_only_by_a_decision(cast, visit, officer, clock):
    otto, kari, eir = visit(cast.otto), visit(cast.kari), visit(officer)
    asked = asks(cast, otto)
    assert otto.post(asked["Location"], {"wait": "on", "wait_because": ""}).status_code == 422
    assert not Seat.objects.filter(kind=SeatKind.EMERGENCY).exists()
    otto.post(asked["Location"], {"wait": "on", "wait_because": "Far kan bli farlig."})
    opening = Opening.objects.get()
    otto.get(record_of(opening))
    looked = reverse("who_looked", args=[cast.child])
    assert Hold.objects.get().reason == "Far kan bli farlig."
    assert "nødsituasjon" not in kari.get(looked).content.decode()
    assert not Notice.objects.filter(event="emergency.opened").exists()
    clock()
    assert not Notice.objects.filter(event="emergency.opened").exists()
    later = {"until": (timezone.localdate() + timedelta(days=91)).strftime("%d.%m.%Y"), "reason": "x"}
    assert eir.post(reverse("tell_later", args=[opening.pk]), later).status_code == 422
    now = {"until": timezone.localdate().strftime("%d.%m.%Y"), "reason": "Faren er over."}
    assert eir.post(reverse("tell_later", args=[opening.pk]), now).status_code == 302
    assert Notice.objects.filter(recipient_id=cast.kari.person, event="emergency.opened").exists()
    assert "nødsituasjon" in kari.get(looked).content.decode()


def test_however_often_it_is_decided_the_family_waits_half_a_year_at_most(cast, visit, officer):
    otto, eir = visit(cast.otto), visit(officer)
    opening, _ = opens(cast, otto, wait="on", wait_because="Fare.")
    Opening.objects.filter(pk=opening.pk).update(opened_at=timezone.now() - timedelta(days=170))
    day = timezone.localdate()
    for days, status in ((20, 422), (5, 302)):
        sent = {"until": (day + timedelta(days=days)).strftime("%d.%m.%Y"), "reason": "Fortsatt fare."}
        assert eir.post(reverse("tell_later", args=[opening.pk]), sent).status_code == status
    with acting_as(officer.actor), pytest.raises(ProgrammingError), transaction.atomic():
        ground.wait(opening.pk, timezone.now() + timedelta(days=20), "x")


def test_when_the_time_is_over_the_clock_tells(cast, visit, clock):
    otto = visit(cast.otto)
    opens(cast, otto, wait="on", wait_because="Fare.")
    clock(timezone.now() + timedelta(hours=47))
    assert not Notice.objects.filter(event="emergency.opened").exists()
    Opening.objects.update(told_from=timezone.now())
    clock()
    clock()
    assert Notice.objects.filter(recipient_id=cast.kari.person, event="emergency.opened").count() == 1


def test_a_review_sees_who_why_and_what_was_read_and_never_which_child(cast, visit, officer):
    entry(cast, cast.maja, words=SECRET)
    otto = visit(cast.otto)
    opening, _ = opens(cast, otto)
    otto.get(record_of(opening))
    for member in (cast.liv, officer):
        client = visit(member)
        assert "Otto" in client.get(reverse("reviews")).content.decode()
        page = client.get(reverse("review", args=[opening.pk])).content.decode()
        assert "Barnet er skadd." in page
        assert "Leste" in page
        assert SECRET not in page
        assert "Sara" not in page
    eir = visit(officer)
    assert eir.post(reverse("review", args=[opening.pk]), {"outcome": "not_ok", "words": ""}).status_code == 422
    assert (
        eir.post(reverse("review", args=[opening.pk]), {"outcome": "not_ok", "words": "Ikke grunn."}).status_code == 302
    )
    assert Review.objects.get().outcome == "not_ok"
    assert Notice.objects.filter(recipient_id=cast.kari.person, event="emergency.not_ok").exists()
    body = eir.get(reverse("reviews")).content.decode()
    assert "Mot reglene" in body


def test_a_late_review_is_asked_for_once_more(cast, visit, officer, clock):
    opens(cast, visit(cast.otto))
    clock()
    assert not Notice.objects.filter(event="emergency.late").exists()
    Opening.objects.update(due=timezone.localdate() - timedelta(days=1))
    clock()
    clock()
    assert Notice.objects.filter(recipient_id=officer.person, event="emergency.late").count() == 1


def test_a_review_is_late_from_midnight_by_norwegian_clocks(cast, visit, officer, monkeypatch):
    opens(cast, visit(cast.otto))
    Opening.objects.update(due=date(2026, 7, 1))
    half_past_midnight = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 2 July in Norway
    monkeypatch.setattr(
        "laget.emergency.shown.timezone",
        SimpleNamespace(
            now=lambda: half_past_midnight, localtime=lambda: timezone.localtime(half_past_midnight),
            localdate=timezone.localdate,
        ),
    )  # fmt: skip
    assert "Vurderingen er forsinket" in visit(officer).get(reverse("reviews")).content.decode()


def test_somebody_who_opens_often_stands_out(cast, visit, officer):
    otto = visit(cast.otto)
    for _ in range(3):
        asks(cast, otto)
    assert "3 ganger på tretti dager" in visit(officer).get(reverse("reviews")).content.decode()


def test_ten_numbers_an_hour(cast, visit):
    otto = visit(cast.otto)
    for serial in range(10):
        assert asks(cast, otto, number=synthetic_number(date(2012, 3, 4), serial)).status_code == 200
    asks(cast, otto)
    assert not Opening.objects.exists()


def test_nobody_reviews_oneself(cast, visit):
    Position.objects.filter(pk=cast.otto.position).update(leads=True)
    otto = visit(cast.otto)
    opening, _ = opens(cast, otto)
    assert otto.get(reverse("review", args=[opening.pk])).status_code == 404
    assert "Barnet er skadd." not in otto.get(reverse("reviews")).content.decode()


@pytest.mark.parametrize("who", ["maja", "omar", "vera", "idris", "ada", "kari", "per", "sara"])
def test_nobody_else_gets_in(cast, visit, who):
    opening, _ = opens(cast, visit(cast.otto))
    client = visit(getattr(cast, who))
    for name in ("opened", "step_two", "review", "tell_later"):
        answer = client.get(reverse(name, args=[opening.pk]))
        assert answer.status_code == 404, name
        assert "skadd" not in answer.content.decode()
    if cast.everybody()[who].capacity != Capacity.WORKER:
        assert client.get(reverse("emergency")).status_code == 404


def test_closing_it_ends_it(cast, visit):
    otto = visit(cast.otto)
    opening, _ = opens(cast, otto)
    assert otto.post(reverse("end_opening", args=[opening.pk])).status_code == 302
    assert otto.get(record_of(opening)).status_code == 404
    assert Entry.objects.filter(event="emergency.ended").exists()
    assert isinstance(cast.otto, Member)


def test_where_those_who_help_a_protected_child_work_is_not_shown(cast, visit):
    """A service and a telephone can tell where somebody hides."""
    entry(cast, cast.maja, words=SECRET)
    otto = visit(cast.otto)
    opening, _ = opens(cast, otto)
    assert "Fjordvik helsestasjon" in otto.get(record_of(opening)).content.decode()
    Grading.objects.create(
        child_id=cast.child, person_id=cast.child, decision=uuid4(), level="strictly_confidential", rank=2,
        source="paper", by_id=cast.maja.person, position_id=cast.maja.position,
    )  # fmt: skip
    page = otto.get(record_of(opening)).content.decode()
    body = page[page.index("<main") :]
    assert "Omar" in body
    assert "Fjordvik helsestasjon" not in body
    assert "Solbakken" not in body


def test_the_family_learns_nothing_before_the_one_who_asked_can_say_that_it_must_wait(cast, visit):
    looked = reverse("who_looked", args=[cast.child])
    otto, kari = visit(cast.otto), visit(cast.kari)
    step_two = asks(cast, otto)["Location"]
    otto.get(step_two)
    assert "nødsituasjon" not in kari.get(looked).content.decode(), "asked, and not yet opened"
    otto.post(step_two, {"wait": "on", "wait_because": "Far kan bli farlig."})
    assert "nødsituasjon" not in kari.get(looked).content.decode()
    asks(cast, otto)
    otto.get(reverse("step_two", args=[Opening.objects.get(opened_at=None).pk]))
    Opening.objects.filter(opened_at=None).update(told_from=timezone.now())
    assert "nødsituasjon" in kari.get(looked).content.decode(), "who only asked is seen too, when it is over"


def test_what_was_asked_long_ago_tells_nothing_more(cast, visit, as_app):
    otto = visit(cast.otto)
    step_two = asks(cast, otto)["Location"]
    opening = Opening.objects.get()
    assert timedelta(minutes=29) < opening.told_from - opening.asked_at <= timedelta(minutes=30)
    with as_app(cast.otto.actor):
        assert ground.behind(opening.pk)
    Opening.objects.update(asked_at=timezone.now() - timedelta(minutes=31))
    assert otto.get(step_two).status_code == 404
    assert otto.post(step_two).status_code == 404
    with as_app(cast.otto.actor):
        assert not ground.behind(opening.pk)
