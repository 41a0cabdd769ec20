"""The whole way against a real provider (npm's oidc-provider), with a live server and a browser's cookies."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from laget.access.models import SignIn
from laget.access.oidc import wire
from laget.access.oidc.providers import read
from laget.audit.models import Entry
from laget.demo.cast import make_cast
from tests.signin.conftest import KARI, MAJA, STRANGER, account
from tests.signin.hostile import rsa

HERE = Path(__file__).parent
READY = shutil.which("node") and (HERE / "node_modules" / "oidc-provider").is_dir()
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not READY, reason="node or its package oidc-provider is missing; scripts/setup.sh test says why"
    ),
]
OURS = rsa("laget-2026")
CITIZEN = {"sub": "kari-sub", "acr": "idporten-loa-high", "amr": ["BankID"], "claims": {"pid": KARI}}
WORKER = {"sub": "maja-sub", "acr": "x", "amr": ["pwd", "mfa"], "claims": {"preferred_username": MAJA}}


class Running:
    """One provider process."""

    def __init__(self, name, base):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.name, self.issuer, self.client_id = name, f"http://127.0.0.1:{port}", f"laget-{name}"
        given = {
            "port": port,
            "client_id": self.client_id,
            "public_key": OURS.as_dict(private=False),
            "private_key": rsa("theirs").as_dict(private=True),
            "redirect_uri": f"{base}/sign-in/{name}/back/",
            "after_logout": f"{base}/signed-out/",
            "backchannel": f"{base}/sign-in/{name}/ended/",
        }
        self.process = subprocess.Popen(
            ["node", "provider.mjs", json.dumps(given)], cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True,
        )  # fmt: skip
        for line in self.process.stdout:
            if "ready" in line:
                return
        raise AssertionError("the provider did not start")

    def next_comes(self, person):
        assert httpx.post(f"{self.issuer}/test/person", json=person, trust_env=False).status_code == 200

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()


@pytest.fixture
def here(transactional_db, live_server, settings):
    """A cast, and both providers with a live server of ours behind them."""
    base = live_server.url
    settings.LAGET_BASE_URL, settings.LAGET_DEMO = base, False
    cast = make_cast()
    account(cast.maja.person)
    running = {name: Running(name, base) for name in ("citizens", "staff")}
    own = json.dumps(OURS.as_dict(private=True))
    said = {name: {"issuer": one.issuer, "client_id": one.client_id, "keys": own} for name, one in running.items()}
    said["staff"]["amr"] = "mfa"
    settings.LAGET_PROVIDERS = read({**said, "outsiders": {}}, base=base, plain_http=True)
    wire.forget()
    running["citizens"].next_comes(CITIZEN)
    running["staff"].next_comes(WORKER)
    yield cast, base, running
    for one in running.values():
        one.stop()


@pytest.fixture
def browser():
    with httpx.Client(follow_redirects=True, trust_env=False, timeout=30, headers={"Accept-Language": "nb"}) as one:
        yield one


def comes_in(browser, base, name, where="/"):
    return browser.get(f"{base}/sign-in/{name}/", params={"next": where})


def token_of(body):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)[1]


def test_a_parent_and_a_worker_come_in_and_out(here, browser):
    cast, base, running = here
    answer = comes_in(browser, base, "citizens", reverse("family_page", args=[cast.child]))
    assert answer.status_code == 200 and "Sara" in answer.text
    assert Entry.objects.get(event="access.signed_in").details == {"strength": "idporten-loa-high"}
    kept = SignIn.objects.get()
    assert (kept.subject, kept.issuer) == ("kari-sub", running["citizens"].issuer) and kept.sid
    out = browser.post(
        f"{base}/sign-out/", data={"csrfmiddlewaretoken": token_of(answer.text)}, headers={"Referer": base}
    )
    asked = browser.get(out.headers["Refresh"].partition("; url=")[2])
    form = re.search(r'name="xsrf" value="([^"]+)"', asked.text)[1]
    left = browser.post(f"{running['citizens'].issuer}/session/end/confirm", data={"xsrf": form, "logout": "yes"})
    assert str(left.url) == f"{base}/signed-out/" and "Du er logget ut" in left.text
    assert not Session.objects.exists()
    running["citizens"].next_comes({**CITIZEN, "stops": True})
    assert "Du er ikke logget inn" in comes_in(browser, base, "citizens").text

    answer = comes_in(browser, base, "staff", "/directory/")
    assert answer.status_code == 200 and "Otto Berg" in answer.text
    assert Entry.objects.filter(event="directory.account_bound", person=cast.maja.person).count() == 1


def test_signing_out_there_signs_out_here(here, browser):
    cast, base, running = here
    comes_in(browser, base, "citizens")
    assert Session.objects.count() == SignIn.objects.count() == 1
    asked = browser.get(f"{running['citizens'].issuer}/session/end")
    form = re.search(r'name="xsrf" value="([^"]+)"', asked.text)[1]
    browser.post(f"{running['citizens'].issuer}/session/end/confirm", data={"xsrf": form, "logout": "yes"})
    for _ in range(100):
        if not Session.objects.exists():
            break
        time.sleep(0.05)
    assert not Session.objects.exists() and not SignIn.objects.exists()
    assert Entry.objects.filter(event="access.signed_out", cause="provider").count() == 1
    page = browser.get(base + reverse("family_page", args=[cast.child]))
    assert "Sara" not in page.text and "/sign-in/" in str(page.url)


def test_too_weak_and_unknown_get_their_pages(here, browser):
    _, base, running = here
    running["citizens"].next_comes({**CITIZEN, "acr": "idporten-loa-substantial"})
    assert "Du må logge inn på en sikrere måte" in comes_in(browser, base, "citizens").text
    running["citizens"].next_comes({**CITIZEN, "sub": "x", "claims": {"pid": STRANGER}})
    browser.cookies.clear()
    again = comes_in(browser, base, "citizens")
    assert "Vi finner ikke noe til deg her" in again.text and STRANGER not in again.text
    running["staff"].next_comes({**WORKER, "amr": ["pwd"]})
    assert "to trinn" in comes_in(browser, base, "staff").text
    assert not SignIn.objects.exists()


def test_a_session_that_was_idle_asks_for_a_new_proof_and_goes_on(here, browser):
    cast, base, _ = here
    page = reverse("family_page", args=[cast.child])
    comes_in(browser, base, "citizens", page)
    session = Session.objects.get()
    data = session.get_decoded()
    data["sign_in"]["seen"] = (timezone.now() - timedelta(minutes=16)).isoformat()
    from django.contrib.sessions.backends.db import SessionStore

    Session.objects.filter(pk=session.pk).update(session_data=SessionStore().encode(data))
    locked = browser.get(base + page)
    assert "Sara" not in locked.text and "/sign-in/" in str(locked.url)
    before = SignIn.objects.get().at
    assert "Sara" in comes_in(browser, base, "citizens", page).text
    assert SignIn.objects.get().at > before


def test_the_real_provider_refuses_another_key_of_ours(here, browser, settings):
    """What proves who we are is really looked at."""
    _, base, running = here
    other = json.dumps(rsa("laget-2026").as_dict(private=True))
    one = running["citizens"]
    settings.LAGET_PROVIDERS = read(
        {"citizens": {"issuer": one.issuer, "client_id": one.client_id, "keys": other}, "staff": {}, "outsiders": {}},
        base=base, plain_http=True,
    )  # fmt: skip
    wire.forget()
    answer = comes_in(browser, base, "citizens")
    assert answer.status_code in (400, 503) and not SignIn.objects.exists()
