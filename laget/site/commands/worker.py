"""`laget worker`: a round of all jobs every half minute; of several workers one works and the others stand by."""

import argparse
import logging
import signal
import threading

import psycopg
from django.conf import settings
from django.db import close_old_connections

from laget.site import work

logger = logging.getLogger(__name__)
EVERY = 30.0  # seconds


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="one round, then stop")


def run(given: argparse.Namespace) -> int:
    """Works until it is told to stop; 1 when a single round did not go well."""
    if given.once:
        return 0 if all(work.round().values()) else 1
    enough = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: enough.set())
    while not enough.is_set():
        try:
            _work(enough)
        except psycopg.OperationalError as fault:
            logger.warning("the database is away: %s", fault)
            enough.wait(EVERY)
    return 0


def _work(enough: threading.Event) -> None:
    """Rounds as long as the connection that holds the turn lives."""
    with _connect() as connection:
        while not enough.is_set():
            if work.take_turn(connection):
                work.round()
                close_old_connections()
            enough.wait(EVERY)


def _connect() -> psycopg.Connection[tuple[object, ...]]:
    entry = settings.DATABASES["default"]
    return psycopg.connect(
        dbname=entry["NAME"],
        user=entry["USER"] or None,
        password=entry["PASSWORD"] or None,
        host=entry["HOST"] or None,
        port=entry["PORT"] or None,
        autocommit=True,
    )
