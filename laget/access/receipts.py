"""Carried out once: a form's key is written before its action, and a second request answers what the first did."""

from __future__ import annotations

from uuid import UUID

from laget.access.models import Receipt
from laget.kernel.actor import Actor


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def earlier(actor: Actor, text: str) -> str | None:
    """Where an already carried out request with this key led: asked before sight, which it may have ended."""
    key = _key(text)
    found = Receipt.objects.filter(person_id=actor.person, key=key).first() if key else None
    return found.location if found and found.location else None


def take(actor: Actor, text: str) -> str | None:
    """Take the key of a form. None: go on. A location: it was done before, answer that.

    A request with the same key that is still running is waited for.
    """
    key = _key(text)
    if key is None:
        return None
    mine = Receipt(person_id=actor.person, key=key)
    Receipt.objects.bulk_create([mine], ignore_conflicts=True)
    found = Receipt.objects.get(person_id=actor.person, key=key)
    return None if found.pk == mine.pk else (found.location or "/")


def finish(actor: Actor, text: str, location: str) -> None:
    """Say where the carried out request led."""
    key = _key(text)
    if key is not None:
        Receipt.objects.filter(person_id=actor.person, key=key).update(location=location[:300])
