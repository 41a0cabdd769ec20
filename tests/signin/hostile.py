"""A provider on 127.0.0.1 that can be bent in every way a hostile or broken one might be."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import RSAKey

GONE = object()
"""Put in the place of a claim or of a piece of metadata: it is left out."""


def rsa(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}, private=True)


class Hostile:
    """Honest until told otherwise: `claims`, `header`, `metadata` and `answers` say what is bent."""

    def __init__(self, client_id: str) -> None:
        self.client_id = client_id
        self.key, self.published = rsa("k1"), []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        self.honest()

    def honest(self) -> None:
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.answers: dict[str, tuple[int, bytes, dict[str, str]]] = {}
        self.published = [self.key.as_dict(private=False)]
        self.signed: Any = None
        self.access_token = "an-access-token"
        self.asked: dict[str, str] = {}
        self.exchanged: dict[str, str] = {}
        self.calls: Counter[str] = Counter()
        self.pause = 0.0
        self.last = ""

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def described(self) -> dict[str, Any]:
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "pushed_authorization_request_endpoint": f"{self.issuer}/par",
            "end_session_endpoint": f"{self.issuer}/end",
            "authorization_response_iss_parameter_supported": True,
            **self.metadata,
        }
        return {name: value for name, value in said.items() if value is not GONE}

    def id_token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.client_id,
            "sub": "subject-1",
            "sid": "sid-1",
            "iat": now,
            "exp": now + 120,
            "auth_time": now - 5,
            "nonce": self.asked.get("nonce", ""),
            "at_hash": half(self.access_token),
            **self.claims,
        }
        return self.sign(claims)

    def sign(self, claims: dict[str, Any], key: Any = None, **header: Any) -> str:
        claims = {name: value for name, value in claims.items() if value is not GONE}
        head = {"alg": "RS256", "kid": "k1", **self.header, **header}
        head = {name: value for name, value in head.items() if value is not GONE}
        if self.signed is not None:
            return self.signed(head, claims)
        return jwt.encode(head, claims, key or self.key, [head["alg"]])

    def logout_token(self, key: Any = None, header: dict[str, Any] | None = None, **changed: Any) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.client_id,
            "iat": now,
            "exp": now + 120,
            "jti": f"j{time.monotonic_ns()}",
            "sid": "sid-1",
            "sub": "subject-1",
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
            **changed,
        }
        return self.sign(claims, key, **{"typ": "logout+jwt", **(header or {})})

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        self.calls[path] += 1
        time.sleep(self.pause)
        if path == "/par":
            self.asked = form
        if path == "/token":
            self.exchanged = form
        if path in self.answers:
            return self.answers[path]
        if path == "/.well-known/openid-configuration":
            return page(self.described())
        if path == "/jwks":
            return page({"keys": self.published})
        if path == "/par":
            return page({"request_uri": "urn:ietf:params:oauth:request_uri:x", "expires_in": 60}, 201)
        if path == "/token":
            self.last = self.id_token()
            return page({"id_token": self.last, "access_token": self.access_token, "token_type": "Bearer"})
        return page({"error": "not_found"}, 404)


def page(said: Any, status: int = 200) -> tuple[int, bytes, dict[str, str]]:
    return status, json.dumps(said).encode(), {}


def half(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:16]).rstrip(b"=").decode()


def unpadded(said: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def unsigned(head: dict[str, Any], claims: dict[str, Any]) -> str:
    return f"{unpadded({**head, 'alg': 'none'})}.{unpadded(claims)}."


def _handler(hostile: Hostile) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(hostile.answer(self.path.partition("?")[0], {}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._send(hostile.answer(self.path.partition("?")[0], form))

        def _send(self, answer: tuple[int, bytes, dict[str, str]]) -> None:
            status, body, headers = answer
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
