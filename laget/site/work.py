"""What is done without anyone asking: one list of what comes back by the clock, and the queue that carries it.

A job on the queue holds ids and codes, never content. The queue is procrastinate's; here stands what it is told.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Callable
from typing import Any

from django.db import connection
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Status

logger = logging.getLogger(__name__)

JOBS = {
    # function without arguments: when (minute hour day month weekday, UTC)
    "laget.consents.sweeps.run": "* * * * *",
    "laget.cases.sweeps.run": "* * * * *",
    "laget.notices.delivery.run": "* * * * *",
    "laget.access.housekeeping.run": "17 * * * *",
}
"""Each reads from the facts what is due and does it once, so that a tick that was missed is made up by the next."""

AGAIN = RetryStrategy(max_attempts=4, exponential_wait=5)
"""A job that fails is tried four times in all, after 5, 25 and 125 seconds; then it stays as failed, for /healthz."""
HEARTBEAT = 10
"""Seconds between a worker's signs of life."""
STALLED = 30
"""Seconds without a sign of life after which a worker is taken for dead and its job is given to another."""
DEADLY = 10
"""A job that has been begun so many times without coming to an end is not begun again: it kills its worker."""
RESCUE = "laget.site.work.rescue"


def register(app: App) -> None:
    """Put what comes back by the clock on the queue's list (called once, when the queue is ready)."""
    for name, cron in JOBS.items():
        task = app.task(name=name, lock=name, queueing_lock=name, retry=AGAIN)(_later(name))
        app.periodic(cron=cron)(task)
    rescuing = app.task(name=RESCUE, queueing_lock=RESCUE, pass_context=True)(_rescue_at)
    app.periodic(cron="* * * * *")(rescuing)


def _later(name: str) -> Callable[..., None]:
    """Imported when it is run: the list may name rooms that stand above the queue."""

    def run(timestamp: int) -> None:
        _function(name)()

    return run


def _function(name: str) -> Callable[[], Any]:
    module, function = name.rsplit(".", 1)
    found: Callable[[], Any] = getattr(importlib.import_module(module), function)
    return found


async def _rescue_at(context: JobContext, timestamp: int) -> None:
    await rescue(context.app)


async def rescue(app: App) -> int:
    """Give the jobs of workers that were killed to those that live; answers how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED))
    for job in stalled:
        if job.attempts >= DEADLY:
            logger.error("%s has ended its worker %s times and is not begun again", job.task_name, job.attempts)
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        elif job.queueing_lock:  # what comes back by the clock: the next tick waits for this one to get out of the way
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        else:
            logger.warning("%s was left by a worker that was killed; it is begun again", job.task_name)
            await app.job_manager.retry_job(job)
    return len(stalled)


async def work(*, wait: bool = True) -> None:
    """Work off the queue: until told to stop, or (`wait=False`) until nothing is due."""
    connector = queue.connector
    assert isinstance(connector, DjangoConnector)
    with queue.replace_connector(connector.get_worker_connector()):
        async with queue.open_async():
            await rescue(queue)
            await queue.run_worker_async(
                update_heartbeat_interval=HEARTBEAT,
                wait=wait,
                concurrency=2,
                delete_jobs="successful",
                shutdown_graceful_timeout=30,
                fetch_job_polling_interval=15,
            )


def once() -> dict[str, bool]:
    """Do everything that comes back by the clock now, then what waits in the queue; says what went well."""
    done = {name: _went_well(name) for name in JOBS}
    asyncio.run(work(wait=False))
    return done


def _went_well(name: str) -> bool:
    try:
        _function(name)()
    except Exception:
        logger.exception("%s failed", name)
        return False
    return True


def late() -> tuple[bool, int, list[str]]:
    """Whether a worker lives, how many seconds the oldest job that is due has waited, and which jobs gave up lately."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT alive, waited, failed FROM access_queue_health()")
        alive, waited, failed = cursor.fetchone()
    return alive, waited, failed
