"""Each case by its number: the outcome is the one written down, and a refusal leaves nothing and tells nothing."""

from __future__ import annotations

import re

import httpx
import pytest
from django.contrib.sessions.models import Session

from laget.access.models import SignIn
from laget.access.oidc import patient, wire
from laget.audit.models import Entry
from tests.house import tree
from tests.signin.cases import CASES, IN
from tests.signin.conftest import KARI, MAJA

pytestmark = pytest.mark.django_db
HEADINGS = {
    "cancelled": "Du er ikke logget inn",
    "lost": "Innloggingen ble ikke ferdig",
    "provider_down": "Innloggings\u00adtjenesten svarer ikke",
    "faulty": "Du ble ikke logget inn",
    "too_weak": "Du må logge inn på en sikrere måte",
    "too_old": "Logg inn på nytt",
    "unknown": "Vi finner ikke noe til deg her",
    "account_taken": "Vi finner ikke noe til deg her",
}
NUMBERED = [(number, case, who) for number, case in enumerate(CASES, 1) for who in case.who]
PAGE = tree.ROOT / "docs" / "reference" / "sign-in-cases.md"


@pytest.fixture
def impatient(monkeypatch):
    """So that a provider that does not answer is found out at once."""
    client = patient.client(httpx.Timeout(0.3))
    monkeypatch.setattr(wire, "_client", lambda: client)


@pytest.mark.parametrize(("number", "case", "who"), NUMBERED, ids=[f"{number:03}-{who}" for number, _, who in NUMBERED])
def test_a_hostile_provider(impatient, browser, caplog, number, case, who):
    one = browser(who)
    answer = case.bend(one)
    before = SignIn.objects.count()
    if answer is None:
        answer = one.go()
        if answer.status_code == 302:
            answer = one.come_back()
    if case.outcome == IN:
        assert answer.status_code == 302 and one.kept, (number, case.what)
        return
    refused(one, answer, case.outcome, caplog.text)
    assert SignIn.objects.count() == before


def refused(one, answer, code, log):
    body = answer.content.decode()
    assert answer.status_code in (400, 403, 503), answer.status_code
    assert HEADINGS[code] in body
    assert one.kept is None
    assert not [key for key in Session.objects.all() if "person" in str(key.get_decoded().get("sign_in"))]
    secret = [KARI, MAJA, one.hostile.last, "subject-1", "maja-at-work", one.asked.get("nonce"), "<script>x"]
    for place in (body, log, str(list(Entry.objects.filter(event="access.sign_in_refused").values()))):
        assert not [word for word in secret if word and word in place]
    for entry in Entry.objects.filter(event="access.sign_in_refused"):
        assert (entry.person, entry.child, entry.capacity) == (None, None, "system")
        assert entry.details == {"provider": one.name}
        assert entry.cause in HEADINGS
    assert answer["Cache-Control"] == "no-store"


def test_a_refusal_is_counted_by_its_code(browser):
    one = browser()
    one.hostile.claims["acr"] = "idporten-loa-substantial"
    one.sign_in()
    assert list(Entry.objects.values_list("event", "cause")) == [("access.sign_in_refused", "too_weak")]


def test_a_lost_state_fills_no_record(browser):
    """Anybody may come to the address with anything: such calls go to the log and not into the record."""
    one = browser()
    one.come_back(state="x" * 43)
    assert not Entry.objects.exists()


def test_keys_are_not_fetched_again_and_again(browser):
    one = browser()
    one.sign_in()
    one.hostile.header["kid"] = "k9"
    one.hostile.calls.clear()
    for _ in range(5):
        one.sign_in()
    assert one.hostile.calls["/jwks"] == 0
    for known in wire._known.values():
        known.keys_at -= wire.NOT_BEFORE + 1
    for _ in range(5):
        one.sign_in()
    assert one.hostile.calls["/jwks"] == 1


def test_a_provider_that_is_down_is_not_asked_by_everybody_at_once(browser):
    one = browser()
    one.hostile.answers["/.well-known/openid-configuration"] = (500, b"", {})
    for _ in range(5):
        assert one.go().status_code == 503
    assert one.hostile.calls["/.well-known/openid-configuration"] == 1


def test_nothing_from_the_environment_decides_where_we_go(browser, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    wire._client.cache_clear()
    assert browser().sign_in().status_code == 302
    wire._client.cache_clear()


def table():
    rows = [f"| {number} | {one.what} | {_names(one.who)} | {_outcome(one)} |" for number, one in enumerate(CASES, 1)]
    return "\n".join(["| | what is tried | at whose sign-in | outcome |", "|---|---|---|---|", *rows])


def _names(who):
    return " and ".join({"citizens": "families", "staff": "workers"}[one] for one in who)


def _outcome(case):
    return case.outcome if case.outcome == IN else f"`{case.outcome}`"


def test_the_page_of_cases_is_true():
    """To write it anew: python -m tests.signin.write_cases."""
    assert table() in PAGE.read_text()
    assert len(CASES) >= 40


def test_every_case_is_told_in_other_words():
    assert len({one.what for one in CASES}) == len(CASES)
    assert not [one.what for one in CASES if re.search(r"[|<>]", one.what)]
