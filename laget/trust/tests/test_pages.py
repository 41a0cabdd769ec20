"""Who has looked: for the family only, only the services' readings, in plain words, newest first."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from laget.audit.models import Reading
from laget.demo.clock import ago
from laget.sight.models import Cover, Seat
from laget.trust.access import readings_of, visible_readings
from tests.support.cast import MOST_STATEMENTS, Statements


def reading(cast, member, page="plans.case_plan", *, children=None, days=0, kinds=("everyday",), minutes=0):
    position = member.actor.places[0] if member.actor.places else None
    return Reading.objects.create(
        person=member.person,
        capacity=member.capacity,
        page=page,
        children=children or [cast.child],
        kinds=list(kinds),
        position=position and position.position,
        service=position and position.service,
        at=ago(days, minutes=minutes),
    )


def page_of(cast):
    return reverse("who_looked", args=[cast.child])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("kari", 200),
        ("sara", 200),
        ("per", 404),
        ("maja", 404),
        ("omar", 404),
        ("vera", 404),
        ("otto", 404),
        ("idris", 404),
        ("ada", 404),
        ("liv", 404),
    ],
)
def test_who_opens_the_page(cast, visit, who, status):
    reading(cast, cast.maja)
    answer = visit(cast.everybody()[who]).get(page_of(cast))
    assert answer.status_code == status
    if status == 404:
        assert "Maja" not in re.sub(r"<header.*?</header>", "", answer.content.decode(), flags=re.DOTALL)


def test_another_family_gets_nothing(cast, family, visit):
    assert visit(family.mother).get(page_of(cast)).status_code == 404


def test_nobody_has_looked(cast, visit):
    assert "Ingen i tjenestene har sett på noe ennå" in visit(cast.kari).get(page_of(cast)).content.decode()


def test_a_real_visit_is_shown_with_name_role_service_ground_and_kinds(cast, visit):
    visit(cast.maja).get(reverse("case_plan", args=[cast.case.pk]))
    said = visit(cast.kari).get(page_of(cast)).content.decode()
    for text in (
        "Maja Lind",
        "Pedagogisk leder",
        "Solbakken barnehage",
        "Planen, med mål",
        "Hverdag",
        "dere har sagt ja til tjenesten",
    ):
        assert text in said, text


def test_the_familys_own_readings_and_other_private_persons_are_not_shown(cast, visit):
    visit(cast.kari).get(reverse("case_plan", args=[cast.case.pk]))
    reading(cast, cast.per)
    reading(cast, cast.kari)
    said = visit(cast.kari).get(page_of(cast)).content.decode()
    assert "Ingen i tjenestene har sett" in said
    assert "Per Solberg" not in said


def test_readings_stay_when_the_consent_is_withdrawn(cast, visit):
    reading(cast, cast.omar, days=1)
    now = timezone.now()
    Cover.objects.filter(service_id=cast.clinic).update(until=now)
    Seat.objects.filter(person_id=cast.omar.person).update(until=now)
    said = visit(cast.kari).get(page_of(cast)).content.decode()
    assert "Omar Haddad" in said
    assert "Fjordvik helsestasjon" in said


def test_newest_first_by_day_and_together(cast, visit):
    reading(cast, cast.maja, days=3)
    reading(cast, cast.omar, days=1)
    for minutes in range(3):
        reading(cast, cast.maja, "cases.case_log", days=1, minutes=minutes)
    said = visit(cast.kari).get(page_of(cast)).content.decode()
    assert said.count("Maja Lind</bdi>") == 2
    assert "3 ganger" in said
    assert said.index("Omar Haddad") < said.rindex("Maja Lind")


def test_pages_that_are_called_the_same_are_told_of_once(cast, visit):
    for page in ("protection.protection", "protection.grade", "protection.places"):
        reading(cast, cast.maja, page)
    body = visit(cast.kari).get(reverse("who_looked", args=[cast.child])).content.decode()
    assert body.count("En side om hvem som er med") == 1 and "3 ganger, sist" in body


def test_the_ground_is_the_seat_held_at_that_moment(cast, visit):
    Seat.objects.filter(person_id=cast.omar.person).update(origin="acting")
    reading(cast, cast.omar)
    reading(cast, cast.otto)
    said = visit(cast.kari).get(page_of(cast)).content.decode()
    assert "Leder laget inntil videre" in said
    assert "Var med i laget da" in said


def test_a_list_of_many_children_shows_nothing_about_the_others(cast, family, visit):
    reading(cast, cast.maja, "desk.home", children=[cast.child, family.child])
    said = visit(cast.kari).get(page_of(cast)).content.decode()
    assert "En liste over barna" in said
    assert str(family.child) not in said
    assert "Emil" not in said


def test_children_are_never_fetched(cast, as_app):
    reading(cast, cast.maja)
    with as_app(cast.kari.actor), CaptureQueriesContext(connection) as seen:
        list(readings_of(cast.kari.actor, cast.child))
    columns = seen.captured_queries[-1]["sql"].split(" FROM ")[0]
    assert '"children"' not in columns
    assert '"object_id"' not in columns


def test_the_two_locks_agree(cast, family, as_app):
    for member in cast.everybody().values():
        reading(cast, member)
    reading(cast, cast.maja, children=[family.child])
    reading(cast, cast.maja, children=[cast.child, family.child])
    people = [*cast.everybody().values(), family.mother, family.father]
    seen = {}
    for member in people:
        with as_app(member.actor):
            by_database = set(Reading.objects.values_list("pk", flat=True))
            by_python = set(visible_readings(member.actor).values_list("pk", flat=True))
        outside = set(visible_readings(member.actor).values_list("pk", flat=True))
        assert by_database == by_python == outside, member.name
        seen[member.name] = len(by_database)
    assert seen["Kari Solberg"] == 1 + 7 + 1  # her own, the seven workers', and the list with two children
    assert seen["Per Solberg"] == 1
    assert seen["Hanna Strand"] == 2


def test_the_number_of_statements_does_not_grow(cast, visit):
    counts = []
    for more in (3, 120):
        for number in range(more):
            reading(cast, (cast.maja, cast.omar, cast.vera)[number % 3], days=number)
        client = visit(cast.kari)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page_of(cast)).status_code == 200
        counts.append(len(Statements.of(seen.captured_queries)))
    assert counts[0] == counts[1] <= MOST_STATEMENTS


def test_it_is_read_page_by_page(cast, visit):
    for number in range(60):
        reading(cast, cast.maja, days=number)
    client = visit(cast.kari)
    first, second = (client.get(page_of(cast), {"page": number}).content.decode() for number in (1, 2))
    assert first.count("Maja Lind</bdi>") == 40
    assert second.count("Maja Lind</bdi>") == 20
    assert client.get(page_of(cast), {"page": "x' OR 1=1"}).status_code == 200
