"""Is the house up: the database answers, a worker lives, and nothing waits longer than it should."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from laget.access.gate import open_to_all
from laget.audit import sealing
from laget.documents import ground as files
from laget.site import work

PATIENCE = 120
"""Seconds that a job which is due may wait before the worker is called late."""
SCANNED_WITHIN = 600
"""Seconds that a file may wait for the scanner before it is said."""
SEALED_WITHIN = 600
"""Seconds that a row may wait for its seal before it is said."""


@open_to_all
def healthz(request: HttpRequest) -> HttpResponse:
    """`{"ok": …, "database": …, "worker": …}`, and `late_seconds`, `late`, `failed`, `unfinished`, `unsealed_seconds`,
    `unscanned_seconds`, `files_gigabytes` when there is something to say: functions and figures, never whose.

    `ok` and the status follow the database alone, so that a late worker never takes the pages down. `worker` is true
    while one lives, keeps up and comes to the end of what comes by the clock, and null when it cannot be known.
    """
    try:
        alive, waited, late, failed = work.health(PATIENCE)
        unfinished, figures = work.overdue(), _figures()
    except DatabaseError:
        return JsonResponse({"ok": False, "database": False, "worker": None}, status=503)
    body: dict[str, Any] = {"ok": True, "database": True, "worker": alive and not late and not unfinished}
    if late:
        body |= {"late_seconds": waited, "late": late}
    said = {"failed": failed, "unfinished": unfinished, **figures}
    return JsonResponse(body | {name: value for name, value in said.items() if value})


def _figures() -> dict[str, int]:
    """What has passed its bound; 0 where it has not."""
    unsealed = int(sealing.lateness().total_seconds())
    unscanned, size = files.health()
    gigabytes = size // 10**9
    return {
        "unsealed_seconds": unsealed if unsealed > SEALED_WITHIN else 0,
        "unscanned_seconds": unscanned if unscanned > SCANNED_WITHIN else 0,
        "files_gigabytes": gigabytes if gigabytes >= settings.LAGET_FILES_GB else 0,
    }
