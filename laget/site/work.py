"""What is done again and again without anyone asking: one explicit list, each job alone in its failure."""

import importlib
import importlib.util
import logging
from collections.abc import Iterator

import psycopg
from django.db import connection

logger = logging.getLogger(__name__)

JOBS = (
    "laget.consents.sweeps.run",
    "laget.cases.sweeps.run",
    "laget.notices.delivery.run",
    "laget.access.sealing.run",
)
TURN = (0x1A6E7, 1)  # the advisory lock that one worker at a time holds; /healthz asks who has it


def round() -> dict[str, bool]:
    """Runs every job once, in order; says for each whether it went well."""
    return {name: _went_well(name) for name in _present(JOBS)}


def take_turn(own: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Whether this worker is the one that works; another stands by until the first one's connection is gone."""
    taken = own.execute("SELECT pg_try_advisory_lock(%s, %s)", TURN).fetchone()
    return bool(taken and taken[0])


def someone_works() -> bool:
    """Whether a living worker holds the turn in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
            "WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.granted "
            "AND l.classid = %s AND l.objid = %s AND l.objsubid = 2)",
            TURN,
        )
        return bool(cursor.fetchone()[0])


def _went_well(name: str) -> bool:
    module, function = name.rsplit(".", 1)
    try:
        getattr(importlib.import_module(module), function)()
    except Exception:
        logger.exception("%s failed; it is tried again in the next round", name)
        return False
    return True


def _present(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        module, function = name.rsplit(".", 1)
        if importlib.util.find_spec(module) and hasattr(importlib.import_module(module), function):
            yield name
