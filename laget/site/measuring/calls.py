"""Calls the real application in this process, as the server does, and keeps what it asked the database."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID
from wsgiref.util import setup_testing_defaults

import psycopg
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.http import HttpRequest

from laget.access import sessions
from laget.kernel.actor import Capacity
from laget.site.measuring.visits import CSRF, Visit

NO_WORK = ("SET ", "SAVEPOINT", "RELEASE", "ROLLBACK")
"""Not counted, as BEGIN and COMMIT: they ask for nothing."""

Statement = tuple[str, Any]


class Unexpected(Exception):
    """A page answered something else than itself."""


@dataclass(frozen=True)
class Answer:
    """One answered request: CPU and wall in milliseconds, and the bytes of the page."""

    cpu: float
    wall: float
    size: int


class Caller:
    """Sends visits to the application, each as the person who makes it."""

    def __init__(self) -> None:
        self._application = get_wsgi_application()
        self._sessions: dict[tuple[UUID, str], str] = {}

    def session(self, visit: Visit) -> str:
        """The key of this person's session, signed in when it is asked for first."""
        who = (visit.person, visit.capacity)
        if who not in self._sessions:
            self._sessions[who] = signed_in(*who)
        return self._sessions[who]

    def send(self, visit: Visit) -> Answer:
        """Raises Unexpected unless the page is shown, or what was posted is carried out."""
        body, said = visit.body(), _Said()
        environ = _environ(visit, body, self.session(visit))
        cpu, wall = time.process_time(), time.perf_counter()
        with _kept_open():
            answer = self._application(environ, said)
            size = sum(map(len, answer))
            answer.close()
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        if said.status[:3] not in ("200", "302"):
            raise Unexpected(f"{visit.page} ({visit.path}) answered {said.status}")
        return Answer(cpu * 1000, wall * 1000, size)


@contextmanager
def _kept_open() -> Iterator[None]:
    """Inside a transaction of ours a request neither begins nor ends with the connection."""
    if not connection.in_atomic_block:
        yield
        return
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class _Said:
    """Keeps the status that the application begins its answer with."""

    status = ""

    def __call__(self, status: str, headers: Any, fault: Any = None) -> Callable[[bytes], object]:
        self.status = status
        return lambda _bytes: None


def _environ(visit: Visit, body: bytes, session: str) -> dict[str, Any]:
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: CSRF}
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST" if body else "GET", "PATH_INFO": visit.path, "HTTP_HOST": settings.ALLOWED_HOSTS[0],
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in cookies.items()), "HTTP_ACCEPT_LANGUAGE": "nb",
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "127.0.0.1", "wsgi.input": io.BytesIO(body),
    }  # fmt: skip
    if not settings.INSECURE_COOKIES:
        environ |= {"wsgi.url_scheme": "https", "HTTP_REFERER": f"https://{environ['HTTP_HOST']}/"}
    setup_testing_defaults(environ)
    return environ


def signed_in(person: UUID, capacity: str) -> str:
    """A session as after sign-in."""
    request: Any = HttpRequest()
    request.session = SessionStore()
    sessions.sign_in(request, person, Capacity(capacity), "demo")
    request.session.save()
    return str(request.session.session_key)


@contextmanager
def listening() -> Iterator[list[Statement]]:
    """Keeps every statement of this thread, with what it was given."""
    kept: list[Statement] = []

    def keep(execute: Callable[..., Any], text: str, given: Any, many: bool, context: Any) -> Any:
        kept.append((text, given))
        return execute(text, given, many, context)

    with connection.execute_wrapper(keep):
        yield kept


def counted(statements: list[Statement]) -> list[Statement]:
    return [one for one in statements if not one[0].startswith(NO_WORK)]


def bare(app: psycopg.Connection[Any], statements: list[Statement]) -> Answer:
    """The same statements by a driver alone: the floor that no framework comes below. The caller rolls back."""
    cpu, wall = time.process_time(), time.perf_counter()
    size = 0
    for text, given in statements:
        cursor = app.execute(text.encode(), given)
        size += len(cursor.fetchall()) if cursor.description else 0
    return Answer((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000, size)


def server_cpu(pids: list[int]) -> float | None:
    """CPU in milliseconds that these server processes have used; None when they are on another machine."""
    tick = 1000 / os.sysconf("SC_CLK_TCK")
    try:
        stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    except OSError:
        return None
    return sum((int(one[11]) + int(one[12])) * tick for one in stats)
