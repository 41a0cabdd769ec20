"""An HTTP client whose every wait is cut to what is left of one deadline, so that a server which drips holds nobody."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from laget.kernel.patience import left


class _Stream(httpcore.NetworkStream):
    """A connection; headers, a body and the handshake that come byte by byte share the deadline."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _rest(httpcore.ReadTimeout, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _rest(httpcore.WriteTimeout, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        rest = _rest(httpcore.ConnectTimeout, timeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, rest))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Network(httpcore.SyncBackend):
    """Finding the name's address is left to the machine's resolver, which has its own limit."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        rest = _rest(httpcore.ConnectTimeout, timeout)
        return _Stream(super().connect_tcp(host, port, rest, local_address, socket_options))


def _rest(late: type[httpcore.TimeoutException], timeout: float | None) -> float | None:
    try:
        return left(timeout)
    except TimeoutError as passed:
        raise late(str(passed)) from None


class _Transport(httpx.HTTPTransport):
    """As httpx makes it, on our network."""

    def __init__(self, verify: ssl.SSLContext) -> None:
        super().__init__(verify=verify, trust_env=False)
        self._pool.close()
        self._pool = httpcore.ConnectionPool(ssl_context=verify, network_backend=_Network())


def client(wait: httpx.Timeout) -> httpx.Client:
    """The machine's own list of certificates; nothing from the environment decides where we go."""
    transport = _Transport(ssl.create_default_context())
    return httpx.Client(timeout=wait, follow_redirects=False, trust_env=False, transport=transport)
