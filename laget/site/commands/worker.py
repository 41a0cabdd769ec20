"""`laget worker`: works off the queue and does what comes back by the clock; several may run."""

import argparse
import asyncio
import logging
import time

import psycopg
from procrastinate.exceptions import ConnectorException

from laget.site import work

logger = logging.getLogger(__name__)
PAUSE = 5.0  # seconds before a database that is away is tried again


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do all that is due, then stop")


def run(given: argparse.Namespace) -> int:
    """Works until it is told to stop, and finishes what it has begun; 1 when a single round did not go well."""
    if given.once:
        return 0 if all(work.once().values()) else 1
    while True:
        try:
            if asyncio.run(work.work()):
                return 0
            logger.warning("the database was away; beginning again")
        except (ConnectorException, psycopg.Error) as fault:
            logger.warning(
                "the database is away: %s", str(fault).splitlines()[0] if str(fault) else type(fault).__name__
            )
            time.sleep(PAUSE)
