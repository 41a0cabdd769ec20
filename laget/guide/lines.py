"""Finds the line of every table, item and key of a TOML file, since the standard reader forgets them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_NAME = rf"{_PART}(?:\s*\.\s*{_PART})*"
_ITEM = re.compile(rf"^\[\[\s*({_NAME})\s*\]\]")
_TABLE = re.compile(rf"^\[\s*({_NAME})\s*\]")
_KEY = re.compile(rf"^({_NAME})\s*=")
_START = re.compile(rf"^[\s\[]*({_NAME})")
_TOKEN = re.compile(
    r"""'{3}.*?(?:'{3}|\Z)|"{3}(?:\\.|.)*?(?:"{3}|\Z)|"(?:\\.|[^"\n])*"?|'[^'\n]*'?|\#[^\n]*|[\[\]{}\n]""",
    re.DOTALL,
)
_OPENS, _CLOSES = "[{", "]}"


def lines_of(source: str) -> dict[str, int]:
    """The line of every table, list item and key: `level[1]`, `level[1].name.nb`, `form[0].field[2].name`."""
    places: dict[str, int] = {}
    counts: Counter[str] = Counter()
    here = ""
    for number, line in _statements(source):
        if item := _ITEM.match(line):
            name = _within(_parts(item[1]), counts)
            here = f"{name}[{counts[name]}]"
            counts[name] += 1
            places[here] = number
        elif table := _TABLE.match(line):
            *above, last = _parts(table[1])
            here = _joined(_within([*above, ""], counts).rstrip("."), last)
            places.setdefault(here, number)
        elif key := _KEY.match(line):
            places.setdefault(_joined(here, ".".join(_parts(key[1]))), number)
    return places


def depth_at_start(line: str) -> int:
    """How many parts the dotted name has that a line begins with; 0 when it begins with none."""
    found = _START.match(line)
    return len(_parts(found[1])) if found else 0


def _joined(before: str, after: str) -> str:
    return f"{before}.{after}" if before else after


def _parts(name: str) -> list[str]:
    return [one.strip("\"'") for one in re.findall(_PART, name)]


def _within(parts: list[str], counts: Counter[str]) -> str:
    """The full place of a name: a list above it means its latest item."""
    place = ""
    for one in parts[:-1]:
        place = _joined(place, one)
        if place in counts:
            place = f"{place}[{counts[place] - 1}]"
    return _joined(place, parts[-1])


def _statements(source: str) -> Iterator[tuple[int, str]]:
    """Each line on which something begins, with its number: not inside a text or a list over several lines."""
    open_brackets, number, start = 0, 1, 0
    inside = False
    for token in _TOKEN.finditer(source):
        said = token[0]
        if said != "\n":
            open_brackets = max(0, open_brackets + (said in _OPENS) - (said in _CLOSES))
            number += said.count("\n")
            continue
        if not inside:
            yield number - source.count("\n", start, token.start()), source[start : token.start()].strip()
        number, start, inside = number + 1, token.end(), open_brackets > 0
    if not inside:
        yield number - source.count("\n", start), source[start:].strip()
