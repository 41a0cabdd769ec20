"""Honest sign-ins: what a provider is asked for, who comes in, what is kept, and what is recorded."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import RSAKey

from laget.access.models import Attempt, Draft, SignIn
from laget.audit.models import Entry
from laget.directory.models import Account, Position
from tests.signin.conftest import KARI, MAJA, OWN_KEY, STRANGER, Browser

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "capacity"), [("citizens", "citizen"), ("staff", "worker")])
def test_somebody_signs_in_and_is_led_on(cast, browser, name, capacity):
    one = browser(name)
    answer = one.sign_in("/search/" if name == "staff" else "/")
    assert (answer.status_code, answer["Location"]) == (302, "/search/" if name == "staff" else "/")
    who = cast.kari if name == "citizens" else cast.maja
    assert (one.kept["person"], one.kept["capacity"]) == (str(who.person), capacity)
    assert one.client.get("/").status_code in (200, 302)
    entry = Entry.objects.get(event="access.signed_in")
    assert (entry.person, entry.capacity, entry.cause) == (who.person, capacity, name)
    assert entry.details == {"strength": "idporten-loa-high" if name == "citizens" else "mfa"}


@pytest.mark.parametrize("name", ["citizens", "staff"])
def test_what_a_provider_is_asked_for(providers, browser, name):
    one = browser(name)
    address = one.go()["Location"]
    asked = providers[name].asked
    assert set(address.partition("?")[2].replace("=", "&").split("&")[::2]) == {"client_id", "request_uri"}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{configured.LAGET_BASE_URL}/sign-in/{name}/back/"
    assert len(asked["state"]) >= 43 and len(asked["nonce"]) >= 43 and len(asked["code_challenge"]) == 43
    assert asked.get("acr_values") == ("idporten-loa-high" if name == "citizens" else None)
    assert asked["max_age"] == ("3600" if name == "citizens" else "28800")
    assert "prompt" not in asked
    key = RSAKey.import_key(__import__("json").loads(OWN_KEY))
    said = jwt.decode(asked["client_assertion"], key, ["RS256"])
    assert said.header["kid"] == "our-key"
    assert said.claims["aud"] == providers[name].issuer
    assert said.claims["iss"] == said.claims["sub"] == f"laget-{name}"
    assert said.claims["exp"] - said.claims["iat"] <= 120


def test_the_verifier_goes_to_the_token_endpoint_only(providers, browser):
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    one = browser()
    one.sign_in()
    exchanged = providers["citizens"].exchanged
    assert create_s256_code_challenge(exchanged["code_verifier"]) == one.asked["code_challenge"]
    assert exchanged["code_verifier"] not in str(one.asked)


def test_the_number_and_the_token_are_kept_nowhere_in_the_clear(providers, browser, caplog):
    one = browser()
    one.sign_in()
    session = Session.objects.get().get_decoded()
    everything = f"{session} {list(SignIn.objects.values())} {list(Entry.objects.values())} {caplog.text}"
    assert KARI not in everything
    assert providers["citizens"].last not in everything
    kept = SignIn.objects.get()
    assert (kept.subject, kept.sid) == ("subject-1", "sid-1")
    assert providers["citizens"].last.encode() not in bytes(kept.sealed)
    assert not Attempt.objects.exists()


def test_a_workers_account_is_bound_once_and_then_known_by_issuer_and_subject(providers, browser, cast):
    assert browser("staff").sign_in().status_code == 302
    bound = Account.objects.get()
    assert (bound.subject, bound.issuer) == ("maja-at-work", providers["staff"].issuer)
    assert Entry.objects.filter(event="directory.account_bound", person=cast.maja.person).count() == 1
    providers["staff"].claims["preferred_username"] = "new.name@fjordvik.example"
    one = browser("staff")
    assert one.sign_in().status_code == 302
    assert one.kept["person"] == str(cast.maja.person)
    assert Entry.objects.filter(event="directory.account_bound").count() == 1


@pytest.mark.parametrize("typed", [MAJA.upper(), f" {MAJA.title()} "])
def test_capital_letters_part_no_account(providers, browser, typed):
    providers["staff"].claims["preferred_username"] = typed
    assert browser("staff").sign_in().status_code == 302


def test_a_token_without_the_claim_is_enough_once_the_account_is_bound(providers, browser):
    browser("staff").sign_in()
    del providers["staff"].claims["preferred_username"]
    assert browser("staff").sign_in().status_code == 302


def test_one_kept_away_gets_the_same_page_as_a_stranger(providers, browser):
    """Per is registered and kept away: that there is a child, and a case, is not for him to learn."""
    from datetime import date

    from laget.people.rules import synthetic_number

    pages = []
    for number in (synthetic_number(date(1986, 9, 3)), STRANGER):
        providers["citizens"].claims["pid"] = number
        one = browser()
        answer = one.sign_in("/")
        assert one.kept is None
        pages.append((answer.status_code, dict(answer.headers), _without_marks(answer.content.decode())))
    assert pages[0][2] == pages[1][2]
    assert pages[0][0] == pages[1][0] == 403
    assert "barn" not in pages[0][2].partition("<main")[2].partition("</main>")[0].replace("barnehage", "")


def _without_marks(body):
    import re

    return re.sub(r'(nonce|value)="[^"]{20,}"', "", body)


def test_a_worker_without_a_position_gets_a_kind_page(providers, browser, cast):
    Position.objects.filter(person_id=cast.maja.person).update(until=timezone.now() - timedelta(seconds=1))
    one = browser("staff")
    answer = one.sign_in()
    assert answer.status_code == 403
    assert one.kept is None
    body = answer.content.decode()
    assert "Vi finner ikke noe til deg her" in body and "lederen din" in body
    assert Account.objects.get().subject == ""


def test_a_locked_session_demands_a_new_proof_and_gives_back_what_was_typed(providers, browser, cast):
    from laget.directory.models import Unit

    one = browser("staff")
    Position.objects.filter(pk=cast.maja.position).update(administers=True)
    one.sign_in()
    form = reverse("position_new", args=[Unit.objects.get(name="Avdeling Blåklokka").pk])
    session = one.client.session
    session["sign_in"] = {**session["sign_in"], "seen": (timezone.now() - timedelta(hours=2)).isoformat()}
    session.save()
    before = session.session_key
    assert one.client.post(form, {"title": "Nesten mistet", "key": str(uuid4())}).status_code == 419
    assert Draft.objects.count() == 1
    one.go(form)
    assert one.asked["prompt"] == "login"
    providers["staff"].claims["auth_time"] = int(timezone.now().timestamp()) - 120
    assert "Logg inn på nytt" in one.come_back().content.decode()
    one.go(form, again="1")
    providers["staff"].claims["auth_time"] = int(timezone.now().timestamp())
    assert one.come_back()["Location"] == form
    assert one.client.session.session_key != before
    assert "Nesten mistet" in one.client.get(form).content.decode()


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/directory/", "/directory/"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/sign-out/", "/"),
        ("/sign-in/staff/", "/"),
        ("/nowhere/", "/"),
        ("/directory/" + "x" * 400, "/"),
        ("/directory/?a=1", "/directory/?a=1"),
    ],
)
def test_next_leads_to_our_own_pages_only(browser, wanted, given):
    assert browser("staff").sign_in(wanted)["Location"] == given


def test_sign_in_shows_the_choices_there_are(providers, client, settings):
    body = client.get(reverse("sign_in") + "?next=/directory/", headers={"accept-language": "nb"}).content.decode()
    assert "/sign-in/citizens/?next=%2Fdirectory%2F" in body
    assert "/sign-in/staff/?next=%2Fdirectory%2F" in body
    assert "/sign-in/outsiders/" not in body
    assert client.get("/sign-in/outsiders/").status_code == 404
    assert client.get("/sign-in/outsiders/back/").status_code == 404


def test_two_tabs_at_once_both_come_in(providers, browser):
    one = browser("staff")
    one.go("/directory/")
    first, nonce = dict(one.asked), providers["staff"].asked["nonce"]
    one.go("/search/")
    assert one.come_back()["Location"] == "/search/"
    providers["staff"].asked = {"nonce": nonce}
    assert one.come_back(state=first["state"])["Location"] == "/directory/"


def test_a_browser_keeps_ten_attempts_at_most(browser):
    one = browser()
    for _ in range(14):
        one.go()
    assert Attempt.objects.count() == 10


def test_two_browsers_of_one_person_are_two_sessions(providers, browser):
    first, second = browser(), browser()
    first.sign_in()
    second.sign_in()
    assert first.kept and second.kept
    assert SignIn.objects.count() == 2
    first.client.post(reverse("sign_out"))
    assert second.client.get("/").status_code == 200 or second.client.get("/")["Location"] != "/sign-in/"
    assert second.kept


def test_outsiders_come_in_by_national_number_as_workers(both, cast, browser, settings, providers):
    from laget.access.oidc.providers import read
    from tests.signin.conftest import account, said

    outside = both["citizens"]
    settings.LAGET_PROVIDERS = read(
        {"citizens": {}, "staff": {}, "outsiders": said(outside)}, base=settings.LAGET_BASE_URL, plain_http=True
    )
    outside.claims["pid"] = STRANGER
    one = Browser(outside, "outsiders")
    assert one.sign_in().status_code == 403
    account(cast.omar.person, STRANGER, "outsiders")
    assert one.sign_in().status_code == 302
    assert (one.kept["capacity"], one.kept["person"]) == ("worker", str(cast.omar.person))
