"""Plain shapes and wrapped words, so that a picture is computed first and drawn after."""

from __future__ import annotations

from dataclasses import dataclass, field

from laget.design.words import clean

_NARROW = set("iljtf.,:;'|!()[] -·")
_WIDE = set("mwMW@%–—ÆæŒœ")


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Width of the text in Inter, rather too wide than too narrow."""
    total = sum(0.34 if c in _NARROW else 0.92 if c in _WIDE else 0.72 if c.isupper() else 0.6 for c in text)
    return total * size * (1.06 if bold else 1.0)


def _split_long(word: str, room: float, size: float, bold: bool) -> list[str]:
    parts = [""]
    for char in word:
        if parts[-1] and width_of(parts[-1] + char + "-", size, bold) > room:
            parts[-1] += "-"
            parts.append("")
        parts[-1] += char
    return parts


def wrap(text: object, room: float, size: float, bold: bool = False) -> list[str]:
    """Lines no wider than `room`; a word that is too long is divided, nothing is ever cut."""
    lines: list[str] = []
    for word in clean(text).split():
        fits = width_of(word, size, bold) <= room
        for part in [word] if fits else _split_long(word, room, size, bold):
            joined = f"{lines[-1]} {part}" if lines else part
            if lines and width_of(joined, size, bold) <= room:
                lines[-1] = joined
            else:
                lines.append(part)
    return lines


@dataclass(frozen=True, slots=True)
class Shape:
    """One element: `kind` is box, circle, line or text; the others are its geometry and its class in laget.css."""

    kind: str
    look: str
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    radius: float = 0
    path: str = ""
    text: str = ""
    anchor: str = "start"


@dataclass(slots=True)
class Drawing:
    """A picture with what it says in words: title, description and the same facts as a table."""

    title: str
    description: str
    head: tuple[str, ...]
    width: float = 340
    height: float = 0
    shapes: list[Shape] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def box(self, look: str, x: float, y: float, width: float, height: float, radius: float = 6) -> None:
        self.shapes.append(Shape("box", look, x, y, width, height, radius))

    def circle(self, look: str, x: float, y: float, radius: float) -> None:
        self.shapes.append(Shape("circle", look, x, y, radius=radius))

    def line(self, look: str, path: str) -> None:
        self.shapes.append(Shape("line", look, path=path))

    def text(self, look: str, x: float, y: float, text: str, anchor: str = "start") -> None:
        self.shapes.append(Shape("text", look, x, y, text=text, anchor=anchor))

    def words(self, look: str, x: float, y: float, lines: list[str], size: float, anchor: str = "start") -> float:
        """Writes lines below each other, the first baseline at y + size; gives the y below the last one."""
        for line in lines:
            y += size * 1.3
            self.text(look, x, y - size * 0.3, line, anchor)
        return y
