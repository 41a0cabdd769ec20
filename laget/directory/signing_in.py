"""Who among those who work here has come from a provider: bound once, by what an administrator wrote."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from laget.access.database import acting
from laget.access.oidc.refusals import Refusal
from laget.audit.actions import record
from laget.kernel.actor import Actor, Capacity


def signing_in(provider: str, issuer: str, subject: str, mark: bytes) -> UUID:
    """The person with this account who holds a position now. The first sign-in binds the account, and is recorded.

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
    found: UUID = person
    return found
