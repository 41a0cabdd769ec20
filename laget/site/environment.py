"""Reads the environment, so that settings are plain values and a fault is one sentence."""

import base64
import binascii
import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from laget.access.oidc.providers import Misconfigured, Provider, read
from laget.site import variables


def text(name: str, default: str | None = None) -> str:
    """The variable's value, or what `default` or the list of variables falls back on; without either it must be set."""
    value = os.environ.get(name) or (variables.default(name) if default is None else default)
    if value is None:
        raise ImproperlyConfigured(f"{name} must be set; docs/reference/environment.md says what it holds")
    return value


def flag(name: str) -> bool:
    """1 or 0; anything else is refused, so that a misspelt switch is never taken for off."""
    value = text(name, variables.default(name) or "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")
    return value == "1"


def hours(name: str) -> int:
    """A whole number of hours within three days. Raises ImproperlyConfigured for anything else."""
    said = text(name)
    if not said.isascii() or not said.isdigit() or not 1 <= int(said) <= 72:
        raise ImproperlyConfigured(f"{name} must be a whole number of hours from 1 to 72")
    return int(said)


def gigabytes(name: str) -> int:
    """A whole number of gigabytes, at least 1. Raises ImproperlyConfigured for anything else."""
    said = text(name)
    if not said.isascii() or not said.isdigit() or int(said) < 1:
        raise ImproperlyConfigured(f"{name} must be a whole number of gigabytes, at least 1")
    return int(said)


def words(name: str, default: str | None = None) -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(name: str, least: int) -> str:
    """A secret text; never with a default."""
    value = text(name)
    if len(value) < least:
        raise ImproperlyConfigured(f"{name} must have at least {least} characters")
    return value


def key(name: str, value: str) -> bytes:
    """A key of 32 bytes, written in base64."""
    try:
        raw = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise ImproperlyConfigured(f"{name} must be base64") from None
    if len(raw) != 32:
        raise ImproperlyConfigured(f"{name} must be 32 bytes in base64, not {len(raw)}")
    return raw


def keys(name: str) -> tuple[bytes, ...]:
    """One or more keys; the first encrypts, all decrypt."""
    return tuple(key(name, part.strip()) for part in text(name).split(","))


def optional_key(name: str) -> bytes | None:
    """A key of 32 bytes that only some processes have."""
    value = os.environ.get(name)
    return key(name, value) if value else None


def optional_keys(name: str) -> tuple[bytes, ...]:
    """Keys in the order they are written; none when nothing is said."""
    return tuple(key(name, part) for part in words(name, ",") if part)


def database(name: str, pool: bool) -> dict[str, Any]:
    """Django's database entry for a postgresql:// address."""
    url = text(name)
    try:
        given = conninfo_to_dict(url)
    except ProgrammingError:
        raise ImproperlyConfigured(f"{name} must be a postgresql:// address") from None
    if not given.get("dbname"):
        raise ImproperlyConfigured(f"{name} names no database")
    main = {
        field: str(given.pop(part, "") or "")
        for part, field in (
            ("dbname", "NAME"),
            ("user", "USER"),
            ("password", "PASSWORD"),
            ("host", "HOST"),
            ("port", "PORT"),
        )
    }
    options: dict[str, Any] = dict(given)
    # A recursive question is reckoned dear, and compiling it takes longer than asking it: 80 ms for each new parent.
    options["options"] = f"{options.get('options', '')} -c jit=off".strip()
    # Only what `laget.access.prepared` asks is bound by the server and can be prepared; it is so at the first time.
    options["prepare_threshold"] = 0
    if pool:
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0, "OPTIONS": options, **main}


def mail(name: str) -> dict[str, Any]:
    """Django's mail settings for an smtp:// or smtps:// address; empty when no address is given."""
    url = os.environ.get(name, "")
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(f"{name} must be smtp://… (STARTTLS) or smtps://…")
    tls = parts.scheme == "smtps"
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if tls else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": tls,
        "EMAIL_USE_TLS": not tls and parts.hostname not in {"127.0.0.1", "localhost", "::1"},
        "EMAIL_TIMEOUT": 20,
    }


def providers(base: str, plain_http: bool) -> dict[str, Provider]:
    """The providers that people sign in with; empty when none is named."""
    given = {
        "citizens": {
            "issuer": text("LAGET_CITIZENS_ISSUER", ""),
            "client_id": text("LAGET_CITIZENS_CLIENT_ID", ""),
            "keys": text("LAGET_CITIZENS_KEYS", ""),
            "acr": text("LAGET_CITIZENS_ACR", ""),
            "claim": text("LAGET_CITIZENS_CLAIM", ""),
        },
        "staff": {
            "issuer": text("LAGET_STAFF_ISSUER", ""),
            "client_id": text("LAGET_STAFF_CLIENT_ID", ""),
            "keys": text("LAGET_STAFF_KEYS", ""),
            "acr": text("LAGET_STAFF_ACR", ""),
            "amr": text("LAGET_STAFF_AMR", ""),
            "claim": text("LAGET_STAFF_CLAIM", ""),
        },
        "outsiders": {
            "issuer": text("LAGET_OUTSIDERS_ISSUER", ""),
            "client_id": text("LAGET_OUTSIDERS_CLIENT_ID", ""),
            "keys": text("LAGET_OUTSIDERS_KEYS", ""),
            "acr": text("LAGET_OUTSIDERS_ACR", ""),
            "claim": text("LAGET_OUTSIDERS_CLAIM", ""),
        },
    }
    try:
        return read(given, base=base, plain_http=plain_http)
    except Misconfigured as fault:
        raise ImproperlyConfigured(str(fault)) from None
