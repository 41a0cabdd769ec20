"""How much memory a worker of the web server holds after many requests: the real server, over a socket."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from laget.site.commands import serve
from laget.site.measuring.calls import Caller
from laget.site.measuring.visits import find

PATIENCE = 60.0


def worker_megabytes(owner: psycopg.Connection[Any], users: int, requests: int) -> float | None:
    """The largest worker in megabytes after so many pages that are read; None when /proc doesn't tell."""
    visits = [chain[0] for chain in find(owner, users) if not chain[0].form]
    caller = Caller()
    asked = [(visit.path, f"{settings.SESSION_COOKIE_NAME}={caller.session(visit)}") for visit in visits]
    port = _free_port()
    server = subprocess.Popen(serve.command("127.0.0.1", port), start_new_session=True)
    try:
        _wait_for(port)
        for n in range(requests):
            _ask(port, *asked[n % len(asked)])
        return _largest(server.pid)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _ask(port: int, path: str, cookie: str) -> None:
    """A connection for each, so that both workers get their share."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    line.request("GET", path, headers={"Host": settings.ALLOWED_HOSTS[0], "Cookie": cookie})
    line.getresponse().read()
    line.close()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")


def _largest(group: int) -> float | None:
    """Resident memory of the largest child of the server."""
    found = [0]
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(lines["PPid"]) == group and "VmRSS" in lines:
            found.append(int(lines["VmRSS"].split()[0]))
    return round(max(found) / 1024, 1) or None
