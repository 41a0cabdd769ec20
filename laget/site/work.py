"""What is done without anyone asking: one list of what comes back by the clock, and the queue that carries it.

A job on the queue holds ids and codes, never content. The queue is procrastinate's; here stands what it is told.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connection
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status

logger = logging.getLogger(__name__)

JOBS = {
    # function without arguments: when (minute hour day month weekday, UTC)
    "laget.consents.sweeps.run": "* * * * *",
    "laget.cases.sweeps.run": "* * * * *",
    "laget.ties.sweeps.run": "* * * * *",
    "laget.families.sweeps.run": "* * * * *",
    "laget.emergency.sweeps.run": "* * * * *",
    "laget.plans.sweeps.run": "23 * * * *",
    "laget.concerns.sweeps.run": "* * * * *",
    "laget.exchange.sweeps.run": "* * * * *",
    "laget.protection.sweeps.run": "* * * * *",
    "laget.documents.sweeps.run": "* * * * *",
    "laget.notices.delivery.run": "* * * * *",
    "laget.audit.sealing.run": "* * * * *",
    "laget.access.housekeeping.run": "17 * * * *",
    "laget.participation.sweeps.run": "27 * * * *",
    "laget.trust.sweeps.run": "7,37 * * * *",
}
"""Each reads from the facts what is due and does it once, so that a tick that was missed is made up by the next."""

BEGUN = "INSERT INTO access_finished SELECT unnest(%(names)s::text[]), now() ON CONFLICT (task) DO NOTHING"
AGAIN = RetryStrategy(max_attempts=3, exponential_wait=5)
"""A job that fails is tried four times in all: once, and after 5, 25 and 125 seconds; then it stays as failed, for
/healthz. The queue counts the attempts that went before, so its three are the three after the first."""
HEARTBEAT = 10
"""Seconds between a worker's signs of life."""
STALLED = 30
"""Seconds without a sign of life after which a worker is taken for dead and its job is given to another."""
DEADLY = 10
"""A job that has been begun so many times without coming to an end is not begun again: it kills its worker."""
RESCUE = "laget.site.work.rescue"
RESCUE_AT = "* * * * * */20"
"""The sixth word is seconds: what a killed worker left is begun again within STALLED and these."""
EVERY_MINUTE = "* * * * *"
OVERDUE = 600
"""Seconds after which a job that comes each minute and has not come to its end is named by /healthz."""
OVERDUE_SELDOM = 2 * 3600
"""The same for those that come more seldom."""


def register(app: App) -> None:
    """Put what comes back by the clock on the queue's list (called once, when the queue is ready)."""
    for name, cron in JOBS.items():
        task = app.task(name=name, lock=name, queueing_lock=name, retry=AGAIN)(_later(name))
        app.periodic(cron=cron)(task)
    rescuing = app.task(name=RESCUE, queueing_lock=RESCUE, pass_context=True)(_rescue_at)
    app.periodic(cron=RESCUE_AT)(rescuing)


def _later(name: str) -> Callable[..., None]:
    """Imported when it is run: the list may name rooms that stand above the queue."""

    def run(timestamp: int) -> None:
        _function(name)()
        _finished(name)

    return run


def _finished(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_finished (task, at) VALUES (%s, now()) ON CONFLICT (task) DO UPDATE SET at = now()",
            [name],
        )


def overdue() -> list[str]:
    """Which jobs of the clock have not come to their end for too long, counted from when a worker first began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task, extract(epoch FROM now() - at) FROM access_finished")
        ages = dict(cursor.fetchall())
    patience = {name: OVERDUE if cron == EVERY_MINUTE else OVERDUE_SELDOM for name, cron in JOBS.items()}
    return sorted(name for name, seconds in patience.items() if ages.get(name, 0) > seconds)


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
        else:
            logger.warning("%s was left by a worker that was killed; it is begun again", job.task_name)
            await app.job_manager.retry_job(job)
    return len(stalled)


async def work(*, wait: bool = True) -> bool:
    """Work off the queue. True when told to stop, or (`wait=False`) when nothing is due; False when it ended by itself.

    It ends by itself when the database went away and came back before the worker had said farewell.
    """
    connector = queue.connector
    assert isinstance(connector, DjangoConnector)
    with queue.replace_connector(connector.get_worker_connector()):
        async with queue.open_async():
            await rescue(queue)
            await queue.connector.execute_query_async(BEGUN, names=list(JOBS))
            return await _until_told(wait) or not wait


async def _until_told(wait: bool) -> bool:
    """A worker until SIGTERM or SIGINT; what it has begun it finishes. Whether it was told."""
    running = asyncio.create_task(
        queue.run_worker_async(
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED,
            wait=wait,
            concurrency=2,
            delete_jobs="successful",
            shutdown_graceful_timeout=30,
            fetch_job_polling_interval=15,
            install_signal_handlers=False,
        )
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        return True
    return False


def once() -> dict[str, bool]:
    """Put all that comes back by the clock on the queue, and work off what is due; says what came to its end.

    On the queue each has its lock, also beside workers that run: what one of them does meanwhile counts as done.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGUN, {"names": list(JOBS)})
    before = _ends()
    for name in JOBS:
        with suppress(AlreadyEnqueued):
            queue.tasks[name].defer(timestamp=0)
    asyncio.run(work(wait=False))
    _wait_for_the_others()
    after = _ends()
    return {name: after[name] > before[name] for name in JOBS}


def _ends() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task, at FROM access_finished")
        return dict(cursor.fetchall())


def _wait_for_the_others() -> None:
    """Until no worker holds one of the jobs of the clock, or for so long that the worker is taken for dead."""
    for _second in range(2 * STALLED):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE status = 'doing' AND task_name = ANY (%s))",
                [list(JOBS)],
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(1)


def health(patience: int) -> tuple[bool, int, list[str], list[str]]:
    """Whether a worker lives, seconds the oldest job that is due has waited, which wait too long, and which gave up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT alive, waited, late, failed FROM access_queue_health(%s)", [patience])
        alive, waited, late, failed = cursor.fetchone()
    return alive, waited, late, failed
