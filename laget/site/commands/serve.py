"""`laget serve`: granian with two workers of four threads."""

import argparse
import os
import sys

from laget.site.environment import text
from laget.site.fault import Fault


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=port, default=text("PORT"), help="port (PORT, or 8000)")


def port(given: str) -> int:
    """A port number, 1 to 65535."""
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {given!r}")
    return int(given)


def run(given: argparse.Namespace) -> int:
    """Asserts the database contract, then becomes the server."""
    from django.db import connection

    from laget.access.database import ContractBroken, check_contract
    from laget.site import static

    try:
        check_contract()
    except ContractBroken as broken:
        raise Fault(f"the database is not as it must be: {broken}; run `laget migrate`") from None
    static.collect()
    connection.close()
    os.execv(sys.executable, command(given.host, given.port))  # noqa: S606 - no shell wanted


def command(host: str, port: int) -> list[str]:
    """The server's command line."""
    size = ["--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "10"]
    said = ["--log-level", "warning", "--no-access-log", "--no-ws"]
    where = ["--host", host, "--port", str(port)]
    return [sys.executable, "-m", "granian", "--interface", "wsgi", *size, *said, *where, "laget.site.wsgi:application"]
