"""No page tells a protected family's reader where anything is, in its text, its links or what is read aloud."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from laget.cases.models import Log
from laget.directory.models import Service, Unit
from laget.families.models import Child
from laget.protection import actions
from laget.protection.veil import without_places
from tests.matrix.planted import addresses, plant

pytestmark = pytest.mark.django_db
NOBODY_IS_KEPT_AWAY = True
PLACES = [
    "Solbakken",
    "Solbakken",
    "Solbakken barnehage",
    "Avdeling Blåklokka",
    "Fjordvik helsestasjon",
    "Helsestasjonen",
    "41000001",
    "41 00 00 01",
]


@pytest.fixture
def opened(cast, as_app):
    """Sara is protected, and two people have opened her pages to Kari."""
    with as_app(cast.maja.actor):
        child = Child.objects.get(pk=cast.child)
        day = timezone.localdate() + timedelta(days=60)
        actions.grade(cast.maja.actor, child, cast.child, "confidential", "police", day)
        asked = actions.ask_to_open(cast.maja.actor, child, cast.kari.person, "Bor der.").value
    with as_app(cast.liv.actor):
        actions.answer(cast.liv.actor, asked, True, "Lest.")
    return cast


def told(client, ids):
    """Places in each page that answers, by page."""
    found = {}
    for one in addresses():
        if (
            one.name.startswith(("consent", "answer", "withdraw", "asked", "ledger", "directory", "model"))
            or not one.takes
        ):
            continue
        answer = client.get(reverse(one.name, kwargs={name: ids[name] for name in one.takes}))
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            body = answer.content.decode()
            hits = [place for place in PLACES if place in body]
            found[one.name] = hits
    return found


def test_no_page_of_a_protected_child_tells_a_place(opened, visit):
    ids = plant(opened)
    Log.objects.filter(case=opened.case).update(words="Vi møtes i Solbakken  barnehage, ring 41 00 00 01.")
    family = told(visit(opened.kari), ids)
    assert {"family_page", "case_log", "case_team", "who_looked"} <= family.keys()
    assert {name: hits for name, hits in family.items() if hits} == {}
    child = told(visit(opened.sara), ids)
    assert child and {name: hits for name, hits in child.items() if hits} == {}


def test_the_help_numbers_stay_also_where_a_unit_has_a_name_of_such_words(opened, visit):
    Unit.objects.filter(pk__in=Unit.objects.order_by("name", "id").values("pk")[:1]).update(name="Barn og unge")
    body = visit(opened.kari).get(reverse("family_page", args=[opened.child])).content.decode()
    assert "Alarmtelefonen for barn og unge" in body
    assert "Snakk med denne personen først" in body and "Ring denne personen først" not in body, "no number to call"


def test_a_page_about_consent_names_whom_it_is_given_to_and_no_telephone(opened, visit):
    ids = plant(opened)
    body = visit(opened.kari).get(reverse("consent", args=[ids["asked"]])).content.decode()
    assert "Solbakken barnehage" in body and "Maja" in body
    assert not re.search(r"41 ?00 ?00 ?01", body) and "tel:4100" not in body


def test_who_helps_still_reads_them(opened, visit):
    ids = plant(opened)
    assert any(told(visit(opened.maja), ids).values())


def test_a_child_without_protection_reads_as_before(cast, visit):
    ids = plant(cast)
    assert any(told(visit(cast.kari), ids).values())


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Nav ringer.</p><nav>Nav</nav>", "<p>En tjeneste ringer.</p><nav>En tjeneste</nav>"),
        ('<a href="tel:+4741000001">41 00 00 01</a>', ""),
        ('<a href="tel:112">112</a>', '<a href="tel:112">112</a>'),
        ('<b title="Nav, Fjordvik">x</b>', '<b title="En tjeneste, Fjordvik">x</b>'),
        ("<svg><b>Nordre</b> <b>skole</b></svg>", "<svg><b>En tjeneste</b><b></b></svg>"),
        ("<svg><b>Nor</b><b>dre skole</b></svg>", "<svg><b>En tjeneste</b><b></b></svg>"),
        ('<p class="nav-list" id="nav">x</p>', '<p class="nav-list" id="nav">x</p>'),
        ("<p>navn og navet</p>", "<p>navn og navet</p>"),
        ("<p>Leder, Nav</p>", "<p>Leder, en tjeneste</p>"),
        ("Nav <p data-for-all>Ring Nav</p> Nav", "En tjeneste <p data-for-all>Ring Nav</p> En tjeneste"),
        (
            '<p title="a data-for-all b">Nav</p>&lt;p data-for-all&gt;Nav',
            '<p title="a data-for-all b">En tjeneste</p>&lt;p data-for-all&gt;en tjeneste',
        ),
        ("<p>A &amp; B skole</p>", "<p>En tjeneste</p>"),
        ("<p>NORDRE\n skole</p>", "<p>En tjeneste</p>"),
    ],
)
def test_what_is_taken_out(html, shown):
    assert without_places(html, ["Nav", "A & B skole", "Nordre skole"], ["41000001"], "en tjeneste") == shown


def test_nothing_in_an_empty_directory():
    Unit.objects.all().delete()
    Service.objects.all().delete()
    assert without_places("<p>x</p>", [], [], "y") == "<p>x</p>"
