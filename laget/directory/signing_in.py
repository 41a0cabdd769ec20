"""Who among those who work here has come from a provider: bound once, by what an administrator wrote."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from laget.access.database import acting
from laget.access.oidc.refusals import Refusal
from laget.audit.actions import record
from laget.directory.events import Identified
from laget.kernel.actor import Actor, Capacity
from laget.kernel.events import announce


def signing_in(provider: str, issuer: str, subject: str, mark: bytes, number: bytes = b"") -> UUID:
    """The person with this account who holds a position now. The first sign-in binds the account, and is recorded.

    number: the index of the national number, when the provider told it.
    Raises Refusal: "unknown", or "account_taken" when the account is bound to another subject.
    """
    with transaction.atomic():
        with acting(None), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM directory_signing_in(%s, %s, %s, %s)", [provider, issuer, subject, mark])
            person, how = cursor.fetchone()
        if person is None:
            raise Refusal("account_taken" if how == "taken" else "unknown")
        if how == "bound":
            actor = Actor(person, Capacity.WORKER)
            with acting(actor):
                record(actor, "directory.account_bound", cause=provider)
        if number:
            _identified(person, number)
    found: UUID = person
    return found


def _identified(person: UUID, number: bytes) -> None:
    with acting(None):
        fresh = identify(person, number)
    if fresh:
        actor = Actor(person, Capacity.WORKER)
        with acting(actor):
            record(actor, "directory.identified", object_id=person)
            announce(Identified(actor=actor, person=person))


def identify(person: UUID, number: bytes) -> bool:
    """Keep which human a worker is, by the index of the national number; whether that is new."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT directory_identify(%s, %s)", [person, number])
        (fresh,) = cursor.fetchone()
    return bool(fresh)
