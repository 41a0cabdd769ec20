"""Coming in and going out: a session begins or ends together with what stands behind it, and both are recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.http import HttpRequest

from laget.access import sessions
from laget.access.database import acting
from laget.access.models import SignIn
from laget.access.sealing import Unsealable, seal, unseal
from laget.audit.actions import record
from laget.kernel.actor import Actor, Capacity


@dataclass(frozen=True)
class Behind:
    """The sign-in at a provider that a session stands on."""

    provider: str
    issuer: str = ""
    subject: str = ""
    sid: str = ""
    id_token: str = ""


def enter(  # noqa: PLR0913 - what is known of a sign-in
    request: HttpRequest,
    person: UUID,
    capacity: Capacity,
    strength: str,
    behind: Behind,
    proved: datetime | None = None,
) -> None:
    """Begin a session for one identity; one that stood there for another identity ends first, and that is recorded."""
    if sessions.identity(request) not in (None, (person, capacity)):
        leave(request, "another")
    actor = Actor(person, capacity)
    with acting(actor):
        sessions.sign_in(request, person, capacity, strength, _last_time(), proved)
        SignIn(
            session_id=str(request.session.session_key), person_id=person, capacity=capacity, provider=behind.provider,
            issuer=behind.issuer, subject=behind.subject, sid=behind.sid,
            sealed=seal(behind.id_token.encode(), _about(person)) if behind.id_token else b"",
        ).save(force_insert=True)  # fmt: skip
        record(actor, "access.signed_in", cause=behind.provider, details={"strength": strength})


def leave(request: HttpRequest, cause: str = "self") -> Behind | None:
    """End the session, also a locked one. Answers the sign-in that stood behind it, if a provider's."""
    whose = sessions.identity(request)
    if whose is None:
        sessions.sign_out(request)
        return None
    actor = Actor(*whose)
    with acting(actor):
        found = SignIn.objects.filter(session_id=request.session.session_key).first()
        record(actor, "access.signed_out", cause=cause)
        sessions.sign_out(request)
    if found is None or not found.sealed:
        return None
    try:
        return Behind(found.provider, id_token=unseal(bytes(found.sealed), _about(actor.person)).decode())
    except Unsealable:
        return None


def end_from_provider(provider: str, issuer: str, sid: str, subject: str) -> int:
    """The provider says that somebody has signed out: the number of sessions that ended. Inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_end_from(%s, %s, %s, %s)", [provider, issuer, sid, subject])
        (ended,) = cursor.fetchone()
    return int(ended)


def count_refusal(provider: str, code: str) -> None:
    """Somebody was not let in: counted by code, without anybody's identity."""
    with acting(None), connection.cursor() as cursor:
        cursor.execute("SELECT access_count_refusal(%s, %s)", [provider, code])


def _last_time() -> datetime | None:
    """When the one who acts signed in last, in this capacity."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_last_signed_in()")
        (at,) = cursor.fetchone()
    found: datetime | None = at
    return found


def _about(person: UUID) -> str:
    return f"sign-in:{person}"
