"""Sign-ins that have begun: kept with us for ten minutes, bound to one browser and one provider, each used once."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from laget.access.database import acting
from laget.access.sealing import Unsealable, seal, unseal

MINUTES = 10
COOKIE = "laget-attempt"
_MARK = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Attempt:
    """What only we know of a sign-in under way; `state` and `nonce` are known to the provider too."""

    nonce: str
    verifier: str
    where: str
    fresh: bool
    began: datetime


def browser_of(request: HttpRequest) -> str:
    """The mark of this browser, or a new one; it says nothing about anybody."""
    found = request.COOKIES.get(_cookie_name(), "")
    return found if _MARK.fullmatch(found) else secrets.token_urlsafe(32)


def remember(response: HttpResponse, browser: str) -> None:
    """The mark lives in the browser as long as an attempt may last."""
    response.set_cookie(
        _cookie_name(), browser, max_age=MINUTES * 60, secure=not settings.INSECURE_COOKIES, httponly=True,
        samesite="Lax",
    )  # fmt: skip


def _cookie_name() -> str:
    return COOKIE if settings.INSECURE_COOKIES else f"__Host-{COOKIE}"


def keep(state: str, browser: str, provider: str, attempt: dict[str, object]) -> None:
    """Keep nonce, verifier, where to go on to and whether a new proof is demanded."""
    sealed = seal(json.dumps(attempt).encode(), _about(provider))
    with acting(None), connection.cursor() as cursor:
        cursor.execute("SELECT access_begin(%s, %s, %s, %s)", [_digest(state), _digest(browser), provider, sealed])


def take(state: str, browser: str, provider: str) -> Attempt | None:
    """The attempt, which is then used up; None when it is not this browser's, not this provider's, or too old."""
    with acting(None), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM access_take(%s, %s, %s)", [_digest(state), _digest(browser), provider])
        row = cursor.fetchone()
    if row is None:
        return None
    try:
        return Attempt(**json.loads(unseal(row[0], _about(provider))), began=row[1])
    except Unsealable:
        return None


def spend(what: str, until: datetime) -> bool:
    """Whether this message is new; the same one never is again. Call inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_spend(%s, %s)", [_digest(what), until])
        (new,) = cursor.fetchone()
    return bool(new)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="replace")).digest()


def _about(provider: str) -> str:
    return f"attempt:{provider}"
