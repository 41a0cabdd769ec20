"""What a signed token must say before it is believed: pure checks, in the order in which they are cheap to refuse."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from laget.access.oidc.providers import Provider
from laget.access.oidc.refusals import Refusal, Unsigned

ALGORITHMS = ("RS256", "PS256", "ES256")
"""What a provider may sign with. Neither `none` nor anything with a shared secret is here."""
SKEW = 30
"""Seconds by which two clocks may differ."""
NEW_WITHIN = 10 * 60
"""Seconds: a token that was made before that answers no question of ours."""
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"

Keys = Callable[[str], KeySet]
Claims = dict[str, Any]


@dataclass(frozen=True)
class Expected:
    """What this sign-in must bring back. Times are seconds since 1970."""

    nonce: str
    now: int
    began: int
    fresh: bool
    max_age: int


def id_token(token: str, keys: Keys, provider: Provider, expected: Expected, access_token: str) -> Claims:
    """The claims of an ID token that holds (OpenID Connect Core 3.1.3.7). Raises Refusal."""
    header, claims = _signed(token, keys)
    if str(header.get("typ", "JWT")).upper() != "JWT":
        raise Unsigned("not an ID token")
    _for_us(claims, provider, expected.now)
    if not _same(claims.get("nonce"), expected.nonce):
        raise Unsigned("another nonce")
    if not is_text(claims.get("sub")):
        raise Unsigned("no subject")
    if "at_hash" in claims and not _same(claims["at_hash"], _half(access_token)):
        raise Unsigned("another access token")
    _strong(claims, provider)
    _recent(claims, expected)
    return claims


def logout_token(token: str, keys: Keys, provider: Provider, now: int) -> Claims:
    """The claims of a logout token that holds (Back-Channel Logout 1.0, 2.6), replay aside. Raises Unsigned."""
    header, claims = _signed(token, keys)
    if str(header.get("typ", "logout+jwt")).lower() not in ("logout+jwt", "jwt"):
        raise Unsigned("not a logout token")
    _for_us(claims, provider, now)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise Unsigned("no logout in it")
    if "nonce" in claims:
        raise Unsigned("an ID token in disguise")
    if not is_text(claims.get("jti")):
        raise Unsigned("no jti")
    named = [name for name in ("sid", "sub") if name in claims]
    if not named or not all(is_text(claims[name]) for name in named):
        raise Unsigned("names neither a session nor anybody")
    return claims


def _signed(token: str, keys: Keys) -> tuple[dict[str, Any], Claims]:
    """Header and claims when a key of the provider signed it, in a way we accept."""
    try:
        header = jws.extract_compact(token.encode()).headers()
        kid = header.get("kid")
        if header.get("alg") not in ALGORITHMS or not is_text(kid):
            raise Unsigned("signed in a way we do not accept")
        return header, dict(jwt.decode(token, _named(keys(str(kid)), str(kid)), list(ALGORITHMS)).claims)
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as fault:
        raise Unsigned(type(fault).__name__) from None


def _named(found: KeySet, kid: str) -> KeySet:
    """Only the key that the token names; a key for encryption signs nothing."""
    fits = [key for key in found.keys if key.kid == kid and key.as_dict().get("use", "sig") == "sig"]
    if not fits:
        raise Unsigned("signed with a key that is not the provider's")
    return KeySet(fits)


def _for_us(claims: Claims, provider: Provider, now: int) -> None:
    """From this provider, for us alone, made lately and still good."""
    if claims.get("iss") != provider.issuer:
        raise Unsigned("another issuer")
    if claims.get("aud") not in (provider.client_id, [provider.client_id]):
        raise Unsigned("not for us alone")
    if "azp" in claims and claims["azp"] != provider.client_id:
        raise Unsigned("asked for by somebody else")
    _in_time(claims, now)


def _in_time(claims: Claims, now: int) -> None:
    if _time(claims, "exp") <= now - SKEW:
        raise Unsigned("out of time")
    if not now - NEW_WITHIN <= _time(claims, "iat") <= now + SKEW:
        raise Unsigned("made in another time")
    if "nbf" in claims and _time(claims, "nbf") > now + SKEW:
        raise Unsigned("not good yet")


def _strong(claims: Claims, provider: Provider) -> None:
    """As strong as demanded: one of the accepted levels, and one of the accepted ways when any are listed."""
    acr, amr = claims.get("acr"), claims.get("amr")
    if provider.acr and not (isinstance(acr, str) and acr in provider.acr):
        raise Refusal("too_weak", "level")
    if provider.amr and not (
        isinstance(amr, list) and any(isinstance(one, str) and one in provider.amr for one in amr)
    ):
        raise Refusal("too_weak", "way")


def _recent(claims: Claims, expected: Expected) -> None:
    """When the person last proved who they are, not only when the token was made."""
    at = _time(claims, "auth_time")
    if at > expected.now + SKEW:
        raise Unsigned("signed in tomorrow")
    if at < expected.now - expected.max_age - SKEW or (expected.fresh and at < expected.began - SKEW):
        raise Refusal("too_old", "")


def strength(claims: Claims, provider: Provider) -> str:
    """What the sign-in was worth, as a code."""
    return str(claims["acr"]) if provider.acr else "+".join(one for one in claims["amr"] if one in provider.amr)


def _time(claims: Claims, name: str) -> int:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 2**40:
        raise Unsigned(f"no {name}")
    return int(value)


def is_text(value: object) -> bool:
    """Something to know somebody or something by: not empty, not endless, nothing invisible in it."""
    return isinstance(value, str) and 0 < len(value) <= 255 and value.isprintable()


def _same(value: object, expected: str) -> bool:
    return isinstance(value, str) and hmac.compare_digest(value.encode(errors="surrogatepass"), expected.encode())


def _half(access_token: str) -> str:
    """at_hash: all our algorithms go with SHA-256."""
    digest = hashlib.sha256(access_token.encode()).digest()
    return base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode()
