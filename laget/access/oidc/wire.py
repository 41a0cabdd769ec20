"""Every word exchanged with a provider's server: short waits, no detours, no proxy, and nothing taken on trust."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httpx
from authlib.oauth2.rfc7523.assertion import private_key_jwt_sign
from authlib.oauth2.rfc7523.client import ASSERTION_TYPE
from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from laget.access.oidc import patient
from laget.access.oidc.providers import Provider, safe_address
from laget.access.oidc.refusals import Refusal, Unsigned
from laget.kernel.patience import within

WAIT = httpx.Timeout(5.0)
TOGETHER = 10.0
"""Seconds: for one word of a provider's, and for all that one step of a sign-in asks of it, however it is sent."""
LIMIT = 512 * 1024
"""Bytes: no provider needs more to say what it has to say."""
KEPT_FOR = 60 * 60.0
NOT_BEFORE = 30.0
"""Seconds: an hour for what a provider says about itself; half a minute before it is asked for new keys again."""
DOWN_FOR = 10.0
"""Seconds in which a provider that did not answer is not asked again, so that it does not hold every thread of ours."""
ASSERTED_FOR = 60
_PLAIN = {"Accept": "application/json", "Accept-Encoding": "identity"}


@dataclass(frozen=True)
class Metadata:
    """What we use of a provider's own description; `pushing` and `ending` may be empty."""

    authorization: str
    token: str
    keys: str
    pushing: str
    ending: str
    names_itself: bool


@dataclass
class _Known:
    """What this process knows of one provider, by the monotonic clock."""

    metadata: Metadata | None = None
    metadata_at: float = 0.0
    keys: KeySet | None = None
    keys_at: float = 0.0
    down_until: float = 0.0


_known: dict[tuple[str, str], _Known] = {}
_lock = threading.Lock()


def step() -> AbstractContextManager[None]:
    """All that is asked of a provider inside has one deadline."""
    return within(TOGETHER)


def forget() -> None:
    """As at start: nothing is known of any provider."""
    with _lock:
        _known.clear()


def metadata(provider: Provider) -> Metadata:
    """The provider's description, at most an hour old. Raises Refusal("provider_down")."""
    known = _of(provider)
    if known.metadata is None or time.monotonic() - known.metadata_at > KEPT_FOR:
        said = _guarded(known, "GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        known.metadata = _read_metadata(provider, said)
        known.metadata_at = time.monotonic()
    return known.metadata


def _read_metadata(provider: Provider, said: Mapping[str, Any]) -> Metadata:
    if said.get("issuer") != provider.issuer:
        raise Refusal("provider_down", "the description is another issuer's")
    found = {}
    for ours, theirs, needed in (
        ("authorization", "authorization_endpoint", True),
        ("token", "token_endpoint", True),
        ("keys", "jwks_uri", True),
        ("pushing", "pushed_authorization_request_endpoint", provider.pushes),
        ("ending", "end_session_endpoint", False),
    ):
        address = said.get(theirs) or ""
        if not isinstance(address, str) or ((address or needed) and not _safe(address)):
            raise Refusal("provider_down", f"no safe {theirs}")
        found[ours] = address
    return Metadata(**found, names_itself=said.get("authorization_response_iss_parameter_supported") is True)


def _safe(address: str) -> bool:
    return safe_address(address, plain_http=settings.INSECURE_COOKIES)


def keys(provider: Provider, kid: str) -> KeySet:
    """The provider's keys; asked for anew when `kid` is not among them, but not again and again."""
    known = _of(provider)
    age = time.monotonic() - known.keys_at
    missing = known.keys is None or (kid not in {key.kid for key in known.keys.keys} and age > NOT_BEFORE)
    if missing or age > KEPT_FOR:
        said = _guarded(known, "GET", metadata(provider).keys)
        try:
            known.keys = KeySet.import_key_set({"keys": said["keys"]})
        except (JoseError, ValueError, KeyError, TypeError):
            raise Refusal("provider_down", "the keys cannot be read") from None
        known.keys_at = time.monotonic()
    assert known.keys is not None
    return known.keys


def push(provider: Provider, asked: Mapping[str, str]) -> str:
    """Hand over what is asked for, server to server (RFC 9126). Answers the request_uri."""
    said = _post(provider, metadata(provider).pushing, asked)
    request_uri = said.get("request_uri")
    if not isinstance(request_uri, str) or not request_uri:
        raise Refusal("provider_down", "nothing came of the pushed request")
    return request_uri


def exchange(provider: Provider, code: str, verifier: str, redirect_uri: str) -> tuple[str, str]:
    """The code for its tokens: the ID token and the access token (used for its hash only, then thrown away)."""
    said = _post(
        provider,
        metadata(provider).token,
        {"grant_type": "authorization_code", "code": code, "code_verifier": verifier, "redirect_uri": redirect_uri},
    )
    id_token, access_token = said.get("id_token"), said.get("access_token", "")
    if not isinstance(id_token, str) or not isinstance(access_token, str):
        raise Unsigned("no ID token in the answer")
    return id_token, access_token


def _post(provider: Provider, address: str, said: Mapping[str, str]) -> dict[str, Any]:
    own = {"client_id": provider.client_id, "client_assertion_type": ASSERTION_TYPE}
    return _ask("POST", address, {**own, **said, "client_assertion": assertion(provider)})


def assertion(provider: Provider) -> str:
    """Who we are, signed, for this provider only: `aud` is its issuer (RFC 7523 as corrected in 2025; ID-porten)."""
    key = provider.key
    public = key.as_dict(private=False)
    header = {name: public[name] for name in ("kid", "x5t", "x5t#S256") if name in public}
    signed: str = private_key_jwt_sign(
        key, provider.client_id, provider.issuer, alg=provider.algorithm, header=header, expires_in=ASSERTED_FOR
    )
    return signed


def _of(provider: Provider) -> _Known:
    with _lock:
        return _known.setdefault((provider.issuer, provider.client_id), _Known())


def _guarded(known: _Known, method: str, address: str) -> dict[str, Any]:
    """Ask, unless it has just failed."""
    if time.monotonic() < known.down_until:
        raise Refusal("provider_down", "it did not answer a moment ago")
    try:
        return _ask(method, address)
    except Refusal:
        known.down_until = time.monotonic() + DOWN_FOR
        raise


def _ask(method: str, address: str, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    try:
        with step(), _client().stream(method, address, data=form, headers=_PLAIN) as answer:
            body = _whole(answer)
        said = json.loads(body) if answer.status_code in (200, 201) else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as fault:
        raise Refusal("provider_down", type(fault).__name__) from None
    if answer.status_code == 400 and form is not None:
        raise Unsigned("the provider refused what we sent")
    if not isinstance(said, dict):
        raise Refusal("provider_down", f"status {answer.status_code}")
    return said


def _whole(answer: httpx.Response) -> bytes:
    body = b""
    for part in answer.iter_raw():
        body += part
        if len(body) > LIMIT:
            raise ValueError("too long")
    return body


@lru_cache(maxsize=1)
def _client() -> httpx.Client:
    return patient.client(WAIT)
