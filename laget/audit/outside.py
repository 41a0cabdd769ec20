"""The seals outside the database: a folder of files to which lines are only ever added, one file for each month."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from laget.audit.rules import LONGEST_LINE, Misread, Statement, read_line

FILE = re.compile(r"seals-\d{4}-\d{2}\.jsonl")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands. `whole` is false when it has no end: its writer was stopped in the middle."""

    file: str
    place: int
    text: str
    whole: bool

    @property
    def where(self) -> str:
        return f"{self.file}, line {self.place}"

    def statement(self) -> Statement:
        """Raises Misread."""
        if not self.whole:
            raise Misread("it has no end")
        return read_line(self.text)


class Folder:
    """The folder; it is made when the first line is written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def files(self) -> list[Path]:
        """The files in the order of their months. Raises OSError when the folder can't be read."""
        if not self.path.exists():
            return []
        return sorted(one for one in self.path.iterdir() if FILE.fullmatch(one.name))

    def lines(self) -> Iterator[Line]:
        """Every line, oldest first, one at a time."""
        for path in self.files():
            with path.open("rb") as file:
                place = 0
                while raw := file.readline(LONGEST_LINE):
                    place += 1
                    yield _line(path, place, raw)

    def tail(self) -> tuple[Line | None, str]:
        """The last whole line, and what follows it without an end."""
        fragment = ""
        for path in reversed(self.files()):
            pieces = _end_of(path).split(b"\n")
            fragment = fragment or _text(pieces[-1])
            whole = [piece for piece in pieces[:-1] if piece]
            if whole:
                return _line(path, 0, whole[-1] + b"\n"), fragment
        return None, fragment

    def append(self, line: str, *, begun: str = "") -> None:
        """Add the line to its month's file and wait until it is on the disk. `begun` is what stands of it already."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.path / f"seals-{read_line(line).at[:7]}.jsonl"
        new = not path.exists()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            _write(handle, line[len(begun) :].encode() + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
        if new:
            _keep_name(self.path)


def _line(path: Path, place: int, raw: bytes) -> Line:
    return Line(path.name, place, _text(raw.removesuffix(b"\n")), raw.endswith(b"\n"))


def _text(raw: bytes) -> str:
    return raw.decode("ascii", "replace")


def _end_of(path: Path) -> bytes:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 2 * LONGEST_LINE))
        return file.read()


def _write(handle: int, raw: bytes) -> None:
    while raw:
        raw = raw[os.write(handle, raw) :]


def _keep_name(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
