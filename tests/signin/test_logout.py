"""Signing out here signs out there, and signing out there ends every session here that stands on it."""

from __future__ import annotations

import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import OctKey

from laget.access.models import SignIn
from laget.audit.models import Entry
from tests.signin.hostile import GONE, page, rsa, unsigned

pytestmark = pytest.mark.django_db
EVENT = "http://schemas.openid.net/event/backchannel-logout"


def tell(name, token):
    """As the provider's server: no cookie, no token of a form."""
    return Client(enforce_csrf_checks=True).post(f"/sign-in/{name}/ended/", {"logout_token": token})


def test_signing_out_here_leads_to_the_provider_with_its_own_token(providers, browser):
    one = browser()
    one.sign_in()
    given = providers["citizens"].last
    answer = one.client.post(reverse("sign_out") + "?next=https://evil.example/", {"next": "https://evil.example/"})
    assert answer.status_code == 200
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    wait, _, address = answer["Refresh"].partition("; url=")
    query = parse_qs(urlsplit(address).query)
    assert wait == "0"
    assert address.startswith(f"{providers['citizens'].issuer}/end?")
    assert query["id_token_hint"] == [given]
    assert query["post_logout_redirect_uri"] == [f"{configured.LAGET_BASE_URL}/signed-out/"]
    assert one.kept is None
    assert not SignIn.objects.exists() and not Session.objects.exists()
    assert Entry.objects.filter(event="access.signed_out", cause="self").count() == 1


def test_signing_out_works_though_the_provider_is_down(providers, browser):
    from laget.access.oidc import wire

    one = browser()
    one.sign_in()
    wire.forget()
    providers["citizens"].answers["/.well-known/openid-configuration"] = page({}, 500)
    answer = one.client.post(reverse("sign_out"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("sign_in"))
    assert one.kept is None


def test_a_locked_session_is_signed_out_at_the_provider_too(browser):
    one = browser()
    one.sign_in()
    session = one.client.session
    session["sign_in"] = {**session["sign_in"], "seen": (timezone.now() - timedelta(hours=2)).isoformat()}
    session.save()
    assert "id_token_hint" in one.client.post(reverse("sign_out"))["Refresh"]


def test_the_page_after_signing_out_says_so(client, providers):
    body = client.get(reverse("signed_out"), headers={"accept-language": "nb"}).content.decode()
    assert "Du er logget ut" in body and reverse("sign_in") in body


@pytest.mark.parametrize("name", ["citizens", "staff"])
@pytest.mark.parametrize("named", ["sid", "sub", "both"])
def test_the_provider_ends_every_session_it_stands_behind(providers, browser, name, named):
    first, second, other = browser(name), browser(name), browser("staff" if name == "citizens" else "citizens")
    for one in (first, second, other):
        assert one.sign_in().status_code == 302
    hostile = providers[name]
    sub = {"sub": hostile.claims.get("sub", "subject-1")}
    left_out = {"sid": {"sub": GONE}, "sub": {"sid": GONE, **sub}, "both": sub}[named]
    answer = tell(name, hostile.logout_token(**left_out))
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"", "no-store")
    assert first.kept is None and second.kept is None
    assert other.kept is not None
    assert first.client.get("/search/").status_code == 302
    assert Entry.objects.filter(event="access.signed_out", cause="provider").count() == 2


def test_a_session_that_is_locked_ends_too(providers, browser):
    one = browser()
    one.sign_in()
    session = one.client.session
    session["sign_in"] = {**session["sign_in"], "seen": (timezone.now() - timedelta(hours=2)).isoformat()}
    session.save()
    assert tell("citizens", providers["citizens"].logout_token()).status_code == 200
    assert one.kept is None


def test_a_request_under_way_does_not_bring_the_session_back(providers, browser):
    """It was read before the session ended, and is saved after."""
    from django.contrib.sessions.backends.base import UpdateError

    one = browser()
    one.sign_in()
    under_way = one.client.session
    assert under_way["sign_in"]
    tell("citizens", providers["citizens"].logout_token())
    under_way["seen"] = "later"
    with pytest.raises(UpdateError):
        under_way.save()
    assert not Session.objects.exists()


def test_a_logout_token_is_acted_on_once(providers, browser):
    token = providers["citizens"].logout_token(jti="once")
    assert tell("citizens", token).status_code == 200
    one = browser()
    one.sign_in()
    assert tell("citizens", token).status_code == 400
    assert tell("citizens", providers["citizens"].logout_token(jti="once")).status_code == 400
    assert one.kept


def test_another_session_than_the_one_named_stands(providers, browser):
    one = browser()
    one.sign_in()
    assert tell("citizens", providers["citizens"].logout_token(sid="sid-9")).status_code == 200
    assert tell("citizens", providers["citizens"].logout_token(sub="somebody-else")).status_code == 200
    assert one.kept


def now(seconds=0):
    return int(time.time()) + seconds


FORGED = {
    "another issuer": {"iss": "https://evil.example"},
    "another audience": {"aud": "somebody-else"},
    "ours and another audience": {"aud": ["laget-citizens", "somebody-else"]},
    "no audience": {"aud": GONE},
    "run out": {"exp": now(-120)},
    "no end": {"exp": GONE},
    "made in the future": {"iat": now(3600)},
    "made yesterday": {"iat": now(-86400)},
    "no events": {"events": GONE},
    "events as a text": {"events": EVENT},
    "another event": {"events": {"http://schemas.openid.net/event/other": {}}},
    "the event is not an object": {"events": {EVENT: True}},
    "a nonce": {"nonce": "x"},
    "no jti": {"jti": GONE},
    "neither a session nor anybody": {"sid": GONE, "sub": GONE},
    "an empty session": {"sid": ""},
    "a list of sessions": {"sid": ["sid-1"]},
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_logout_token_ends_nothing(providers, browser, what):
    one = browser()
    one.sign_in()
    refused(one, providers["citizens"].logout_token(**FORGED[what]))


def refused(one, token, name="citizens"):
    answer = tell(name, token)
    assert (answer.status_code, answer.json(), answer["Cache-Control"]) == (
        400, {"error": "invalid_request"}, "no-store",
    )  # fmt: skip
    assert one.kept


@pytest.mark.parametrize("what", ["none", "shared", "stranger", "id_token", "typ", "empty", "words", "elsewhere"])
def test_a_logout_token_that_is_not_the_providers_ends_nothing(providers, browser, what):
    one, hostile = browser(), providers["citizens"]
    one.sign_in()
    name = "citizens"
    if what == "none":
        hostile.signed = unsigned
        token = hostile.logout_token()
    elif what == "shared":
        secret = OctKey.import_key("a-shared-secret-of-thirty-two-bytes!")
        hostile.signed = lambda head, claims: jwt.encode({**head, "alg": "HS256"}, claims, secret, ["HS256"])
        token = hostile.logout_token()
    elif what == "stranger":
        token = hostile.logout_token(rsa("k1"))
    elif what == "id_token":
        token = hostile.last
    elif what == "typ":
        token = hostile.logout_token(header={"typ": "at+jwt"})
    elif what == "elsewhere":
        token, name = hostile.logout_token(), "staff"
    else:
        token = {"empty": "", "words": "not.a.token"}[what]
    refused(one, token, name)


def test_only_a_provider_that_is_set_up_is_listened_to(providers):
    assert tell("outsiders", "x").status_code == 404
    assert Client().get("/sign-in/citizens/ended/").status_code == 405


def test_a_session_that_runs_out_leaves_nothing_behind(browser):
    from django.core.management import call_command

    one = browser()
    one.sign_in()
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    call_command("clearsessions")
    assert not SignIn.objects.exists()
