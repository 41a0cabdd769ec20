"""Signing in and out, choosing a language, and what is typed is never lost and never anybody else's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.urls import reverse
from django.utils import timezone

from laget.access.models import Draft, Receipt
from laget.directory.models import Position, Unit


@pytest.fixture
def form(cast):
    """An address of ours with a form: a new position."""
    return reverse("position_new", args=[Unit.objects.get(name="Avdeling Blåklokka").pk])


def keep(client, form, **typed):
    return client.post(f"{reverse('draft')}?form={form}", typed)


def lock(client):
    session = client.session
    long_ago = (timezone.now() - timedelta(hours=2)).isoformat()
    session["sign_in"] = {**session["sign_in"], "seen": long_ago}
    session.save()


def test_sign_in_leads_to_the_demonstrations_people(client, db):
    body = client.get(reverse("sign_in") + "?next=/search/").content.decode()
    assert "/demo/?next=%2Fsearch%2F#families" in body


def test_outside_the_demonstration_sign_in_says_how_it_is(client, db, settings):
    settings.LAGET_DEMO = False
    body = client.get(reverse("sign_in"), headers={"accept-language": "nb"}).content.decode()
    assert "/demo/" not in body
    assert "Kommunen har ikke satt opp innlogging ennå" in body
    assert "/sign-in/" not in body.partition("<main")[2].partition("</main>")[0]


def test_who_is_signed_in_goes_on(cast, visit):
    assert visit(cast.maja).get(reverse("sign_in") + "?next=/search/")["Location"] == "/search/"
    assert visit(cast.maja).get(reverse("sign_in") + "?next=//evil.example")["Location"] == "/"


def test_sign_out_ends_the_session_and_clears_the_browser(cast, visit):
    client = visit(cast.maja)
    assert client.get(reverse("sign_out")).status_code == 405
    response = client.post(reverse("sign_out"))
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/").status_code == 302
    assert "sign_in" not in client.session


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_language_is_remembered(client, db, language):
    response = client.post(reverse("language"), {"language": language, "next": "/sign-in/"})
    assert response["Location"] == "/sign-in/"
    assert response.cookies[configured.LANGUAGE_COOKIE_NAME].value == language
    body = client.get("/sign-in/").content.decode()
    assert f'<html lang="{language}"' in body


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", ""]
)
def test_the_language_switch_sends_nobody_elsewhere(client, db, elsewhere):
    response = client.post(reverse("language"), {"language": "xx", "next": elsewhere})
    assert response["Location"] == "/"
    assert configured.LANGUAGE_COOKIE_NAME not in response.cookies


def test_what_is_typed_is_kept_and_comes_back(cast, visit, form):
    client = visit(cast.ada)
    response = keep(client, form, title="Støttepedagog", key=str(uuid4()))
    assert response.status_code == 200
    assert "Støttepedagog" in client.get(form).content.decode()
    assert "Støttepedagog".encode() not in bytes(Draft.objects.get().sealed)


def test_a_forms_key_is_not_used_up_by_its_draft(cast, visit, form):
    client, key = visit(cast.ada), str(uuid4())
    typed = {"given": "Åse", "family": "Ås", "title": "Lærer", "key": key}
    keep(client, form, **typed)
    assert not Receipt.objects.exists()
    client.post(form, typed)
    assert Position.objects.filter(title="Lærer").count() == 1
    assert not Draft.objects.exists()


def test_an_emptied_form_leaves_no_draft(cast, visit, form):
    client = visit(cast.ada)
    keep(client, form, title="Lærer")
    keep(client, form, title=" ")
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "where", ["/nowhere/", "https://evil.example/", "", "/sign-in/", "/directory/", "/demo/sign-in"]
)
def test_only_our_own_forms_have_drafts(cast, visit, where):
    assert keep(visit(cast.ada), where, title="Lærer").status_code == 404
    assert not Draft.objects.exists()


def test_nobody_keeps_a_draft_without_signing_in(cast, client, form):
    assert keep(client, form, title="Lærer").status_code == 419
    assert not Draft.objects.exists()


def test_a_draft_is_nobody_elses(cast, visit, form):
    keep(visit(cast.ada), form, title="Støttepedagog")
    Position.objects.filter(pk=cast.liv.position).update(administers=True)
    assert "Støttepedagog" not in visit(cast.liv).get(form).content.decode()


def test_what_is_posted_to_a_locked_session_is_given_back_to_the_same_person_only(cast, visit, form):
    client = visit(cast.ada)
    lock(client)
    response = client.post(form, {"given": "Åse", "family": "Ås", "title": "Støttepedagog", "key": str(uuid4())})
    assert response.status_code == 419
    assert not Position.objects.filter(title="Støttepedagog").exists()
    keep(client, form, title="Støttepedagog i går")
    Position.objects.filter(pk=cast.liv.position).update(administers=True)
    assert "Støttepedagog" not in visit(cast.liv).get(form).content.decode()
    assert "Støttepedagog i går" in visit(cast.ada).get(form).content.decode()
