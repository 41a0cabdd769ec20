"""The job that carries one e-mail: put on the queue in the transaction that tells, so it goes out when that commits."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from laget.notices import delivery


@app.task(name="notices.send")
def send(dispatch: str) -> None:
    """Try one e-mail. What does not succeed stays waiting and is tried again by the clock."""
    delivery.send_one(UUID(dispatch))


def soon(dispatches: Iterable[UUID]) -> None:
    """Put one job for each on the queue, in one statement."""
    jobs: list[JSONDict] = [{"dispatch": str(one)} for one in dispatches]
    if jobs:
        send.batch_defer(*jobs)
