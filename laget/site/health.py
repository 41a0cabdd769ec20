"""Is the house up: the database answers, a worker lives, and nothing waits longer than it should."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from laget.access.gate import open_to_all
from laget.audit import sealing
from laget.site import work

PATIENCE = 120
"""Seconds that a job which is due may wait before the worker is called late."""
SEALED_WITHIN = 600
"""Seconds that a row may wait for its seal before it is said."""


@open_to_all
def healthz(request: HttpRequest) -> HttpResponse:
    """`{"ok": …, "database": …, "worker": …}`, and `late_seconds`, `late`, `failed`, `unfinished`, `unsealed_seconds`
    when there is something to say: the names of functions, never what they are about.

    `ok` and the status follow the database alone, so that a late worker never takes the pages down. `worker` is true
    while one lives, keeps up and comes to the end of what comes by the clock, and null when it cannot be known.
    """
    try:
        alive, waited, late, failed = work.health(PATIENCE)
        unfinished, unsealed = work.overdue(), int(sealing.lateness().total_seconds())
    except DatabaseError:
        return JsonResponse({"ok": False, "database": False, "worker": None}, status=503)
    body: dict[str, Any] = {"ok": True, "database": True, "worker": alive and not late and not unfinished}
    if late:
        body |= {"late_seconds": waited, "late": late}
    if failed:
        body["failed"] = failed
    if unfinished:
        body["unfinished"] = unfinished
    if unsealed > SEALED_WITHIN:
        body["unsealed_seconds"] = unsealed
    return JsonResponse(body)
