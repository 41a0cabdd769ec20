"""The authorization code flow: what we ask a provider for, and what must hold before an answer is believed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from laget.access import sessions
from laget.access.oidc import attempts, tokens, wire
from laget.access.oidc.attempts import Attempt
from laget.access.oidc.providers import Provider
from laget.access.oidc.refusals import Refusal, Unsigned

_SAID = {
    "access_denied": "cancelled",
    "unmet_authentication_requirements": "too_weak",
    "login_required": "too_old",
    "server_error": "provider_down",
    "temporarily_unavailable": "provider_down",
}
LONGEST = 4000


@dataclass(frozen=True)
class Arrived:
    """Somebody has proved who they are, to this provider; whether they are known here is another question."""

    claims: tokens.Claims
    id_token: str
    strength: str


def own_address(name: str, provider: str = "") -> str:
    """One of our addresses as the provider must write it."""
    return settings.LAGET_BASE_URL + reverse(name, args=[provider] if provider else [])


def begin(provider: Provider, where: str, browser: str, fresh: bool) -> str:
    """Begin a sign-in in this browser. Answers the address at the provider to go to."""
    found = wire.metadata(provider)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    asked = _asked(provider, state, nonce, create_s256_code_challenge(verifier), fresh)
    if found.pushing:
        asked = {"client_id": provider.client_id, "request_uri": wire.push(provider, asked)}
    kept: dict[str, object] = {"nonce": nonce, "verifier": verifier, "where": where, "fresh": fresh}
    attempts.keep(state, browser, provider.name, kept)
    return with_query(found.authorization, asked)


def _asked(provider: Provider, state: str, nonce: str, challenge: str, fresh: bool) -> dict[str, str]:
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": own_address("sign_in_back", provider.name),
        "scope": provider.scope,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "max_age": str(_max_age(provider)),
        "ui_locales": translation.get_language() or "nb",
    }
    if provider.acr:
        asked["acr_values"] = " ".join(provider.acr)
    if fresh:
        asked["prompt"] = "login"
    return asked


def finish(provider: Provider, said: Mapping[str, list[str]], attempt: Attempt) -> Arrived:
    """What the browser brought back, exchanged and checked. Raises Refusal."""
    found = wire.metadata(provider)
    issuer = _single(said, "iss")
    if issuer != provider.issuer and (issuer or found.names_itself):
        raise Unsigned("the answer is another issuer's")
    error = _single(said, "error")
    if error:
        raise Refusal(_SAID.get(error, "faulty"), "the provider said no")
    code = _single(said, "code")
    if not 0 < len(code) <= LONGEST:
        raise Unsigned("no code")
    back = own_address("sign_in_back", provider.name)
    id_token, access_token = wire.exchange(provider, code, attempt.verifier, back)
    now, began = int(timezone.now().timestamp()), int(attempt.began.timestamp())
    expected = tokens.Expected(attempt.nonce, now, began, attempt.fresh, _max_age(provider))
    claims = tokens.id_token(id_token, lambda kid: wire.keys(provider, kid), provider, expected, access_token)
    return Arrived(claims, id_token, tokens.strength(claims, provider))


def _single(said: Mapping[str, list[str]], name: str) -> str:
    values = said.get(name, [])
    if len(values) > 1:
        raise Unsigned("an answer that says two things")
    return values[0] if values else ""


def _max_age(provider: Provider) -> int:
    """Nobody leans on a proof that is older than a session may become."""
    return int(sessions.ABSOLUTE[provider.capacity].total_seconds())


def leaving(provider: Provider, id_token: str) -> str:
    """The address that ends the session at the provider too, or nothing when it has none or does not answer."""
    try:
        ending = wire.metadata(provider).ending
    except Refusal:
        return ""
    asked = {"id_token_hint": id_token, "post_logout_redirect_uri": own_address("signed_out")}
    return with_query(ending, asked) if ending else ""


def with_query(address: str, query: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"
