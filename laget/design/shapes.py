"""Plain shapes and wrapped words, so that a picture is computed first and drawn after."""

from __future__ import annotations

from dataclasses import dataclass, field

from laget.design.words import clean

_WIDTHS = (  # measured in Inter, as parts of the size, rather too wide than too narrow
    ("ijlI .,·:;'|!", 0.29),
    ("tfr()/1-", 0.42),
    ("sackvxyzåJL7–", 0.57),
    ("GHNOQUØ", 0.77),
    ("wmæMWÆ@%—", 0.95),
)
_WIDTH = {char: width for chars, width in _WIDTHS for char in chars}
_SHORTEST_PART = 4


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Width of the text in the same unit as `size`."""
    total = sum(_WIDTH.get(c, 0.7 if c.isupper() else 0.63) for c in text)
    return total * size * (1.05 if bold else 1.0)


def _split_long(word: str, room: float, size: float, bold: bool) -> list[str]:
    """Divides a word that is wider than the room; neither part becomes a crumb."""
    cut = len(word) - 1
    while cut > 1 and width_of(word[:cut] + "-", size, bold) > room:
        cut -= 1
    if len(word) > 2 * _SHORTEST_PART:
        cut = max(_SHORTEST_PART, min(cut, len(word) - _SHORTEST_PART))
    head, rest = word[:cut] + "-", word[cut:]
    return [
        head,
        *(_split_long(rest, room, size, bold) if width_of(rest, size, bold) > room and len(rest) > 1 else [rest]),
    ]


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
