"""Is the house up: the database answers; the worker has been heard lately."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse

from laget.access.gate import open_to_all
from laget.site import work


@open_to_all
def healthz(request: HttpRequest) -> HttpResponse:
    """`{"ok": …, "database": …, "worker": …}`; 503 when the database doesn't answer, and then `worker` is not known."""
    worker: bool | None
    try:
        worker, database = work.someone_works(), True
    except DatabaseError:
        worker, database = None, False
    body = {"ok": database, "database": database, "worker": worker}
    return JsonResponse(body, status=200 if database else 503)
