"""What every page knows about who is signed in; asks the database nothing, so that error pages can lean on it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from laget.access import sessions
from laget.kernel.actor import Actor


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """For the layout. `messages` are shown once."""
    actor: Actor | None = getattr(request, "actor", None)
    session = getattr(request, "session", None)
    said = session.pop("said", []) if session is not None and "said" in session else []
    return {
        "signed_in": actor is not None,
        "family": actor is not None and actor.is_citizen,
        "demo": settings.LAGET_DEMO,
        "municipality": settings.LAGET_MUNICIPALITY,
        "messages": said,
        "emergency_line": settings.LAGET_EMERGENCY_LINE,
        "last_here": sessions.last_here(request) if actor is not None and actor.is_citizen else None,
        "home_url": reverse("home"),
    }
