"""Which providers people sign in with, read once at start; a fault in what the operator wrote is one sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from laget.kernel.actor import Capacity

CITIZENS, STAFF, OUTSIDERS = "citizens", "staff", "outsiders"
NUMBER_CLAIMS = frozenset({"pid", "helseid://claims/identity/pid"})
"""Claims that hold a national number; whoever is matched by one is never matched by anything else."""
HERE = frozenset({"127.0.0.1", "localhost", "::1"})
_ALGORITHMS = {"RSA": ("RS256", "PS256"), "P-256": ("ES256",)}

Key = RSAKey | ECKey


class Misconfigured(ValueError):
    """What an operator wrote does not hold; the message says what to change, and never holds a key."""


@dataclass(frozen=True)
class Provider:
    """One provider and what is demanded of it. `acr` is asked for, and one of them must come back."""

    name: str
    capacity: Capacity
    issuer: str
    client_id: str
    key: Key = field(repr=False)
    acr: tuple[str, ...]
    amr: tuple[str, ...]
    claim: str
    scope: str
    pushes: bool

    @property
    def by_number(self) -> bool:
        return self.capacity is Capacity.CITIZEN or self.claim in NUMBER_CLAIMS

    @property
    def algorithm(self) -> str:
        """How we sign: as the key says, or the usual way for its kind."""
        own = self.key.as_dict().get("alg")
        return str(own) if own else _algorithms(self.key)[0]


def configured() -> dict[str, Provider]:
    """The providers of this installation by name, in the order in which they are offered."""
    found: dict[str, Provider] = settings.LAGET_PROVIDERS
    return found


@dataclass(frozen=True)
class Sort:
    """What is fixed for one of the three, whatever the operator writes."""

    name: str
    capacity: Capacity
    acr: str
    claim: str
    scope: str
    pushes: bool = False


SORTS = (
    Sort(CITIZENS, Capacity.CITIZEN, "idporten-loa-high", "pid", "openid", pushes=True),
    Sort(STAFF, Capacity.WORKER, "", "preferred_username", "openid profile email"),
    Sort(OUTSIDERS, Capacity.WORKER, "idporten-loa-high", "pid", "openid"),
)


def read(given: Mapping[str, Mapping[str, str]], *, base: str, plain_http: bool) -> dict[str, Provider]:
    """Providers from what the environment says: {name: {"issuer": …, "client_id": …, "keys": …, "acr": …, …}}.

    `base` is our own address; `plain_http` lets addresses on this machine be http. Raises Misconfigured.
    """
    found = {}
    for sort in SORTS:
        said = {name: value.strip() for name, value in given[sort.name].items()}
        if any(said.values()):
            found[sort.name] = _one(sort, said, plain_http)
    issuers = [(one.issuer, one.client_id) for one in found.values()]
    if len(set(issuers)) != len(issuers):
        raise Misconfigured("two providers have the same issuer and client id; each must have its own")
    if found and not safe_address(base, plain_http):
        raise Misconfigured("LAGET_BASE_URL must begin with https:// when people can sign in")
    return found


def _one(sort: Sort, said: Mapping[str, str], plain_http: bool) -> Provider:
    prefix = f"LAGET_{sort.name.upper()}"
    for part in ("issuer", "client_id", "keys"):
        if not said.get(part):
            raise Misconfigured(f"{prefix}_{part.upper()} must be set too, or nothing of {prefix}_…")
    issuer = said["issuer"]
    if not safe_address(issuer, plain_http) or urlsplit(issuer).query or urlsplit(issuer).fragment:
        raise Misconfigured(f"{prefix}_ISSUER must be an https:// address without ? or #, as the provider writes it")
    acr, amr = _words(said.get("acr") or sort.acr), _words(said.get("amr", ""))
    if not acr and not amr:
        raise Misconfigured(
            f"{prefix}_ACR or {prefix}_AMR must name what the provider sends after a sign-in with two factors"
        )
    key = _key(f"{prefix}_KEYS", said["keys"])
    claim = said.get("claim") or sort.claim
    return Provider(sort.name, sort.capacity, issuer, said["client_id"], key, acr, amr, claim, sort.scope, sort.pushes)


def safe_address(address: str, plain_http: bool) -> bool:
    """https with a host and nobody's password in it; http only to this machine, and only where it may."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    if not address.isascii() or not address.isprintable() or " " in address:
        return False
    if not host or parts.username is not None or parts.password is not None:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and plain_http and host in HERE)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


def _key(name: str, text: str) -> Key:
    """The first private key of a JWK or a JWK set, written here or in the file named here."""
    body = text if text.startswith("{") else _read(name, text)
    try:
        written = json.loads(body)
        several = written.get("keys", [written])
        keys = [_private(one) for one in KeySet.import_key_set({"keys": several}).keys]
    except (JoseError, ValueError, KeyError, TypeError, AttributeError):
        raise Misconfigured(f"{name} must hold a private JWK or a JWK set of them, as JSON") from None
    if not keys or keys[0] is None:
        raise Misconfigured(f"{name} must begin with a private key: RSA of 2048 bits or more, or EC P-256")
    if not several[0].get("kid"):
        raise Misconfigured(f"{name}: the first key has no key id (kid); it is the one registered at the provider")
    return keys[0]


def _read(name: str, path: str) -> str:
    try:
        return Path(path).read_text()
    except (OSError, UnicodeDecodeError):
        raise Misconfigured(f"{name} names a file that cannot be read") from None


def _private(key: object) -> Key | None:
    """The key when we can sign with it."""
    if not isinstance(key, RSAKey | ECKey) or not key.is_private:
        return None
    said = key.as_dict(private=False)
    long_enough = said.get("crv") == "P-256" if isinstance(key, ECKey) else key.raw_value.key_size >= 2048
    return key if long_enough and said.get("alg", _algorithms(key)[0]) in _algorithms(key) else None


def _algorithms(key: Key) -> tuple[str, ...]:
    return _ALGORITHMS["RSA" if isinstance(key, RSAKey) else "P-256"]
