"""A stand-in for clamd, on a port of its own."""

import socketserver
import threading
import time
from contextlib import suppress

import pytest

from laget.documents.tests import corpus


class Clamd(socketserver.BaseRequestHandler):
    """Speaks INSTREAM, and knows one harmful string."""

    def handle(self):
        said = self._exactly(len(b"zINSTREAM\0"))
        assert said == b"zINSTREAM\0"
        got = b""
        while (size := int.from_bytes(self._exactly(4), "big")) != 0:
            got += self._exactly(size)
        self.server.asked.append(len(got))
        if self.server.mute:
            return
        if self.server.drips:
            with suppress(OSError):
                for _ in range(600):
                    self.request.sendall(b"s")
                    time.sleep(0.1)
            return
        self.request.sendall(b"stream: Eicar-Test FOUND\0" if corpus.EICAR in got else b"stream: OK\0")

    def _exactly(self, size):
        got = b""
        while len(got) < size and (part := self.request.recv(size - len(got))):
            got += part
        return got


@pytest.fixture
def clamd(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.asked, server.mute, server.drips, server.daemon_threads = [], False, False, True
        settings.LAGET_CLAMD = f"127.0.0.1:{server.server_address[1]}"
        settings.LAGET_CLAMD_SECONDS = 5
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
