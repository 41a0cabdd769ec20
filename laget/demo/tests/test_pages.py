"""The demonstration lets anybody be anybody in it, and does not exist elsewhere."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from laget.demo.entrance import enter
from laget.demo.fjordvik import EVERYBODY
from laget.demo.people import make_municipality
from laget.kernel.errors import Refused
from laget.people.rules import synthetic_number


@pytest.fixture
def people(db):
    make_municipality()


def sign_in(client, who, **more):
    return client.post(reverse("demo_sign_in"), {"who": who, **more})


def test_everybody_has_a_button(client, people):
    body = client.get(reverse("demo"), headers={"accept-language": "nb"}).content.decode()
    for key, one in EVERYBODY.items():
        assert f'value="{key}"' in body
        assert one.name in body


@pytest.mark.parametrize(("who", "capacity"), [("maja", "worker"), ("ada", "worker"), ("kristin", "citizen")])
def test_one_button_signs_in(client, people, who, capacity):
    response = sign_in(client, who)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["sign_in"]["capacity"] == capacity


def test_a_number_signs_in_as_a_citizen_also_for_somebody_who_works_here(client, people):
    sign_in(client, EVERYBODY["maja"].number)
    assert client.session["sign_in"]["capacity"] == "citizen"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("12345", "elleve siffer"),
        ("01010112345", "sifre er feil"),
        ("30108299939", "80"),
        (synthetic_number(EVERYBODY["maja"].born, 7), "Ingen her har det nummeret"),
        ("nobody", "elleve siffer"),
    ],
)
def test_a_number_that_is_nobodys_is_said(client, people, number, said):
    response = client.post(reverse("demo_sign_in"), {"who": number}, headers={"accept-language": "nb"})
    assert response.status_code == 422
    assert said.lower() in response.content.decode().lower()
    assert "sign_in" not in client.session
    assert f'value="{number}"' in response.content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere(client, people, elsewhere):
    assert sign_in(client, "maja", next=elsewhere)["Location"] == "/"


def test_one_goes_on_to_where_one_was_going(client, people):
    assert sign_in(client, "maja", next="/search/")["Location"] == "/search/"


def test_outside_the_demonstration_there_is_nothing(client, people, settings):
    settings.LAGET_DEMO = False
    assert client.get(reverse("demo")).status_code == 404
    assert sign_in(client, "maja").status_code == 404
    assert "sign_in" not in client.session


def test_outside_the_demonstration_the_action_refuses_too(people, settings):
    settings.LAGET_DEMO = False
    with pytest.raises(Refused):
        enter(RequestFactory().post("/"), "maja")
