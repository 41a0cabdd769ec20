"""Is the house up: the database answers; the worker has been heard lately."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from laget.access.gate import open_to_all


@open_to_all
def healthz(request: HttpRequest) -> HttpResponse:
    """`{"ok": …, "database": …, "worker": …}`; 503 when the database doesn't answer. `worker` is null until jobs report."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = True
    except DatabaseError:
        database = False
    body = {"ok": database, "database": database, "worker": None}
    return JsonResponse(body, status=200 if database else 503)
