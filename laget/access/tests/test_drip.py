"""A server that sends a byte at a time holds nobody longer than the one deadline, wherever it drips."""

import socket
import socketserver
import threading
import time
from contextlib import suppress

import httpx
import pytest

from laget.access.oidc import patient, wire
from laget.access.oidc.refusals import Refusal
from laget.kernel.patience import left, within

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
BODY = b'{"a": "' + b"x" * 400 + b'"}'
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY
DEADLINE, ROOM = 0.8, 3.0
"""Seconds; the drips below would last a minute."""


class Drip(socketserver.BaseRequestHandler):
    """Sends `self.server.at_once` bytes, and the rest byte by byte."""

    def handle(self):
        self.request.recv(65536)
        with suppress(OSError):
            self.request.sendall(WHOLE[: self.server.at_once])
            for at in range(self.server.at_once, len(WHOLE)):
                time.sleep(self.server.pause)
                self.request.sendall(WHOLE[at : at + 1])


@pytest.fixture
def drip():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Drip) as server:
        server.daemon_threads, server.at_once, server.pause = True, 0, 0.12
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    monkeypatch.setattr(wire, "TOGETHER", DEADLINE)
    wire._client.cache_clear()
    yield
    wire._client.cache_clear()


@pytest.mark.parametrize("at_once", [0, 40, len(HEAD) + 22, len(WHOLE) - 60], ids=["status", "headers", "body", "end"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_drip_is_cut_off(drip, at_once, method):
    drip.at_once = at_once
    address, began = f"http://127.0.0.1:{drip.server_address[1]}/", time.monotonic()
    with pytest.raises(Refusal) as no:
        wire._ask(method, address, {"a": "b"} if method == "POST" else None)
    took = time.monotonic() - began
    assert no.value.code == "provider_down" and DEADLINE * 0.9 < took < ROOM


def test_what_comes_in_time_is_taken(drip):
    drip.at_once, drip.pause = len(WHOLE) - 3, 0.05
    assert wire._ask("GET", f"http://127.0.0.1:{drip.server_address[1]}/")["a"] == "x" * 400


def test_several_words_share_the_deadline_of_their_step(drip):
    """Each is answered in less than the deadline; together they take longer."""
    drip.at_once, drip.pause = len(WHOLE) - 5, 0.1
    address, began, answered = f"http://127.0.0.1:{drip.server_address[1]}/", time.monotonic(), 0
    with wire.step(), pytest.raises(Refusal):
        for _ in range(20):
            wire._ask("GET", address)
            answered += 1
    assert answered >= 1 and time.monotonic() - began < ROOM


def test_a_handshake_that_never_ends_is_cut_off():
    """A server that takes the connection and says nothing: the handshake waits within the same deadline."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        began = time.monotonic()
        with pytest.raises(Refusal):
            wire._ask("GET", f"https://127.0.0.1:{mute.getsockname()[1]}/")
    assert time.monotonic() - began < ROOM


def test_after_the_deadline_nothing_more_is_asked(drip):
    with within(0.0), pytest.raises(httpx.ConnectTimeout):
        patient.client(httpx.Timeout(5.0)).get(f"http://127.0.0.1:{drip.server_address[1]}/")


def test_the_nearer_of_two_deadlines_holds():
    assert left() is None and left(3.0) == 3.0
    with within(100.0):
        with within(1.0):
            assert left() <= 1.0
            with within(50.0):
                assert left() <= 1.0 and left(0.5) == 0.5
        assert left() > 50.0
    assert left() is None
