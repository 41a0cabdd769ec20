"""The job that carries one e-mail: put on the queue in the transaction that tells, so it goes out when that commits."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from laget.notices import delivery


@app.task(name="notices.send")
def send(dispatch: str) -> None:
    """Try one e-mail. What does not succeed stays waiting and is tried again by the clock."""
    delivery.send_one(UUID(dispatch))


def soon(dispatches: Iterable[UUID]) -> None:
    """Put one job for each on the queue, in one statement: by a function that can put nothing else there."""
    waiting = list(dispatches)
    if waiting:
        with connection.cursor() as cursor:
            cursor.execute("SELECT access_send_soon(%s)", [waiting])
