"""Several who post the same address at the same moment, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client


def at_once(address: str, posts: Sequence[tuple[Client, dict[str, Any]]]) -> list[HttpResponse]:
    """What each client is answered, when all post at the same moment."""
    start = Barrier(len(posts))

    def send(client: Client, typed: dict[str, Any]) -> Any:
        try:
            start.wait(20)
            return client.post(address, typed)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as threads:
        return list(threads.map(lambda one: send(*one), posts))
