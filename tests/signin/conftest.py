"""Two bent providers, the people who come from them, and a browser that goes there and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from laget.access.oidc import wire
from laget.access.oidc.providers import read
from laget.access.oidc.recognising import account_mark
from laget.demo.cast import Cast
from laget.directory.models import Account
from laget.people.rules import synthetic_number
from tests.signin.hostile import Hostile, rsa

KARI, PER = synthetic_number(date(1988, 4, 12)), synthetic_number(date(1986, 9, 3))
STRANGER = synthetic_number(date(1979, 1, 31), 9)
MAJA = "maja.lind@fjordvik.example"
OWN_KEY = json.dumps(rsa("our-key").as_dict(private=True))
NAMES = ("citizens", "staff")


@pytest.fixture(scope="session")
def both() -> Iterator[dict[str, Hostile]]:
    made = {name: Hostile(f"laget-{name}") for name in NAMES}
    yield made
    for one in made.values():
        one.stop()


def said(hostile: Hostile, **more: str) -> dict[str, str]:
    return {"issuer": hostile.issuer, "client_id": hostile.client_id, "keys": OWN_KEY, **more}


def account(person: Any, text: str = MAJA, provider: str = "staff", **more: Any) -> Account:
    """What an administrator has written, without the pages."""
    mark = account_mark(provider, text)
    return Account.objects.create(
        person_id=person, provider=provider, shown=text, mark=mark, since=timezone.now(), **more
    )


@pytest.fixture
def providers(both: dict[str, Hostile], cast: Cast, settings: Any) -> dict[str, Hostile]:
    """Both are honest; Kari comes from the one, and Maja, whose account nobody has used yet, from the other."""
    for one in both.values():
        one.honest()
    both["citizens"].claims = {"pid": KARI, "acr": "idporten-loa-high", "amr": ["BankID"]}
    both["staff"].claims = {"preferred_username": MAJA, "amr": ["pwd", "mfa"], "sub": "maja-at-work"}
    account(cast.maja.person)
    given = {
        "citizens": said(both["citizens"]),
        "staff": said(both["staff"], amr="mfa"),
        "outsiders": {},
    }
    settings.LAGET_DEMO = False
    settings.LAGET_PROVIDERS = read(given, base=settings.LAGET_BASE_URL, plain_http=True)
    wire.forget()
    return both


class Browser:
    """One browser on its way to a provider and back; `asked` is what the provider was asked for last."""

    def __init__(self, hostile: Hostile, name: str) -> None:
        self.hostile, self.name = hostile, name
        self.client = Client(HTTP_ACCEPT_LANGUAGE="nb")
        self.asked: dict[str, str] = {}

    def go(self, where: str = "/", **more: str) -> Any:
        self.hostile.asked = {}
        answer = self.client.get(f"/sign-in/{self.name}/", {"next": where, **more})
        if answer.status_code == 302:
            query = {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}
            self.hostile.asked = self.hostile.asked or query
            self.asked = dict(self.hostile.asked)
        return answer

    def come_back(self, *, at: str = "", **changed: Any) -> Any:
        query = {"code": "c", "state": self.asked.get("state", ""), "iss": self.hostile.issuer, **changed}
        query = {name: value for name, value in query.items() if value is not None}
        return self.client.get(f"/sign-in/{at or self.name}/back/", query)

    def sign_in(self, where: str = "/") -> Any:
        assert self.go(where).status_code == 302
        return self.come_back()

    @property
    def kept(self) -> dict[str, str] | None:
        """The sign-in in this browser's session, if any."""
        return self.client.session.get("sign_in")


@pytest.fixture
def browser(providers: dict[str, Hostile]) -> Any:
    return lambda name="citizens": Browser(providers[name], name)
