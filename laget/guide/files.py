"""Opens a guide file a stranger may have made: only a plain text file of sensible size and depth is read at all."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from laget.guide.faults import refused
from laget.guide.lines import depth_at_start

LARGEST = 512 * 1024
"""Bytes. The largest model we know, with every text in three languages, is a quarter of it."""
LONGEST_LINE = 4_000
MOST_PARTS = 20
"""Of one dotted name: the standard reader takes time by the square of it."""
DEEPEST = 10
MOST_VALUES = 20_000

_LINE = re.compile(r"at line (\d+)")
_STARTS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_file(path: Path) -> str:
    """The text of a guide file. Raises GuideFaults for what is no plain UTF-8 text of sensible size."""
    name = path.name
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as fault:
        said = "is a symbolic link" if path.is_symlink() else f"cannot be opened: {fault.strerror or fault}"
        raise refused(f"{said}; allowed: a file that can be read", file=name) from None
    except ValueError:
        raise refused("has a name that no file can have", file="file") from None
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)
        raise refused("is no file (a folder or a device); allowed: one TOML file", file=name)
    with os.fdopen(handle, "rb") as file:
        _size(about.st_size, name)
        return decoded(file.read(LARGEST + 1), name)


def _size(size: int, name: str) -> None:
    if size > LARGEST:
        raise refused(f"is {size} bytes; allowed: at most {LARGEST}", file=name)


def decoded(content: bytes, name: str = "") -> str:
    """The text of a file's bytes."""
    _size(len(content), name)
    if content[:2] in _STARTS:
        raise refused("is written in UTF-16; allowed: UTF-8. Save it again as UTF-8", file=name)
    if b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        raise refused("has a null byte; allowed: text in UTF-8", file=name, line=line)
    try:
        return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise refused(
            "is not UTF-8 (perhaps Latin-1); allowed: UTF-8. Save it again as UTF-8",
            file=name,
            line=line,
        ) from None


def parsed(source: str, name: str = "") -> dict[str, Any]:
    """The tables of a TOML text. Raises GuideFaults for what is not TOML, or is built to be too much."""
    _size(len(source.encode("utf-8", "surrogatepass")), name)
    for number, line in enumerate(source.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            raise refused(f"is {len(line)} characters long; allowed: at most {LONGEST_LINE}", file=name, line=number)
        if line.count(".") > MOST_PARTS and depth_at_start(line) > MOST_PARTS:
            raise refused(f"has a name of more than {MOST_PARTS} parts", file=name, line=number)
    try:
        found = tomllib.loads(source)
    except RecursionError:
        raise refused(f"is too deep; allowed: at most {DEEPEST} tables inside each other", file=name) from None
    except ValueError as broken:
        at = int((_LINE.search(str(broken)) or [0, 0])[1])
        raise refused(f"is not TOML: {broken}", file=name, line=at) from None
    _bounded(found, name)
    return found


def _bounded(found: dict[str, Any], name: str) -> None:
    """Counts without recursion, so that depth itself cannot break the counting."""
    level: list[Any] = [found]
    count = 0
    for _ in range(DEEPEST):
        level = [one for table in level for one in _inner(table)]
        count += len(level)
        if count > MOST_VALUES:
            raise refused(f"holds more than {MOST_VALUES} values", file=name)
        if not level:
            return
    raise refused(f"is too deep; allowed: at most {DEEPEST} tables inside each other", file=name)


def _inner(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        return list(value.values())
    return value if isinstance(value, list) else []


_PRESET = re.compile(r"^[a-z][a-z0-9_-]{0,39}$")


def preset(name: str) -> str | None:
    """The text of a model that comes with the product, by its name; None when there is none."""
    if not _PRESET.match(name):
        return None
    for folder in ("data", "data/places"):
        found = files("laget.guide").joinpath(f"{folder}/{name}.toml")
        if found.is_file():
            return found.read_text(encoding="utf-8")
    return None


def presets() -> tuple[str, ...]:
    """The names of the models that come with the product."""
    folders = [files("laget.guide").joinpath(one) for one in ("data", "data/places")]
    names = [one.name for folder in folders if folder.is_dir() for one in folder.iterdir()]
    return tuple(sorted(one.removesuffix(".toml") for one in names if one.endswith(".toml")))
