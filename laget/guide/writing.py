"""Writes a guide as TOML that people read: the settled whole of a file and all it builds on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from laget.guide.layers import Keyed, is_text

_BARE = re.compile(r"^[A-Za-z0-9_-]+$")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def toml(layer: Mapping[str, Any]) -> str:
    """The TOML of a settled layer; reading it gives the same guide."""
    return "\n".join(_table(layer, "")) + "\n"


def _table(table: Mapping[str, Any], place: str) -> Iterator[str]:
    inner = {name: value for name, value in table.items() if _is_table(value)}
    for name, value in table.items():
        if name not in inner:
            yield from _value(_key(name), value)
    for name, value in inner.items():
        here = f"{place}.{_key(name)}" if place else _key(name)
        yield from _list(value, here) if isinstance(value, Keyed) else _named(value, here)


def _named(value: Mapping[str, Any], place: str) -> Iterator[str]:
    yield ""
    yield f"[{place}]"
    yield from _table(value, place)


def _list(items: Keyed, place: str) -> Iterator[str]:
    for item in items.values():
        yield ""
        yield f"[[{place}]]"
        yield from _table(item, place)


def _is_table(value: Any) -> bool:
    """Texts stand as dotted keys inside their table; words as a table of their own."""
    if isinstance(value, Keyed):
        return bool(value)
    if not isinstance(value, Mapping) or not value:
        return False
    return not is_text(value) or any(isinstance(one, list) for one in value.values())


def _value(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for language, said in value.items():
            yield f"{key}.{language} = {_plain(said)}"
    else:
        yield f"{key} = {_plain(value)}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{"".join(_escaped(one) for one in value)}"'
    if isinstance(value, list):
        return f"[{', '.join(_plain(one) for one in value)}]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_plain(one)}" for name, one in value.items()) + " }"
    return value.isoformat() if isinstance(value, date) else str(value)


def _escaped(one: str) -> str:
    return _ESCAPES.get(one) or (f"\\u{ord(one):04x}" if ord(one) < 32 or ord(one) == 127 else one)


def _key(name: str) -> str:
    return name if _BARE.match(name) else _plain(name)
