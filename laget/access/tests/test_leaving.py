"""Leaving quickly: the session is over, the browser is elsewhere, and nobody comes in again without a new proof."""

import pytest
from django.test import Client
from django.urls import reverse

from laget.access import entering, sessions
from laget.audit.models import Entry
from laget.kernel.actor import Capacity

pytestmark = pytest.mark.django_db


def test_who_leaves_quickly_is_signed_out_and_elsewhere(cast, visit):
    client = visit(cast.sara)
    home = reverse("family_page", args=[cast.child])
    assert reverse("leave") in client.get(home).content.decode()
    assert client.get(reverse("leave")).status_code == 405
    response = client.post(reverse("leave"))
    assert response["Refresh"] == "0; url=https://www.yr.no/"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert response["Cache-Control"] == "no-store"
    body = response.content.decode()
    assert "Laget" not in body and "Sara" not in body and "Fjordvik" not in body
    assert client.get(home).status_code == 302
    assert "sign_in" not in client.session
    left = Entry.objects.get(event="access.signed_out")
    assert (left.person, left.cause) == (cast.sara.person, "quick_exit")


def test_nobody_signed_in_leaves_the_same_way(client):
    assert client.post(reverse("leave"))["Refresh"] == "0; url=https://www.yr.no/"
    assert not Entry.objects.exists()


def test_a_form_from_elsewhere_signs_nobody_out(cast, visit):
    client = visit(cast.sara, Client(enforce_csrf_checks=True))
    assert client.post(reverse("leave")).status_code == 403
    assert "sign_in" in client.session


def test_the_next_sign_in_from_that_browser_is_proven_anew(cast, visit, rf):
    client = visit(cast.sara)
    client.post(reverse("leave"))
    asked = rf.get("/")
    asked.session = client.session
    assert not sessions.must_prove(asked)
    asked.COOKIES.update({name: one.value for name, one in client.cookies.items()})
    assert sessions.must_prove(asked)


def test_a_family_sees_when_it_was_here_last(cast, client):
    page = reverse("family_page", args=[cast.child])
    for _time in range(2):
        request = type("Request", (), {"session": client.session, "META": {}, "COOKIES": {}})()
        entering.enter(request, cast.kari.person, Capacity.CITIZEN, "demo", entering.Behind("demo"))
        request.session.save()
        client.cookies["laget"] = request.session.session_key
        body = client.get(page, headers={"accept-language": "nb"}).content.decode()
        assert ("Sist noen logget inn som deg" in body) is bool(_time)
        entering.leave(request)


def test_workers_are_not_told_when_they_were_here_last(cast, client):
    for _time in range(2):
        request = type("Request", (), {"session": client.session, "META": {}, "COOKIES": {}})()
        entering.enter(request, cast.maja.person, Capacity.WORKER, "demo", entering.Behind("demo"))
        assert ("last_here" in request.session) is bool(_time)
        client.cookies["laget"] = request.session.session_key
        assert "Sist noen logget inn" not in client.get("/").content.decode()
