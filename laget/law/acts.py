"""The legal register: every rule that leans on a law cites it from here, and a section can be succeeded as data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

NEVER = date(9999, 1, 1)
"""Stands for "no end known", and for "adopted, start not decided" when it is a beginning."""


class UnknownSection(LookupError):
    """No such section in the register, or none that was in force that day."""


@dataclass(frozen=True)
class Act:
    """One act or regulation: `code` is the register's own short name, `law_id` that of Lovdata."""

    code: str
    law_id: str
    title: str
    short: str
    valid_from: date
    valid_to: date
    welfare: bool


@dataclass(frozen=True)
class Section:
    """One edition of one section. `valid_to` is the first day it no longer holds."""

    act: Act
    number: str
    heading: str
    valid_from: date
    valid_to: date
    successor: str
    summaries: Mapping[str, str]

    @property
    def code(self) -> str:
        """The key others use: `BHL § 2 a`."""
        return f"{self.act.code} {self.number}"

    def summary(self, language: str) -> str:
        """What it says, in the register's own words; English when asked for, otherwise bokmål."""
        return self.summaries["en" if language == "en" else "nb"]

    def holds(self, on: date) -> bool:
        return self.valid_from <= on < self.valid_to


class Register:
    """All editions of all sections, found by code and day."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self._editions: dict[str, list[Section]] = {}
        for one in sections:
            self._editions.setdefault(one.code, []).append(one)

    def __iter__(self) -> Iterator[Section]:
        return iter([one for editions in self._editions.values() for one in editions])

    def editions(self, code: str) -> tuple[Section, ...]:
        """Every edition of a section, as it stands in the data."""
        return tuple(self._editions.get(code, ()))

    def section(self, code: str, on: date) -> Section:
        """The edition in force that day; a section that has ended answers with its successor."""
        seen: set[str] = set()
        while code and code not in seen:
            seen.add(code)
            editions = self._editions.get(code, [])
            for one in editions:
                if one.holds(on):
                    return one
            ended = [one for one in editions if one.valid_to <= on]
            code = max(ended, key=lambda one: one.valid_to).successor if ended else ""
        raise UnknownSection(f"{sorted(seen)[0] if seen else code}: not in force on {on.isoformat()}")


def read(source: Mapping[str, Any]) -> Register:
    """A register from parsed TOML; see data/statutes.toml for its shape."""
    return Register(_section(_act(entry), one) for entry in source["act"] for one in entry["sections"])


def _act(entry: Mapping[str, Any]) -> Act:
    return Act(
        code=entry["code"],
        law_id=entry["law_id"],
        title=entry["title"],
        short=entry["short"],
        valid_from=entry.get("from", NEVER),
        valid_to=entry.get("to", NEVER),
        welfare=entry.get("welfare", False),
    )


def _section(act: Act, one: Mapping[str, Any]) -> Section:
    return Section(
        act=act,
        number=one["no"],
        heading=one["heading"],
        valid_from=one.get("from", act.valid_from),
        valid_to=one.get("to", act.valid_to),
        successor=one.get("successor", ""),
        summaries={"nb": one["nb"], "en": one["en"]},
    )


@cache
def register() -> Register:
    """The register that comes with the product."""
    return read(tomllib.loads(files("laget.law").joinpath("data/statutes.toml").read_text(encoding="utf-8")))


def section(code: str, on: date) -> Section:
    """The section `code` (`BHL § 2 a`) as it stands on a day, or what succeeded it. Raises UnknownSection."""
    return register().section(code, on)


def acts() -> tuple[Act, ...]:
    """Every act of the register, in its order."""
    return tuple(dict.fromkeys(one.act for one in register()))


def cite(code: str, on: date) -> str:
    """How a letter names it: `barnehageloven § 2 a`."""
    found = section(code, on)
    return f"{found.act.short} {found.number}"


def together(sections: Iterable[Section]) -> str:
    """Several, each act named once and its sections in order: `forvaltningsloven §§ 16 og 27, barnelova § 31`."""
    by_act: dict[str, dict[str, None]] = {}
    for one in sections:
        by_act.setdefault(one.act.short, {})[one.number.removeprefix("§ ")] = None
    return ", ".join(f"{act} {_listed(sorted(numbers, key=_in_order))}" for act, numbers in by_act.items())


def cite_all(codes: Iterable[str], on: date) -> str:
    """How a page names several: as `together`, of sections by their codes."""
    return together(section(code, on) for code in codes)


def _listed(numbers: Sequence[str]) -> str:
    *first, last = numbers
    return f"§§ {', '.join(first)} og {last}" if first else f"§ {last}"


def _in_order(number: str) -> list[tuple[int, str]]:
    """`7-2` before `7-2 a`, and `9` before `13`."""
    return [(int(digits or 0), letters) for digits, letters in re.findall(r"(\d+)|([a-zæøå]+)", number)]
