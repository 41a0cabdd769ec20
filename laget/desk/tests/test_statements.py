"""The main pages cost a fixed number of statements, however much there is to show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from laget.cases.models import Case, Log, Offer, Step, Turn
from laget.consents.models import Party, Request
from laget.demo import cast as made
from laget.kernel.period import FOREVER
from laget.notices.models import Notice
from laget.plans.models import Goal, Matter, Measure
from laget.sight.models import SeatKind
from tests.matrix.planted import plant
from tests.support.cast import MOST_STATEMENTS as MOST
from tests.support.cast import Statements

SIZES = (5, 500)


def more_children(cast, count):
    """Other children whose baton Maja holds, each with something due and a consent that waits."""
    today = timezone.localdate()
    for number in range(count):
        other = made.person("Barn", f"Nummer{number}")
        made.Child.objects.create(person_id=other, born=today - timedelta(days=2000), registered_by=cast.maja.person)
        made.seat(other, cast.maja, SeatKind.SERVICE)
        made.cover(other, cast.kindergarten, (made.Kind.IDENTITY, made.Kind.EVERYDAY))
        case = made.open_case(other, cast.maja, cast.kindergarten)
        more_in(case, cast, 1)
        asked(other, cast, 1)


def more_in(case, cast, count):
    """Goals with measures, entries, and what matters, in one case."""
    by, today = cast.maja.person, timezone.localdate()
    common = {"case_id": case.pk, "child_id": case.child_id}
    goals = Goal.objects.bulk_create(
        Goal(**common, kind="everyday", words=f"Mål {n}", agreed_by_id=by) for n in range(count)
    )
    Measure.objects.bulk_create(
        Measure(goal=goal, child_id=case.child_id, kind="everyday", words="Tiltak", place="service",
                position_id=cast.maja.position, agreed_by_id=by, start=today, due=today)
        for goal in goals
    )  # fmt: skip
    Log.objects.bulk_create(
        Log(**common, sort="note", kind="everyday", words="Notat", author_id=by, position_id=cast.maja.position,
            service_id=cast.kindergarten)
        for _ in range(count)
    )  # fmt: skip
    Matter.objects.bulk_create(Matter(**common, voice="worker", words="Å leke ute", by_id=by) for _ in range(count))


def asked(child, cast, count):
    for _ in range(count):
        one = Request.objects.create(
            child_id=child, service_id=cast.clinic, kinds=["identity"], text_version="1", asked_by_id=cast.maja.person,
            position_id=cast.maja.position, answer_by=FOREVER,
        )  # fmt: skip
        Party.objects.create(request=one, child_id=child, person_id=cast.kari.person, role="parent")


def notified(member, count):
    Notice.objects.bulk_create(
        Notice(recipient_id=member.person, capacity=member.capacity, event="cases.written", address="/")
        for _ in range(count)
    )


def settle():
    """What autovacuum does in time: without figures about the tables, plans are made for empty ones."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def offered(cast):
    giver, receiver = cast.maja.position, cast.omar.position
    Offer.objects.create(case=cast.case, child_id=cast.child, giver_id=giver, receiver_id=receiver)


def statements(client, address):
    with CaptureQueriesContext(connection) as caught:
        response = client.get(address)
    assert response.status_code == 200
    found = Statements.of(caught.captured_queries)
    return len(found), found


def count_at(client, address, sizes, grow):
    counts = []
    for size in sizes:
        grow(size)
        settle()
        counts.append(statements(client, address)[0])
    return counts


@pytest.mark.parametrize("acting", [False, True])
def test_my_day(cast, visit, acting):
    def grow(size):
        more_children_once(cast, size)
        notified(cast.maja, size)

    more_children_once = Grower(more_children)
    Case.objects.get(pk=cast.case.pk).batons.update(acting=acting)
    counts = count_at(visit(cast.maja), reverse("home"), SIZES, grow)
    assert counts[0] == counts[1] <= MOST


@pytest.mark.parametrize("who", ["maja", "omar"])
def test_the_childs_page(cast, visit, who):
    def grow(size):
        more_in(cast.case, cast, size)
        notified(getattr(cast, who), size)

    member = getattr(cast, who)
    counts = count_at(visit(member), reverse("child_page", args=[cast.case.pk]), SIZES, grow)
    assert counts[0] == counts[1] <= MOST


@pytest.mark.parametrize("who", ["maja", "omar", "kari"])
def test_the_log(cast, visit, who):
    def grow(size):
        more_in(cast.case, cast, size)
        corrected(cast)
        notified(getattr(cast, who), size)

    counts = count_at(visit(getattr(cast, who)), reverse("case_log", args=[cast.case.pk]), SIZES, grow)
    assert counts[0] == counts[1] <= MOST


@pytest.mark.parametrize("who", ["maja", "omar", "kari"])
def test_the_team(cast, visit, who):
    """With an offer, invitations, deputies, and all that has happened."""
    planted = plant(cast)
    case, by = planted["case"], cast.maja.person

    def grow(size):
        same = {"case_id": case, "child_id": cast.child, "by_id": by}
        Step.objects.bulk_create(Step(**same, level="1", reason="Slik") for _ in range(size))
        Turn.objects.bulk_create(Turn(**same, sort="reopened", reason="", note="Igjen") for _ in range(size))
        notified(getattr(cast, who), size)

    counts = count_at(visit(getattr(cast, who)), reverse("case_team", args=[case]), SIZES, grow)
    assert counts[0] == counts[1] <= MOST


@pytest.mark.parametrize("who", ["maja", "omar", "kari"])
@pytest.mark.parametrize("page", ["offer", "measure_new"])
def test_an_offer_and_a_new_measure(cast, visit, who, page):
    planted = plant(cast)
    address = reverse(page, args=[planted["offer" if page == "offer" else "goal"]])

    def grow(size):
        more_in(cast.case, cast, size)
        notified(getattr(cast, who), size)

    counts = count_at(visit(getattr(cast, who)), address, SIZES, grow)
    assert counts[0] == counts[1] <= MOST


def corrected(cast):
    """The newest entry is a correction, and somebody's words were meant otherwise."""
    one = Log.objects.filter(case=cast.case, kind="everyday").latest("at")
    same = {"case": cast.case, "child_id": cast.child, "sort": "note", "kind": "everyday", "service_id": one.service_id}
    by = {"author_id": cast.maja.person, "position_id": cast.maja.position}
    Log.objects.create(**same, **by, words="Rettet", corrects=one)
    told = Log.objects.create(**same, **by, words="Sagt", spoken_for_id=cast.kari.person, spoken="phone")
    Log.objects.create(**same, author_id=cast.kari.person, words="Ment", meant=told)


def test_the_childs_page_with_an_offer(cast, visit):
    offered(cast)
    for member in (cast.maja, cast.omar):
        assert statements(visit(member), reverse("child_page", args=[cast.case.pk]))[0] <= MOST


def test_the_familys_page(cast, visit):
    def grow(size):
        more_in(cast.case, cast, size)
        asked(cast.child, cast, size)
        notified(cast.kari, size)

    offered(cast)
    counts = count_at(visit(cast.kari), reverse("family_page", args=[cast.child]), SIZES, grow)
    assert counts[0] == counts[1] <= MOST


def test_finding_a_child(cast, visit):
    client = visit(cast.maja)

    def found():
        with CaptureQueriesContext(connection) as caught:
            client.post(reverse("search"), {"name": "barn"})
        return len(Statements.of(caught.captured_queries))

    counts = []
    for size in (5, 60):
        Grower(more_children)(cast, size) if size == 5 else more_children(cast, 55)
        settle()
        counts.append(found())
    assert counts[0] == counts[1] <= MOST


class Grower:
    """Grows to a size, instead of by it."""

    def __init__(self, grow):
        self.grow, self.size = grow, 0

    def __call__(self, cast, size):
        self.grow(cast, size - self.size)
        self.size = size
