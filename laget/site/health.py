"""Is the house up: the database answers, a worker lives, and nothing waits longer than it should."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from laget.access.gate import open_to_all
from laget.site import work

PATIENCE = 120
"""Seconds that a job which is due may wait before the worker is called late."""


@open_to_all
def healthz(request: HttpRequest) -> HttpResponse:
    """`{"ok": …, "database": …, "worker": …}`, and `late_seconds`, `late`, `failed` when there is
    something to say: the names of functions, never what they are about.

    `ok` and the status follow the database alone, so that a late worker never takes the pages down. `worker` is true
    while one lives and keeps up, and null when it cannot be known.
    """
    try:
        alive, waited, late, failed = work.health(PATIENCE)
    except DatabaseError:
        return JsonResponse({"ok": False, "database": False, "worker": None}, status=503)
    body: dict[str, Any] = {"ok": True, "database": True, "worker": alive and not late}
    if late:
        body |= {"late_seconds": waited, "late": late}
    if failed:
        body["failed"] = failed
    return JsonResponse(body)
