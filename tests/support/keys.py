"""Throw-away keys, so that neither tests nor the type checker need anything in the environment."""

import base64
import os
import secrets


def random_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def put_in_environment() -> None:
    for name, value in (
        ("LAGET_SECRET_KEY", secrets.token_urlsafe(48)),
        ("LAGET_DATA_KEYS", random_key()),
        ("LAGET_INDEX_KEY", random_key()),
    ):
        os.environ.setdefault(name, value)
