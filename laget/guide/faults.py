"""Collects what is wrong in a guide file, each fault with its file, line and place, so that all are said at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """`line` is 0 when the place is nowhere in the file: something is missing. `file` is empty when it has no name."""

    line: int
    place: str
    message: str
    file: str = ""

    def __str__(self) -> str:
        where = f"line {self.line}, " if self.line else ""
        return f"{self.file + ': ' if self.file else ''}{where}{self.place}: {self.message}"


class GuideFaults(ValueError):
    """The file is no guide. Each fault says what is wrong, where, and what is allowed."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(one) for one in faults))
        self.faults = faults


def refused(message: str, *, place: str = "file", file: str = "", line: int = 0) -> GuideFaults:
    """The one fault that ends the reading."""
    return GuideFaults((Fault(line, place, message, file),))


Source = tuple[str, str, Mapping[str, int]]


@dataclass
class Faults:
    """The faults found so far. `sources`: for each layer what its places begin with here, its file, and its lines.

    The uppermost layer stands first. A place may be read out of a part of a file (a variant): its own beginning is
    then left out while reading, and said again in the fault.
    """

    sources: list[Source] = field(default_factory=list)
    found: list[Fault] = field(default_factory=list)

    def add(self, place: str, message: str) -> None:
        beginning, file, line = self._where(place)
        one = Fault(line, beginning + place, message, file)
        if one not in self.found:
            self.found.append(one)

    def _where(self, place: str) -> tuple[str, str, int]:
        """The layer and line of the place, or of the nearest that holds it; the uppermost layer that says it."""
        while place:
            for beginning, file, lines in self.sources:
                if beginning + place in lines:
                    return beginning, file, lines[beginning + place]
            place = place.rpartition(".")[0]
        return "", self._own(), 0

    def _own(self) -> str:
        return next((file for beginning, file, _ in self.sources if not beginning), "")

    def raise_any(self) -> None:
        if self.found:
            raise GuideFaults(tuple(sorted(self.found, key=lambda one: (one.file, one.line))))
