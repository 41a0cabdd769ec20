"""Log control as the worker does it: from real rows, with the worker's own rights, once, and the same again."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from laget.access import database
from laget.audit.models import Entry, Reading
from laget.cases.models import Turn
from laget.cases.tests.factories import entry
from laget.demo.cast import make_officer, parent, worker
from laget.demo.clock import ago
from laget.directory.models import Unit
from laget.families.models import Parent, Sibling
from laget.families.rules import OSLO
from laget.kernel.actor import SYSTEM
from laget.kernel.period import FOREVER
from laget.notices.models import Notice
from laget.protection import actions as protection
from laget.protection.rules.levels import Fed
from laget.sight.models import Seat
from laget.trust import sweeps
from laget.trust.models import Finding, Question, Reply, Round
from laget.trust.rules import control
from laget.trust.rules.clock import due
from laget.trust.tests.factories import finding, question, reading

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def as_worker(monkeypatch):
    """As the worker's login."""

    def run(act, *args):
        with monkeypatch.context() as here:
            here.setattr(database, "assumed_role", "laget_worker")
            act(*args)

    return run


@pytest.fixture
def sweep(as_worker):
    return lambda: as_worker(sweeps.run)


@pytest.fixture(autouse=True)
def nothing_is_drawn(monkeypatch):
    monkeypatch.setattr(control, "drawn", lambda seed, visit, share=0.0: False)


def at(day, hour=12, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OSLO)


def looked(member, child, day=YESTERDAY, **when):
    return reading(member, child, at=at(day, **when))


def found():
    return set(Finding.objects.values_list("rule", "reader_id"))


def told(event):
    return set(Notice.objects.filter(event=event).values_list("recipient_id", flat=True))


def away(cast, member):
    """As if this member had come long ago, and done nothing since."""
    Seat.objects.filter(person_id=member.person).update(since=ago(300))


def test_an_ordinary_day_has_no_findings(cast, sweep):
    looked(cast.maja, cast.child)
    looked(cast.omar, cast.child)
    sweep()
    assert found() == set()
    assert Round.objects.get().day == YESTERDAY
    assert Round.objects.get().visits == 2


def test_a_finding_goes_to_the_leader_with_ten_working_days(cast, sweep):
    one = looked(cast.maja, cast.child, hour=2)
    sweep()
    asked = Finding.objects.get()
    assert (asked.rule, asked.reader_id, asked.about, asked.reading) == ("night", cast.maja.person, cast.child, one.pk)
    assert (asked.day, asked.due, asked.escalated_at) == (YESTERDAY, due(TODAY), FOREVER)
    assert told("trust.controlled") == {cast.liv.person}
    assert Entry.objects.get(event="trust.day_controlled").details["found"] == 1


def test_a_day_is_controlled_once_and_the_same_again_by_anybody(cast, sweep, as_worker):
    looked(cast.maja, cast.child, hour=2)
    sweep()
    sweep()
    first = list(Finding.objects.values("rule", "reader_id", "about", "day", "reading", "kinds", "times"))
    assert len(first) == 1
    assert len(Notice.objects.filter(event="trust.controlled")) == 1
    Finding.objects.all().delete()
    Round.objects.all().delete()
    as_worker(sweeps.control_day, YESTERDAY, TODAY)
    assert list(Finding.objects.values("rule", "reader_id", "about", "day", "reading", "kinds", "times")) == first


@pytest.mark.parametrize(("family", "hit"), [
    ("Solberg", True), ("Berg Solberg", True), ("SOLBERG", True), ("Sølberg", False), ("Berg", False), ("Aa", False),
])  # fmt: skip
def test_a_family_name_in_common_with_child_or_parent(cast, sweep, family, hit):
    other = worker("Tor", family, Unit.objects.get(name="Avdeling Blåklokka"), "Vikar")
    looked(other, cast.child)
    sweep()
    assert (("same_name", other.person) in found()) is hit


@pytest.mark.parametrize("tie", ["parent", "sibling", "co_parent", "none"])
def test_registered_as_family(cast, family, sweep, tie):
    """Parent of the child, parent of its sibling, or parent of another child together with one of its parents."""
    of = {"parent": cast.child, "none": None}.get(tie, family.child)
    if of:
        Parent.objects.create(
            child_id=of, person_id=cast.otto.person, relation="father", responsibility=False, source="declared",
            registered_by=cast.maja.person, until=timezone.now(),
        )  # fmt: skip
    if tie == "sibling":
        Sibling.objects.create(child_id=cast.child, sibling_id=family.child, registered_by=cast.maja.person)
    if tie == "co_parent":
        Parent.objects.create(
            child_id=family.child, person_id=cast.kari.person, relation="mother", responsibility=True,
            source="register", registered_by=cast.maja.person,
        )  # fmt: skip
    looked(cast.otto, cast.child)
    sweep()
    assert (("related", cast.otto.person) in found()) is (tie != "none")


@pytest.mark.parametrize(("home", "hit", "not_compared"), [
    ("Storgata 4, 0155 Oslo", True, 1), ("Kirkeveien 12, 0368 Oslo", False, 1), ("", False, 2),
])  # fmt: skip
def test_who_lives_where_the_child_lives_and_of_how_many_it_is_not_known(
    cast, sweep, as_worker, home, hit, not_compared
):
    def feed():
        with database.acting(SYSTEM):
            protection.feed([Fed(person, "ungraded", timezone.now(), (lives,) if lives else ()) for person, lives in (
                (cast.child, "Storgt. 4, 0155 OSLO"), (cast.omar.person, home),
            )])  # fmt: skip

    as_worker(feed)
    looked(cast.omar, cast.child)
    looked(cast.maja, cast.child)
    sweep()
    assert (("same_home", cast.omar.person) in found()) is hit
    assert Round.objects.get().not_compared == not_compared


def test_nothing_to_do_with_the_child_is_judged_when_thirty_days_have_passed(cast, sweep, as_worker):
    away(cast, cast.omar)
    day = YESTERDAY - timedelta(days=30)
    looked(cast.omar, cast.child, day)
    looked(cast.maja, cast.child, day)
    as_worker(sweeps.control_day, YESTERDAY - timedelta(days=1), TODAY)
    assert found() == set()
    as_worker(sweeps.control_day, YESTERDAY, TODAY)
    assert found() == {("no_trace", cast.omar.person)}  # Maja held the baton then


@pytest.mark.parametrize(("days", "hit"), [(29, False), (-29, False), (32, True), (-32, True)])
def test_an_entry_within_thirty_days_is_a_trace(cast, as_worker, days, hit):
    away(cast, cast.omar)
    day = YESTERDAY - timedelta(days=40)
    looked(cast.omar, cast.child, day)
    entry(cast, cast.omar, at=at(day) + timedelta(days=days))
    as_worker(sweeps.control_day, day + timedelta(days=30), TODAY)
    assert (("no_trace", cast.omar.person) in found()) is hit


def test_reading_and_then_losing_the_place(cast, as_worker):
    day = YESTERDAY - timedelta(days=7)
    looked(cast.omar, cast.child, day)
    looked(cast.maja, cast.child, day)
    Seat.objects.filter(person_id=cast.omar.person).update(until=at(day) + timedelta(days=3))
    as_worker(sweeps.control_day, YESTERDAY, TODAY)
    assert found() == {("left", cast.omar.person)}


def test_leaving_together_when_the_case_closes_is_not_striking(cast, as_worker):
    day = YESTERDAY - timedelta(days=7)
    looked(cast.omar, cast.child, day)
    closed = at(day) + timedelta(days=3)
    Seat.objects.filter(person_id=cast.omar.person).update(until=closed)
    Turn.objects.create(
        case=cast.case, child_id=cast.child, sort="closed", reason="other", by_id=cast.maja.person, at=closed
    )
    as_worker(sweeps.control_day, YESTERDAY, TODAY)
    assert found() == set()


def test_very_many_children_and_searches(cast, sweep):
    children = [parent(f"B{n}", "Q", cast.child, "other", TODAY - timedelta(days=9000 + n)).person for n in range(31)]
    for one in children:
        looked(cast.vera, one)
    for minute in range(10):
        one = looked(cast.otto, cast.child, minute=minute)
        Reading.objects.filter(pk=one.pk).update(page="desk.search", children=[], kinds=[])
    for minute in range(5):
        one = looked(cast.omar, cast.child, minute=minute)
        Reading.objects.filter(pk=one.pk).update(page="desk.search")
    sweep()
    assert {("many", cast.vera.person), ("empty_searches", cast.otto.person), ("searched", cast.omar.person)} <= found()
    assert Finding.objects.get(rule="many").about is None


def test_a_list_of_ones_own_children_and_control_itself_are_no_visits(cast, sweep):
    for page in ("desk.home", "trust.question"):
        one = looked(cast.maja, cast.child, hour=3)
        Reading.objects.filter(pk=one.pk).update(page=page)
    looked(cast.kari, cast.child, hour=3)
    sweep()
    assert found() == set()


def test_the_same_is_not_asked_again_the_next_day(cast, as_worker):
    for back in (2, 1):
        looked(cast.maja, cast.child, TODAY - timedelta(days=back), hour=2)
        as_worker(sweeps.control_day, TODAY - timedelta(days=back), TODAY)
    assert Finding.objects.count() == 1


def test_the_lot_is_drawn_from_all_visits(cast, sweep, monkeypatch):
    monkeypatch.setattr(control, "drawn", lambda seed, visit, share=0.0: visit.reader == cast.omar.person)
    looked(cast.maja, cast.child)
    looked(cast.omar, cast.child)
    sweep()
    assert found() == {("sample", cast.omar.person)}


def test_the_lot_is_drawn_with_a_key_of_the_municipality_and_the_month(cast, sweep, monkeypatch, settings):
    seeds = set()
    monkeypatch.setattr(control, "drawn", lambda seed, visit, share=0.0: bool(seeds.add(seed)))
    for key in (settings.LAGET_INDEX_KEY, bytes(32)):
        settings.LAGET_INDEX_KEY = key
        looked(cast.maja, cast.child)
        sweep()
        Round.objects.all().delete()
    assert len(seeds) == 2


def test_a_finding_about_the_only_leader_goes_to_the_officer(cast, sweep):
    looked(cast.liv, cast.child, hour=1)
    sweep()
    assert Finding.objects.get().escalated
    assert told("trust.controlled") == set()


def test_what_is_late_is_said_to_leader_officer_and_family_once(cast, sweep):
    officer = make_officer()
    asked = question(cast, cast.maja, cast.kari, due=YESTERDAY)
    late = finding(cast, cast.maja, due=YESTERDAY)
    fresh = question(cast, cast.maja, cast.sara, due=TODAY)
    answered = question(cast, cast.omar, cast.kari, due=YESTERDAY)
    Reply.objects.create(question=answered, outcome="explained", words="x", by_id=cast.liv.person)
    sweep()
    sweep()
    assert Notice.objects.filter(event="trust.reminder", recipient_id=cast.liv.person).count() == 2
    assert Notice.objects.filter(event="trust.late", recipient_id=officer.person).count() == 2
    assert list(Notice.objects.filter(event="trust.passed_on").values_list("recipient_id", flat=True)) == [
        cast.kari.person
    ]
    assert Question.objects.get(pk=asked.pk).escalated
    assert Finding.objects.get(pk=late.pk).escalated
    assert not Question.objects.get(pk=fresh.pk).escalated
    assert Question.objects.get(pk=answered.pk).reminded_at is None


def test_days_that_were_missed_are_caught_up(cast, sweep):
    Round.objects.create(day=TODAY - timedelta(days=4), visits=0, found=0)
    looked(cast.maja, cast.child, TODAY - timedelta(days=3), hour=2)
    sweep()
    assert Finding.objects.get().day == TODAY - timedelta(days=3)
    assert Round.objects.count() == 4


def test_the_worker_reads_no_words_of_a_family(cast, as_worker):
    question(cast, cast.maja, cast.kari)

    def words():
        with database.acting(SYSTEM), connection.cursor() as cursor:
            cursor.execute("SELECT words FROM trust_question")

    with pytest.raises(DatabaseError):
        as_worker(words)


def test_what_is_passed_on_by_hand_and_not_answered_is_said_to_the_officer_again(cast, sweep):
    officer = make_officer()
    for asked in (
        {"question": question(cast, cast.maja, cast.kari, due=YESTERDAY, escalated_at=timezone.now())},
        {"finding": finding(cast, cast.maja, due=YESTERDAY, escalated_at=timezone.now())},
    ):
        Reply.objects.create(**asked, outcome="passed_on", words="x", by_id=cast.liv.person)
    sweep()
    sweep()
    assert list(Notice.objects.values_list("event", "recipient_id")) == [("trust.late", officer.person)] * 2
