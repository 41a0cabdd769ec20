"""Finds the files a guide builds on: presets of the product, or files in the same folder."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from laget.guide.faults import refused
from laget.guide.files import parsed, preset, presets, read_file
from laget.guide.lines import lines_of

LONGEST = 5
_FILE = re.compile(r"^[\w-][\w.-]{0,80}\.toml$")

Finder = Callable[[str], str | None]


@dataclass(frozen=True)
class Source:
    """One layer as it stands in its file."""

    name: str
    text: str
    data: dict[str, Any]
    lines: dict[str, int]


def source(text: str, name: str) -> Source:
    """A layer from its text. Raises GuideFaults when it is not TOML."""
    return Source(name, text, parsed(text, name), lines_of(text))


def chain(text: str, name: str = "", find: Finder = preset) -> list[Source]:
    """The file and all it builds on, the uppermost first. Raises GuideFaults for a ring or what is not found."""
    found = [source(text, name)]
    names = [name]
    while below := _extends(found[-1]):
        if below in names:
            raise _fault(found[-1], f"{below!r} builds on this one again: {' → '.join([*names, below])}")
        if len(found) == LONGEST:
            raise _fault(found[-1], f"{below!r} is one layer too many; allowed: {LONGEST} files")
        said = find(below)
        if said is None:
            raise _fault(
                found[-1], f"{below!r} is not known; allowed: {', '.join(presets())}, or a file beside this one"
            )
        found.append(source(said, below))
        names.append(below)
    return found


def _extends(one: Source) -> str:
    about = one.data.get("guide")
    below = about.get("extends", "") if isinstance(about, dict) else ""
    if not isinstance(below, str):
        raise _fault(one, "is not allowed; allowed: the name of a model in quotes")
    return below


def _fault(one: Source, message: str) -> Exception:
    return refused(message, place="guide.extends", file=one.name, line=one.lines.get("guide.extends", 0))


def beside(folder: Path) -> Finder:
    """Finds presets, and files that lie in a folder; never outside it."""

    def find(name: str) -> str | None:
        if not _FILE.match(name):
            return preset(name)
        return read_file(folder / name) if (folder / name).exists() else None

    return find
