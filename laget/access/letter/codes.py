"""What somebody without an electronic id knows and has: how it is made, written, kept and compared."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b32encode
from urllib.parse import quote

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from laget.access.sealing import index

_DIGITS = "0123456789"
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without the letters that are taken for digits; what is typed instead of them is read as the digit."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
NAME_LENGTH = 8
LETTER_LENGTH = 16
"""Eighty bits: nobody guesses it, whatever they may try."""
PASSWORD_LEAST = 10
PASSWORD_MOST = 128
CODE_LENGTH = 6
STEP = 30
"""Seconds that one code of an authenticator lasts (RFC 6238)."""
KEY_LENGTH = 20
"""Bytes of the second factor's secret (RFC 4226 asks for 160 bits)."""


def new_name() -> str:
    """The name one signs in with: digits, so that it says nothing about anybody."""
    return "".join(secrets.choice(_DIGITS) for _ in range(NAME_LENGTH))


def new_letter() -> str:
    """The code of the letter: good for one time."""
    return "".join(secrets.choice(_LETTERS) for _ in range(LETTER_LENGTH))


def new_key() -> bytes:
    """The secret that the person's own authenticator shares with us."""
    return secrets.token_bytes(KEY_LENGTH)


def plain(typed: str) -> str:
    """As it was made, however it is typed off a paper."""
    return "".join(one for one in typed.upper() if one.isalnum()).translate(_READ_AS)[:64]


def spaced(text: str) -> str:
    """In groups of four, to be read and typed."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def name_mark(typed: str) -> bytes:
    """What a sign-in name is looked up by; the name itself is kept nowhere."""
    return index(f"letter-name|{plain(typed)}")


def letter_mark(typed: str) -> bytes:
    """What the letter's code is compared with."""
    return index(f"letter-code|{plain(typed)}")


def stretched(password: str, salt: bytes) -> bytes:
    """A password as it is kept: slow to try, and worth nothing without this installation's key."""
    slow = hashlib.scrypt(password.encode(errors="replace"), salt=salt, n=2**14, r=8, p=1, dklen=32)
    return index(f"letter-password|{slow.hex()}")


def weak(password: str, name: str) -> bool:
    """Whether a password is too easy: short, few different signs, or the sign-in name itself."""
    same = bool(name) and plain(name) in plain(password)
    return len(password) < PASSWORD_LEAST or len(set(password)) < PASSWORD_LEAST // 2 or same


def matching_step(key: bytes, typed: str, now: int) -> int | None:
    """Which half minute a typed code belongs to (one before and one after `now` count), or None. Seconds since 1970."""
    code = "".join(typed.split()).encode(errors="replace")
    clock = TOTP(key, CODE_LENGTH, SHA1(), STEP)  # noqa: S303 - what authenticators speak; HMAC leans on no collision
    found = None
    for step in range(now // STEP - 1, now // STEP + 2):
        if hmac.compare_digest(clock.generate(step * STEP), code):
            found = step
    return found


def key_text(key: bytes) -> str:
    """The secret as an authenticator takes it."""
    return b32encode(key).decode()


def key_address(key: bytes) -> str:
    """What opens an authenticator on the same device, with the secret. Names nobody."""
    return f"otpauth://totp/{quote('Laget')}?secret={key_text(key)}&issuer={quote('Laget')}"


QUIET = 4
"""Empty modules around a square code, so that a camera finds it (ISO/IEC 18004)."""


def square(address: str) -> tuple[int, str]:
    """The address as a square code: how many modules its side has, and the dark ones as one SVG path."""
    rows = segno.make(address, error="m", micro=False).matrix
    dark = (f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, one in enumerate(row) if one)
    return len(rows) + 2 * QUIET, "".join(dark)
