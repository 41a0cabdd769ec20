"""Sends an upload through the wash, and asks the scanner about it: what is kept is never what was sent."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from laget.kernel.patience import left, within
from laget.kernel.text import N_

WASH = Path(__file__).with_name("washing.py")
LONGEST_WAIT = 30
"""Seconds by the clock, on a machine that is busy."""
CHUNK = 64 * 1024
REASONS = {
    "not_ours": N_("This is no PDF, PNG or JPEG. Save it as one of these, or take a photo of it."),
    "broken": N_("The file can't be read. Save it anew, or take a photo of it."),
    "too_large": N_("The picture is too large. Take a smaller photo."),
    "locked": N_("The document has a password. Save it without, or take a photo of it."),
    "too_long": N_("The document has too many pages, or none. There is room for 100."),
}


class Unclean(Exception):
    """The file is not taken; `reason` is a sentence to translate."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.reason = REASONS.get(code, REASONS["broken"])


@dataclass(frozen=True)
class Clean:
    """What was made of an upload."""

    kind: str
    pages: int
    content: bytes


def clean(content: bytes) -> Clean:
    """The upload made anew in a process without keys. Raises Unclean."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(WASH)], input=content, capture_output=True, timeout=LONGEST_WAIT, check=True,
            env={}, cwd=os.sep,
        )  # fmt: skip
        line, _newline, fresh = done.stdout.partition(b"\n")
        said = json.loads(line)
    except (subprocess.SubprocessError, ValueError):
        raise Unclean("broken") from None
    if "refused" in said:
        raise Unclean(said["refused"])
    return Clean(said["kind"], said["pages"], fresh)


class Silent(Exception):
    """There is a scanner, and it did not answer for this file."""


class Away(Silent):
    """Nor would it for another: nobody is there, or it was too slow."""


def has_scanner() -> bool:
    return bool(settings.LAGET_CLAMD)


def harmful(content: bytes) -> bool:
    """What clamd says of these bytes. Raises Silent: what nobody has answered for is not opened."""
    try:
        with within(settings.LAGET_CLAMD_SECONDS), _reach() as line:
            said = _asked(line, content)
    except OSError:
        raise Away from None
    if said.endswith("FOUND"):
        return True
    if said == "stream: OK":
        return False
    raise Silent


def _asked(line: socket.socket, content: bytes) -> str:
    """Every wait is cut to what is left of the one deadline. Raises OSError."""
    parts = (content[at : at + CHUNK] for at in range(0, len(content), CHUNK))
    for sent in (b"zINSTREAM\0", *(len(part).to_bytes(4, "big") + part for part in parts), bytes(4)):
        line.settimeout(left())
        line.sendall(sent)
    said = b""
    while not said.endswith(b"\0") and len(said) < 4096:
        line.settimeout(left())
        part = line.recv(4096)
        if not part:
            break
        said += part
    return said.rstrip(b"\0\n").decode("ascii", "replace")


def _reach() -> socket.socket:
    """clamd's socket: a path, or host:port."""
    where = settings.LAGET_CLAMD
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(left())
        line.connect(where)
        return line
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=left())
