"""What a curious colleague would try on the main pages: each attack by its name, and that it leads nowhere."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from laget.consents.tests.test_pages import body, family_form, talk, wish
from laget.demo.cast import Cast, Family
from laget.families.models import Child
from laget.people.models import Name
from laget.people.rules import synthetic_number


def asked_about(client, **typed) -> None:
    assert client.post(reverse("ask"), talk()).status_code == 302
    assert client.post(reverse("ask_child"), family_form(**typed)).status_code == 302
    assert client.post(reverse("ask_what"), wish()).status_code == 302


@pytest.mark.parametrize("name", [("EMIL", "STRAND"), ("Ëmil", "Strand"), ("Emil", "Annet-Navn")])
def test_another_spelling_does_not_show_that_a_child_is_known(cast: Cast, family: Family, visit, name):
    """The asker reads what the asker typed: the registered name would tell that the child was there before."""
    emil = Child.objects.get(pk=family.child)
    whole = " ".join(name)
    for serial in (1, 2):
        client = visit(cast.otto)
        number = synthetic_number(emil.born, serial)
        asked_about(client, given=name[0], family=name[1], number=number)
        pages = [client.get(reverse("home")), client.post(reverse("search"), {"name": name[0]})]
        assert [body(page).count(f">{whole}<") for page in pages] == [serial, serial]
        assert not any("Emil Strand" in body(page) for page in pages)


def test_the_registered_name_stays_in_the_database_for_one_who_only_asks(cast: Cast, family: Family, visit, as_app):
    emil = Child.objects.get(pk=family.child)
    asked_about(visit(cast.otto), given="Emil", family="Annet-Navn", number=synthetic_number(emil.born, 1))
    with as_app(cast.otto.actor):
        assert Child.objects.filter(pk=emil.pk).exists()
        assert not Name.objects.filter(pk=emil.pk).exists()


@pytest.mark.parametrize("typed", ["a\0b", "\0", "\ud800", "%_\\", "x" * 5000, "\u202e\u2066"])
def test_a_search_for_anything_breaks_nothing(cast: Cast, visit, typed):
    form = "name=" + quote(typed, errors="surrogatepass")
    sent = visit(cast.maja).post(reverse("search"), form, content_type="application/x-www-form-urlencoded")
    assert sent.status_code == 200
