"""The form in which the record is sealed: the bytes of a row, what a seal states, and the line it is written as.

Form 1, on one page. Change nothing here without a new form: old seals are checked by the form they name.

- **A row** is `laget.audit/1`, its sort and the columns of COLUMNS in that order, each as PostgreSQL writes it as text,
  in UTF-8, with the time zone UTC and ISO dates. A value is its length in bytes, a colon, and the bytes; `-` for none.
  (jsonb has one spelling for a value: the order of keys and the spaces as typed are gone once it is stored.)
- **A row's hash** is its SHA-256. **The digest** of a seal is the SHA-256 of the hashes of its rows, in their order.
- **A line** is JSON, ASCII, keys sorted, no spaces: {"seal": {…}, "signature": …}. The signature (Ed25519, base64) is
  over `laget.seal/1`, a line feed and the JSON of `seal`. `previous` is the SHA-256 of the line before it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORM = 1
COLUMNS: dict[str, tuple[str, ...]] = {
    "entry": (
        "id", "at", "person", "capacity", "position", "event", "child", "object_id", "cause", "details",
    ),
    "reading": (
        "id", "at", "person", "capacity", "position", "service", "page", "children", "object_id", "kinds", "ground",
    ),
}  # fmt: skip
BEFORE_THE_FIRST = "0" * 64
LONGEST_LINE = 16_384  # bytes
LONGEST_REASON = 500  # characters

ROWS, ANCHOR = "rows", "anchor"


class Misread(Exception):
    """A line is not one that this house writes; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a seal says and signs.

    through: all that was dated before this time, less the grace for late commits, had been sealed; none until a round
    is done. An anchor says why the chain goes on although something did not hold, and what was lost; the only rows that
    it seals are those dated before all was sealed, which somebody named.
    """

    number: int
    at: str
    previous: str
    sort: str
    entries: int
    readings: int
    digest: str
    key: str
    through: str | None = None
    why: str = ""
    lost_from: int | None = None
    lost_to: int | None = None
    form: int = FORM

    @property
    def rows(self) -> int:
        return self.entries + self.readings

    @property
    def lost(self) -> range:
        """Numbers of seals whose rows this anchor declares lost."""
        return range(0) if self.lost_from is None or self.lost_to is None else range(self.lost_from, self.lost_to + 1)


def row_hash(sort: str, values: Iterable[str | None]) -> bytes:
    """The hash of a row, its columns as PostgreSQL's text."""
    parts = [b"laget.audit/1\n", sort.encode(), b"\n"]
    for value in values:
        if value is None:
            parts.append(b"-")
        else:
            raw = value.encode()
            parts += [str(len(raw)).encode(), b":", raw]
    return hashlib.sha256(b"".join(parts)).digest()


def digest(hashes: Iterable[bytes]) -> str:
    """The digest of a seal's rows, in their order."""
    return hashlib.sha256(b"".join(hashes)).hexdigest()


def line_hash(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def clock(moment: datetime) -> str:
    """A time as a seal writes it: UTC, always six decimals."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(text: str) -> datetime:
    """The time that `clock` wrote. Raises ValueError."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def key_name(public: bytes) -> str:
    """How a seal names the key that signed it."""
    return hashlib.sha256(public).hexdigest()[:16]


def public_of(private: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(statement: Statement, private: bytes) -> str:
    """The line of a seal."""
    body = asdict(statement)
    signature = Ed25519PrivateKey.from_private_bytes(private).sign(_signed(body))
    return _json({"seal": body, "signature": base64.b64encode(signature).decode()})


def read_line(line: str) -> Statement:
    """What a line states; its signature is not checked. Raises Misread."""
    try:
        found = json.loads(line)
        body = found["seal"]
        statement = Statement(**body)
        spelled = _json(found) == line and set(found) == {"seal", "signature"}
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Misread("it can't be read as a seal") from None
    if not spelled or set(body) != {field.name for field in fields(Statement)}:
        raise Misread("it is not written as a seal is written")
    _check_types(statement)
    return statement


def _check_types(statement: Statement) -> None:
    numbers = (statement.number, statement.entries, statement.readings, statement.form)
    texts = (statement.at, statement.previous, statement.sort, statement.digest, statement.key, statement.why)
    if not all(type(one) is int and one >= 0 for one in numbers) or not all(type(one) is str for one in texts):
        raise Misread("a part of it is of the wrong kind")
    if statement.form != FORM or statement.sort not in (ROWS, ANCHOR):
        raise Misread("it is of a form that this version does not know")
    if not all(one is None or type(one) is int for one in (statement.lost_from, statement.lost_to)):
        raise Misread("a part of it is of the wrong kind")
    try:
        moment(statement.at)
        moment(statement.through or statement.at)
    except (ValueError, TypeError):
        raise Misread("a time in it is not a time") from None


def is_signed(line: str, public: bytes) -> bool:
    """Whether the line was signed by this key. The line must be one that `read_line` takes."""
    found = json.loads(line)
    try:
        signature = base64.b64decode(found["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _signed(found["seal"]))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def signer(statement: Statement, line: str, keys: Sequence[bytes]) -> int | None:
    """The place in `keys` (oldest first) of the key that signed the line; None when none of them did."""
    for place, public in enumerate(keys):
        if key_name(public) == statement.key and is_signed(line, public):
            return place
    return None


def _signed(body: Any) -> bytes:
    return b"laget.seal/1\n" + _json(body).encode()


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
