"""All who work here read the directory; only an administrator changes it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from laget.directory.actions import end_position
from laget.directory.models import Position, Unit
from laget.kernel.outcome import Unchanged
from laget.kernel.period import FOREVER
from laget.people.models import Name

EVERYBODY = ("maja", "omar", "vera", "idris", "otto", "ada", "liv", "kari", "per", "sara")
CITIZENS = {"kari", "per", "sara"}


def unit():
    return Unit.objects.get(name="Avdeling Blåklokka")


def addresses(cast):
    return {
        "directory": reverse("directory"),
        "position_new": reverse("position_new", args=[unit().pk]),
        "position_end": reverse("position_end", args=[cast.otto.position]),
    }


@pytest.mark.parametrize("where", ["directory", "position_new", "position_end"])
@pytest.mark.parametrize("who", EVERYBODY)
def test_who_opens_what(cast, visit, who, where):
    response = visit(getattr(cast, who)).get(addresses(cast)[where])
    shut = 404 if who in CITIZENS else 403 if where != "directory" and who != "ada" else 200
    assert response.status_code == shut
    body = response.content.decode()
    assert "Sara" not in body.replace("Sara Solberg</bdi>", "")
    if where == "directory" and shut == 200:
        assert "Otto Berg" in body
        assert (reverse("position_end", args=[cast.otto.position]) in body) is (who == "ada")
    if shut == 403:
        assert "administrator" in body
        assert "Otto Berg" not in body.replace("Otto Berg, ", "")


def test_an_administrator_begins_a_position_for_somebody_new(cast, visit):
    typed = {"person": "", "given": "Åse", "family": "Ås", "title": "Barnehagelærer", "phone": "41 00 00 09"}
    response = visit(cast.ada).post(addresses(cast)["position_new"], typed | {"key": str(uuid4())}, follow=True)
    assert response.status_code == 200
    assert "Åse Ås" in response.content.decode()
    begun = Position.objects.get(person_id=Name.objects.get(given="Åse").person_id)
    assert (begun.unit_id, begun.until, begun.leads) == (unit().pk, FOREVER, False)


def test_somebody_who_works_here_gets_one_more_position(cast, visit):
    typed = {"person": str(cast.omar.person), "title": "Vikar", "phone": ""}
    visit(cast.ada).post(addresses(cast)["position_new"], typed | {"key": str(uuid4())})
    assert Position.objects.filter(person_id=cast.omar.person).count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"given": "Åse", "family": "", "title": "Lærer"}, "Skriv både fornavn og etternavn."),
        ({"given": "Åse", "family": "Ås", "title": "", "phone": ""}, "title"),
        ({"given": "Åse", "family": "Ås", "title": "Lærer", "phone": "ring meg"}, "Skriv nummeret med tall"),
        ({"person": str(uuid4()), "title": "Lærer"}, "person"),
    ],
)
def test_what_is_missing_is_said_and_all_typed_is_kept(cast, visit, typed, said):
    response = visit(cast.ada).post(addresses(cast)["position_new"], typed)
    assert response.status_code == 422
    body = response.content.decode()
    assert said in body
    assert typed.get("given", "") in body


def test_ending_a_position_asks_first_and_says_nothing_of_cases(cast, visit):
    client, where = visit(cast.ada), reverse("position_end", args=[cast.maja.position])
    asked = client.get(where).content.decode()
    assert "Maja Lind" in asked
    assert "Sara" not in asked
    done = client.post(where, {"key": str(uuid4())}, follow=True).content.decode()
    assert "Stillingen er avsluttet." in done
    assert "Sara" not in done
    assert Position.objects.get(pk=cast.maja.position).until < FOREVER


def test_two_who_end_a_position_at_once_are_told_and_not_failed(cast, as_app):
    one = Position.objects.get(pk=cast.otto.position)
    with as_app(cast.ada.actor):
        end_position(cast.ada.actor, one)
        assert isinstance(end_position(cast.ada.actor, one), Unchanged)


def test_nobody_ends_their_own_position(cast, visit):
    response = visit(cast.ada).post(reverse("position_end", args=[cast.ada.position]))
    assert response.status_code == 422
    assert Position.objects.get(pk=cast.ada.position).until == FOREVER


def test_the_directory_costs_the_same_however_large(cast, visit):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from laget.demo import cast as made
    from tests.support.cast import Statements

    def cost():
        with CaptureQueriesContext(connection) as caught:
            visit(cast.maja).get(reverse("directory"))
        return len(Statements.of(caught.captured_queries))

    before = cost()
    for number in range(30):
        made.worker("Ny", f"Ansatt{number}", unit(), "Lærer")
    assert cost() == before
