"""Reads what an operator brings from the population register: one JSON object on a line, each fault by its line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from laget.people.rules import InvalidNationalNumber, read_national_number
from laget.protection.rules.levels import LEVELS

NAMES = frozenset({"number", "level", "seen", "homes"})


class BadLine(ValueError):
    """Which line is wrong, and what is allowed there. Never the number or the address that stood in it."""


@dataclass(frozen=True)
class Line:
    """One person: national number, level (None: the register did not say), when it was seen, and where it lives."""

    number: str
    level: str | None
    seen: datetime
    homes: tuple[str, ...]


def read(lines: Iterable[str], today: date) -> Iterator[Line]:
    """Each line that is not empty. Raises BadLine."""
    for place, text in enumerate(lines, 1):
        if text.strip():
            try:
                yield _line(text, today)
            except BadLine as fault:
                raise BadLine(f"line {place}: {fault}") from None


def _line(text: str, today: date) -> Line:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise BadLine("is not JSON") from None
    if not isinstance(data, dict) or not {"number", "seen"} <= set(data) <= NAMES:
        raise BadLine(f"is to be an object with number and seen; allowed: {', '.join(sorted(NAMES))}")
    return Line(_number(data["number"], today), _level(data.get("level")), _seen(data["seen"]), _homes(data))


def _number(given: Any, today: date) -> str:
    try:
        return read_national_number(given if isinstance(given, str) else "", today).digits
    except InvalidNationalNumber:
        raise BadLine("number is no national number") from None


def _level(given: Any) -> str | None:
    if given is not None and given not in list(LEVELS):
        raise BadLine(f"level is to be one of {', '.join(LEVELS)}, or null when the register did not say")
    return str(given) if given else None


def _seen(given: Any) -> datetime:
    try:
        seen = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        seen = None
    if seen is None or seen.tzinfo is None:
        raise BadLine("seen is to be a time with its zone, such as 2026-11-25T06:00:00+01:00")
    return seen


def _homes(data: dict[str, Any]) -> tuple[str, ...]:
    homes = data.get("homes", [])
    if not isinstance(homes, list) or not all(isinstance(one, str) for one in homes):
        raise BadLine("homes is to be a list of addresses, each in one line")
    return tuple(homes)
