"""Who somebody is here: a citizen by national number, a worker by the account that an administrator wrote down."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from uuid import UUID

from django.db import connection
from django.utils import timezone

from laget.access.database import acting
from laget.access.oidc.providers import Provider
from laget.access.oidc.refusals import Refusal, Unsigned
from laget.access.oidc.tokens import Claims
from laget.access.sealing import index
from laget.kernel.actor import Actor, Capacity
from laget.people.rules import InvalidNationalNumber, read_national_number

Workers = Callable[[str, str, str, bytes, bytes], UUID]
Families = Callable[[Actor], bool]

_workers: list[Workers] = []
_families: list[Families] = []


def workers_come_from(source: Workers) -> None:
    """A higher room says who signs in with an account: (provider, issuer, subject, mark, number) to a person.

    Raises Refusal. number: the index of the national number, or nothing when the provider does not tell it.
    """
    if source not in _workers:
        _workers.append(source)


def families_come_from(source: Families) -> None:
    """A higher room says whether there is anything here for a citizen who has signed in."""
    if source not in _families:
        _families.append(source)


def recognise(provider: Provider, claims: Claims) -> UUID:
    """The person. Raises Refusal("unknown") alike for a stranger and for one for whom there is nothing here."""
    value = matched(provider, claims)
    if provider.capacity is Capacity.CITIZEN:
        return _citizen(value)
    number = index(value) if provider.by_number else b""
    return _workers[0](provider.name, provider.issuer, claims["sub"], account_mark(provider.name, value), number)


def matched(provider: Provider, claims: Claims) -> str:
    """What the person is matched by; empty for a worker whose provider does not say it (later sign-ins do without)."""
    value = claims.get(provider.claim)
    if provider.by_number:
        return _number(value)
    if not isinstance(value, str) or not value.isprintable() or len(value) > 254:
        return ""
    if provider.claim == "email" and claims.get("email_verified") is not True:
        return ""
    return value


def _number(value: object) -> str:
    try:
        return read_national_number(str(value), timezone.localdate()).digits
    except InvalidNationalNumber:
        raise Unsigned("no national number in it") from None


def account_mark(provider: str, value: str) -> bytes:
    """The keyed index of what a worker's first sign-in is matched by: upper and lower case are one."""
    plain = unicodedata.normalize("NFC", value).strip().casefold()
    return index(f"account|{provider}|{plain}") if plain else b""


def _citizen(number: str) -> UUID:
    with acting(None), connection.cursor() as cursor:
        cursor.execute("SELECT people_signing_in(%s)", [index(number)])
        row = cursor.fetchone()
    person: UUID | None = row[0] if row else None
    if person is None:
        raise Refusal("unknown")
    if not has_place(person):
        raise Refusal("unknown")
    return person


def has_place(person: UUID) -> bool:
    """Whether there is anything here for a citizen who has proved who they are."""
    actor = Actor(person, Capacity.CITIZEN)
    with acting(actor):
        return any(source(actor) for source in _families)
