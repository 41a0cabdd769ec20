"""Collects what is wrong in a guide file, each fault with its line and place, so that all are said at once."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

_TABLE = re.compile(r"^\[([\w.-]+)\]")
_ITEM = re.compile(r"^\[\[([\w.-]+)\]\]")
_KEY = re.compile(r"^([\w.-]+)\s*=")


@dataclass(frozen=True)
class Fault:
    """`line` is 0 when the place is nowhere in the file: something is missing."""

    line: int
    place: str
    message: str

    def __str__(self) -> str:
        where = f"line {self.line}, " if self.line else ""
        return f"{where}{self.place}: {self.message}"


class GuideFaults(ValueError):
    """The file is no guide. Each fault says what is wrong, where, and what is allowed."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(one) for one in faults))
        self.faults = faults


@dataclass
class Faults:
    """The faults found so far, and where each place stands in the source."""

    lines: dict[str, int]
    found: list[Fault] = field(default_factory=list)

    def add(self, place: str, message: str) -> None:
        self.found.append(Fault(self._line(place), place, message))

    def _line(self, place: str) -> int:
        """The line of the place, or of the nearest that holds it."""
        while place:
            if place in self.lines:
                return self.lines[place]
            place = place.rpartition(".")[0]
        return 0

    def raise_any(self) -> None:
        if self.found:
            raise GuideFaults(tuple(sorted(self.found, key=lambda one: one.line)))


def lines_of(source: str) -> dict[str, int]:
    """The line of every table, list item and key: `level[1]`, `level[1].name.nb`."""
    places: dict[str, int] = {}
    counts: Counter[str] = Counter()
    here = ""
    for number, line in enumerate(source.splitlines(), start=1):
        if item := _ITEM.match(line):
            here = f"{item[1]}[{counts[item[1]]}]"
            counts[item[1]] += 1
            places[here] = number
        elif table := _TABLE.match(line):
            here = table[1]
            places[here] = number
        elif key := _KEY.match(line):
            places[f"{here}.{key[1]}" if here else key[1]] = number
    return places
