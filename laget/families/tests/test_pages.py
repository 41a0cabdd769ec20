"""The pages about a child itself: who gets 200, 403 and 404, what stands in them, and what bad input does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from markupsafe import escape

from laget.consents.rules import Asking, parties
from laget.demo import cast as made
from laget.families.models import Child, Sibling
from laget.families.rules import family_seat_ends
from laget.people.models import Name
from laget.sight.models import Seat, SeatKind
from tests.support.cast import MOST_STATEMENTS, Statements

INSIDE = {"maja", "omar", "kari", "sara"}
NASTY = ["<script>alert(1)</script>", "😀 æøå", "\u202eevil\u202c", "{{ 7*7 }}", "'; DROP TABLE people_name; --"]


def address(name, child):
    return reverse(name, args=[child])


def body(answer):
    return answer.content.decode()


def typed(day):
    return f"{day.day}.{day.month}.{day.year}"


@pytest.fixture
def expected(cast):
    """Sara is not born yet."""
    today = timezone.localdate()
    Child.objects.filter(pk=cast.child).update(born=None, expected=today + timedelta(days=3))
    return cast.child


@pytest.fixture
def brother(cast):
    """Kari's other child, of whom nobody else here knows."""
    other = made.child("Nils", "Solberg", timezone.localdate() - timedelta(days=900), cast.maja.person, serial=7)
    made.seat(other, cast.kari, SeatKind.PARENT)
    return other


def test_who_may_tell_of_a_birth(cast, visit, expected):
    for who, member in cast.everybody().items():
        answer = visit(member).get(address("born", expected))
        assert answer.status_code == (200 if who in INSIDE else 404), who
        assert ("Sara" in body(answer)) == (who in INSIDE), who
        assert ("hadde termin" in body(answer)) == (who in INSIDE), who
        if who not in INSIDE:
            posted = visit(member).post(address("born", expected), {"born": typed(timezone.localdate())})
            assert posted.status_code == 404, who
    assert Child.objects.get(pk=expected).born is None


def test_one_who_only_asks_is_told_who_can(cast, visit, expected):
    made.seat(expected, cast.otto, SeatKind.ASKING)
    for answer in (visit(cast.otto).get(address("born", expected)), visit(cast.otto).post(address("born", expected))):
        assert answer.status_code == 403
        assert "de som er med i saken" in body(answer)
        assert "Sara" not in body(answer) and "Solberg" not in body(answer)


@pytest.mark.parametrize("who", ["kari", "maja"])
def test_a_birth_is_told_of(cast, visit, expected, who):
    client, today = visit(getattr(cast, who)), timezone.localdate()
    answer = client.post(
        address("born", expected), {"born": today.isoformat(), "given": "Sara Li", "key": str(uuid4())}
    )
    assert answer.status_code == 302
    page = client.get(answer["Location"], follow=True)
    assert page.status_code == 200 and "Fødselsdatoen er lagret." in body(page) and "Sara" in body(page)
    assert address("born", expected) not in body(page)
    assert (Child.objects.get(pk=expected).born, Name.objects.get(pk=expected).given) == (today, "Sara Li")
    until = family_seat_ends(today, 18)
    seats = Seat.objects.in_force().filter(child_id=expected, kind=SeatKind.PARENT)
    assert {(seat.person_id, seat.until) for seat in seats} == {(cast.kari.person, until), (cast.per.person, until)}
    assert seats.count() == 2
    assert visit(cast.per).get(address("born", expected)).status_code == 404


def test_the_table_of_ages_counts_from_the_birth(cast, visit, expected):
    today = timezone.localdate()
    visit(cast.kari).post(address("born", expected), {"born": typed(today)})
    born, proven = Child.objects.get(pk=expected).born, ((cast.kari.person, True),)

    def asked(years):
        return parties(Asking(family_seat_ends(born, years).date(), expected, born, "HOL", "BHL", proven)).people

    assert (asked(15), asked(16)) == (((cast.kari.person, "parent"),), ((expected, "child"),))


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("", "Skriv fødselsdatoen."),
        ("i går", "Skriv datoen som dag.måned.år"),
        ("31.2.2026", "Skriv datoen som dag.måned.år"),
        (timedelta(days=1), "Denne dagen har ikke vært ennå."),
        (timedelta(days=-3660), "mer enn 20 uker før termin"),
        (timedelta(days=-138), "mer enn 20 uker før termin"),
        (timedelta(days=-26 * 366), "over 25 år siden"),
    ],
)
def test_a_date_that_cannot_be(cast, visit, expected, day, says):
    text = day if isinstance(day, str) else typed(timezone.localdate() + day)
    answer = visit(cast.kari).post(address("born", expected), {"born": text, "given": "Beholdt"})
    assert answer.status_code == 422
    assert says in body(answer) and "Beholdt" in body(answer)
    assert (Child.objects.get(pk=expected).born, Name.objects.get(pk=expected).given) == (None, "Sara")


@pytest.mark.parametrize("given", NASTY)
def test_a_name_is_only_a_name(cast, visit, expected, given):
    client = visit(cast.kari)
    client.post(address("born", expected), {"born": typed(timezone.localdate()), "given": given})
    page = body(client.get(address("born", expected)))
    assert str(escape(given.replace("\u202e", "").replace("\u202c", ""))) in page
    assert "<script>alert" not in page and "\u202e" not in page


def test_a_name_too_long_is_said_so(cast, visit, expected):
    answer = visit(cast.kari).post(address("born", expected), {"born": typed(timezone.localdate()), "given": "x" * 101})
    assert answer.status_code == 422 and Child.objects.get(pk=expected).born is None


def test_a_child_that_is_born_is_shown_without_a_form(cast, visit):
    born = Child.objects.get(pk=cast.child).born
    answer = visit(cast.maja).get(address("born", cast.child))
    assert answer.status_code == 200 and 'name="born"' not in body(answer)
    assert date_format(born, "Y") in body(answer)
    other = {"born": typed(born + timedelta(days=1)), "given": "Annen"}
    refused = visit(cast.maja).post(address("born", cast.child), other)
    assert refused.status_code == 422 and "Barnet har alt en fødselsdato." in body(refused)
    assert (Child.objects.get(pk=cast.child).born, Name.objects.get(pk=cast.child).given) == (born, "Sara")


def test_who_may_say_who_are_siblings(cast, visit, brother):
    for who, member in cast.everybody().items():
        for child, status in ((cast.child, {"kari": 200, "sara": 403}), (brother, {"kari": 200})):
            answer = visit(member).get(address("siblings", child))
            assert answer.status_code == status.get(who, 404), who
            assert ("Nils" in body(answer)) == (who == "kari"), who
            posted = {"siblings": str(brother if child == cast.child else cast.child)}
            if who != "kari":
                assert visit(member).post(address("siblings", child), posted).status_code == status.get(who, 404)
    assert not Sibling.objects.exists()


def test_a_parent_of_one_child_is_not_asked(cast, visit):
    client = visit(cast.kari)
    assert client.get(address("siblings", cast.child)).status_code == 403
    assert "har flere barn her" in body(client.get(address("siblings", cast.child)))
    assert address("siblings", cast.child) not in body(client.get(address("family_page", cast.child)))


def test_siblings_are_linked_and_shown_only_to_those_who_see_both(cast, visit, brother):
    client = visit(cast.kari)
    assert address("siblings", cast.child) in body(client.get(address("family_page", cast.child)))
    answer = client.post(address("siblings", cast.child), {"siblings": str(brother), "key": str(uuid4())})
    assert answer.status_code == 302
    family = body(client.get(answer["Location"], follow=True))
    assert "Søsken:" in family and "Nils Solberg" in family and address("family_page", brother) in family
    assert 'name="siblings"' not in body(client.get(address("siblings", cast.child)))
    assert "Står som søsken" in body(client.get(address("siblings", brother)))
    case = reverse("child_page", args=[cast.case.pk])
    for member, page in ((cast.maja, case), (cast.omar, case), (cast.sara, address("family_page", cast.child))):
        assert "Nils" not in body(visit(member).get(page)) and "Søsken" not in body(visit(member).get(page))
    made.seat(brother, cast.maja, SeatKind.SERVICE)
    made.cover(brother, cast.kindergarten)
    assert "Nils Solberg" in body(visit(cast.maja).get(case))
    assert visit(cast.maja).get(address("child_home", brother))["Location"] == reverse("home")


def test_one_who_only_asks_about_the_other_child_is_not_told(cast, visit, brother):
    Sibling.objects.create(child_id=cast.child, sibling_id=brother, registered_by=cast.kari.person)
    made.seat(brother, cast.maja, SeatKind.ASKING)
    page = body(visit(cast.maja).get(reverse("child_page", args=[cast.case.pk])))
    assert "Nils" not in page and "Søsken" not in page


@pytest.mark.parametrize("wrong", ["", "x", "stranger", "itself"])
def test_siblings_that_cannot_be(cast, visit, brother, family, wrong):
    value = {"stranger": str(family.child), "itself": str(cast.child)}.get(wrong, wrong)
    answer = visit(cast.kari).post(address("siblings", cast.child), {"siblings": value} if value else {})
    assert answer.status_code == 422
    assert ("Velg blant dine egne barn." if value else "Velg minst ett barn.") in body(answer)
    assert "Emil" not in body(answer) and not Sibling.objects.exists()


def test_from_a_childs_address_to_its_page(cast, visit):
    homes = {
        **dict.fromkeys(("maja", "omar"), reverse("child_page", args=[cast.case.pk])),
        **dict.fromkeys(("kari", "sara"), address("family_page", cast.child)),
    }
    for who, member in cast.everybody().items():
        answer = visit(member).get(address("child_home", cast.child))
        assert (answer.status_code, answer.headers.get("Location")) == (302 if who in homes else 404, homes.get(who))


@pytest.mark.parametrize("who", ["kari", "maja"])
def test_the_pages_of_an_expected_child_cost_as_few_statements(cast, visit, expected, brother, who):
    Sibling.objects.create(child_id=expected, sibling_id=brother, registered_by=cast.kari.person)
    client = visit(getattr(cast, who))
    page = address("family_page", expected) if who == "kari" else reverse("child_page", args=[cast.case.pk])
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(page)
    found = Statements.of(caught.captured_queries)
    assert len(found) <= MOST_STATEMENTS
    assert address("born", expected) in body(answer)
    assert client.get(address("born", expected)).status_code == 200
