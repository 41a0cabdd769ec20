"""A pytest plugin: a PostgreSQL of the tests' own before Django asks for one, fresh keys, and no network.

One cluster per PostgreSQL version lies in var/ and is kept between runs; one more, begun anew each time, when the clock
is another (scripts/clock.sh). Every run has databases of its own, named
after its process, so that two runs at once do not meet; what a killed run left is dropped by the next. Tests connect as
the owner, who here (and only here) may step into the other two roles.
"""

import os
import re
import socket
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from laget.site import postgres
from laget.site import postgres_place as place
from tests.support import keys

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
DATABASE = "laget"
KEYS = ("LAGET_SECRET_KEY", "LAGET_DATA_KEYS", "LAGET_INDEX_KEY", "LAGET_SEAL_KEY", "LAGET_SEAL_PUBLIC_KEYS")
CLOCK = "FAKETIME" in os.environ
NEAR = {"127.0.0.1", "::1", "localhost"}


class NetworkUsed(AssertionError):
    """A test tried to reach something beyond this machine."""


def _cluster() -> postgres.Cluster:
    major = place.major(place.binaries(None, place.system_user()))
    return postgres.cluster(VAR, f"postgres-test-{major}{'-clock' if CLOCK else ''}")


def _set_environment(cluster: postgres.Cluster) -> None:
    for part, url in postgres.urls(cluster, DATABASE).items():
        os.environ["DATABASE_URL" if part == "owner" else f"LAGET_TEST_URL_{part.upper()}"] = url
    os.environ["DATABASE_URL_OWNER"] = os.environ["DATABASE_URL"]
    (VAR / "test" / "static").mkdir(parents=True, exist_ok=True)
    os.environ["LAGET_VAR"] = str(VAR / "test")
    os.environ["LAGET_POOL"] = "0"
    os.environ["LAGET_DEMO"] = "1"
    os.environ["LAGET_INSECURE_COOKIES"] = "1"
    os.environ["LAGET_ALLOWED_HOSTS"] = "testserver,127.0.0.1,localhost"
    for name in (*KEYS, "LAGET_SMTP_URL", "LAGET_BASE_URL", "LAGET_SEAL_FOLDER"):
        if "PYTEST_XDIST_WORKER" not in os.environ:
            os.environ.pop(name, None)
    keys.put_in_environment()
    os.environ["DJANGO_SETTINGS_MODULE"] = "laget.site.settings"


def _drop_leftovers() -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as owner:
        for (name,) in owner.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test%'").fetchall():
            run = re.match(r"test_(\d+)", name)
            if run and not place.command_of(int(run[1])):
                owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Runs before pytest-django reads the settings."""
    cluster = _cluster()
    first = "PYTEST_XDIST_WORKER" not in os.environ
    if first:
        if CLOCK and cluster.data.exists():
            postgres.stop(cluster)  # it has the clock of the run before
        postgres.start(cluster, durable=False)
        postgres.prepare(cluster, DATABASE, testing=True)
        os.environ["LAGET_TEST_RUN"] = str(os.getpid())
    _set_environment(cluster)
    if first:
        _drop_leftovers()


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Names this run's own database, and closes the network."""
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_{os.environ['LAGET_TEST_RUN']}"
    _close_the_network()


def _close_the_network() -> None:
    """Only unix sockets and this machine's own addresses are left."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and isinstance(address, tuple) and address[0] not in NEAR:
            raise NetworkUsed(f"a test tried to reach {address[0]}")
        return real(self, address)

    socket.socket.connect = connect


@pytest.fixture(scope="session")
def cluster() -> postgres.Cluster:
    """The tests' own cluster, for tests that need a real login of app or worker."""
    return _cluster()
