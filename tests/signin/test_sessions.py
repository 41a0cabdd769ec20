"""One identity a session: attacks on it by name, among them what went wrong elsewhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from laget.access.models import SignIn
from laget.audit.models import Entry
from laget.directory.models import Position
from laget.people.rules import synthetic_number
from tests.signin.conftest import STRANGER, Browser, account

pytestmark = pytest.mark.django_db


def key(one):
    return one.client.cookies[configured.SESSION_COOKIE_NAME].value


def test_aula_another_person_signs_in_inside_somebodys_session(providers, browser, cast, family):
    """Denmark 2019: one left the browser, another stepped up in it, and read what the first had opened."""
    one = browser()
    one.sign_in()
    session = one.client.session
    session["said"], session["left"] = ["Bare for Kari"], "Bare for Kari"
    session.save()
    before = key(one)
    from laget.people.models import NationalNumber

    hanna = synthetic_number(date(1990, 2, 20))
    assert NationalNumber.objects.filter(person_id=family.mother.person).exists()
    providers["citizens"].claims.update(pid=hanna, sub="subject-2", sid="sid-2")
    assert one.sign_in().status_code == 302
    assert one.kept["person"] == str(family.mother.person)
    assert key(one) != before
    assert "left" not in one.client.session and "Bare for Kari" not in str(dict(one.client.session.items()))
    assert not Session.objects.filter(session_key=before).exists()
    assert [row.person_id for row in SignIn.objects.all()] == [family.mother.person]
    old = Client()
    old.cookies[configured.SESSION_COOKIE_NAME] = before
    assert old.get("/search/").status_code == 302


def test_aula_a_stranger_who_steps_up_in_somebodys_session_ends_it(providers, browser, cast):
    """Whoever has just proved to be somebody else has the device now, also when there is nothing here for them."""
    one = browser()
    one.sign_in()
    providers["citizens"].claims.update(pid=STRANGER)
    assert one.sign_in().status_code == 403
    assert one.kept is None
    assert not SignIn.objects.exists()
    assert one.client.get(reverse("family_page", args=[cast.child])).status_code == 302
    assert Entry.objects.get(event="access.signed_out").cause == "another"


@pytest.mark.parametrize("claims", [{"nonce": "x"}, {"acr": "idporten-loa-low"}])
def test_an_answer_that_does_not_hold_ends_nobodys_session(providers, browser, claims):
    one = browser()
    one.sign_in()
    kept = one.kept
    providers["citizens"].claims.update(claims)
    assert one.sign_in().status_code == 400
    assert one.kept == kept


@pytest.mark.parametrize("name", ["citizens", "staff"])
def test_a_session_planted_before_sign_in_is_worth_nothing_after(browser, name):
    one = browser(name)
    planted = one.client.session
    planted["planted"] = "1"
    planted.save()
    one.client.cookies[configured.SESSION_COOKIE_NAME] = planted.session_key
    one.sign_in()
    assert key(one) != planted.session_key
    assert "planted" not in one.client.session
    assert not Session.objects.filter(session_key=planted.session_key).exists()


def test_an_invented_session_id_is_never_taken(browser):
    one = browser()
    one.client.cookies[configured.SESSION_COOKIE_NAME] = "a" * 32
    one.sign_in()
    assert key(one) != "a" * 32


def test_the_same_person_again_gets_a_new_id_and_keeps_the_forms(browser):
    one = browser("staff")
    one.sign_in()
    one.client.get("/directory/")
    before, token = key(one), one.client.cookies[configured.CSRF_COOKIE_NAME].value
    one.sign_in()
    assert key(one) != before
    assert one.client.cookies[configured.CSRF_COOKIE_NAME].value == token
    assert SignIn.objects.count() == 1


def test_cookies_are_for_this_site_alone_and_out_of_reach_of_script(browser, settings):
    settings.INSECURE_COOKIES = False
    settings.SESSION_COOKIE_SECURE = True
    one = browser()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("laget.access.oidc.wire._safe", lambda address: True)
        answer = one.go()
        mark = answer.cookies["__Host-laget-attempt"]
        assert (mark["secure"], mark["httponly"], mark["samesite"], mark["path"], mark["domain"]) == (
            True, True, "Lax", "/", "",
        )  # fmt: skip
        assert mark["max-age"] == 600
        session = one.come_back().cookies[configured.SESSION_COOKIE_NAME]
    assert (session["secure"], session["httponly"], session["samesite"], session["path"]) == (True, True, "Lax", "/")


def test_a_worker_who_is_a_parent_too_is_two_and_never_both(providers, browser, cast):
    """Kari works here as well: as a worker she sees no child of hers, and as a parent no directory."""
    unit = Position.objects.get(pk=cast.otto.position).unit
    Position.objects.create(person_id=cast.kari.person, unit=unit, title="Vikar")
    account(cast.kari.person, "kari@fjordvik.example")
    providers["staff"].claims.update(preferred_username="kari@fjordvik.example", sub="kari-at-work")
    one = browser("staff")
    one.sign_in()
    family = reverse("family_page", args=[cast.child])
    assert one.client.get(family).status_code == 404
    assert one.client.get("/directory/").status_code == 200
    parent = Browser(providers["citizens"], "citizens")
    parent.client = one.client
    parent.sign_in()
    assert one.client.get(family).status_code == 200
    assert one.client.get("/directory/").status_code == 404
    assert SignIn.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "idle", "age", "live"),
    [
        ("citizens", 14, 14, True), ("citizens", 16, 16, False), ("citizens", 1, 59, True), ("citizens", 1, 61, False),
        ("staff", 29, 29, True), ("staff", 31, 31, False), ("staff", 1, 479, True), ("staff", 1, 481, False),
    ],
)  # fmt: skip
def test_the_limits_of_a_session(browser, cast, name, idle, age, live):
    one = browser(name)
    one.sign_in()
    session = one.client.session
    now = timezone.now()
    at, seen = now - timedelta(minutes=age), now - timedelta(minutes=idle)
    session["sign_in"] = {**session["sign_in"], "at": at.isoformat(), "seen": seen.isoformat()}
    session.save()
    where = "/directory/" if name == "staff" else reverse("family_page", args=[cast.child])
    answer = one.client.get(where)
    assert answer.status_code == (200 if live else 302)
    assert live or answer["Location"].startswith("/sign-in/?next=")


def test_a_leaver_is_signed_out_when_the_last_position_ends(browser, cast, visit):
    """X: the account of one who has left is dead at once, and the session with it."""
    from uuid import uuid4

    from laget.directory.models import Account

    one = browser("staff")
    one.sign_in()
    assert one.client.get("/directory/").status_code == 200
    end = reverse("position_end", args=[cast.maja.position])
    assert visit(cast.ada).post(end, {"key": str(uuid4())}).status_code == 302
    assert one.kept is None
    assert one.client.get("/directory/").status_code == 302
    assert not Account.objects.standing().exists()
    assert one.sign_in().status_code == 403
    said = Entry.objects.get(event="access.signed_out")
    assert (said.person, said.cause, said.details) == (
        cast.maja.person, "administrator", {"by": str(cast.ada.person)},
    )  # fmt: skip


def test_one_who_keeps_a_position_stays_signed_in(browser, cast, visit):
    from uuid import uuid4

    unit = Position.objects.get(pk=cast.otto.position).unit
    Position.objects.create(person_id=cast.maja.person, unit=unit, title="Vikar")
    one = browser("staff")
    one.sign_in()
    visit(cast.ada).post(reverse("position_end", args=[cast.maja.position]), {"key": str(uuid4())})
    assert one.kept is not None


def test_a_session_whose_positions_ran_out_by_date_opens_nothing(browser, cast):
    one = browser("staff")
    one.sign_in()
    Position.objects.filter(person_id=cast.maja.person).update(until=timezone.now() - timedelta(seconds=1))
    body = one.client.get("/search/").content.decode()
    assert "Sara" not in body
