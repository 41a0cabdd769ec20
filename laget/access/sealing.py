"""Sealing what is kept (AES-GCM, a list of keys, the first one seals) and indexing what is looked up (HMAC)."""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class Unsealable(Exception):
    """No key of this installation opens it."""


def _keys() -> list[bytes]:
    return list(settings.LAGET_DATA_KEYS)


def seal(plain: bytes, about: str) -> bytes:
    """Seal bytes; `about` must be the same when they are opened."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_keys()[0]).encrypt(nonce, plain, about.encode())


def unseal(sealed: bytes, about: str) -> bytes:
    """Open with whichever key fits. Raises Unsealable."""
    sealed = bytes(sealed)
    for key in _keys():
        try:
            return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
        except (InvalidTag, ValueError):  # cut short, there is no nonce to try
            continue
    raise Unsealable


def index(value: str) -> bytes:
    """The keyed index of a national number."""
    return hmac.new(settings.LAGET_INDEX_KEY, value.encode(), hashlib.sha256).digest()
