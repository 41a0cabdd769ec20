"""Throw-away keys, so that neither tests nor the type checker need anything in the environment."""

import base64
import os
import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def random_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def seal_pair() -> tuple[str, str]:
    """A private key of seals and its public half."""
    private = Ed25519PrivateKey.generate()
    return base64.b64encode(private.private_bytes_raw()).decode(), base64.b64encode(
        private.public_key().public_bytes_raw()
    ).decode()


def put_in_environment() -> None:
    for name, value in (
        ("LAGET_SECRET_KEY", secrets.token_urlsafe(48)),
        ("LAGET_DATA_KEYS", random_key()),
        ("LAGET_INDEX_KEY", random_key()),
    ):
        os.environ.setdefault(name, value)
    if "LAGET_SEAL_KEY" not in os.environ:
        os.environ["LAGET_SEAL_KEY"], os.environ["LAGET_SEAL_PUBLIC_KEYS"] = seal_pair()
