"""Reads one table of a guide file value by value, noting every fault instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from laget.guide.faults import Faults
from laget.guide.values import Text

_E = TypeVar("_E", bound=StrEnum)
LANGUAGES = ("nb", "en")


class Part:
    """A table with its place in the file. Each method names a key; `done` finds keys that nobody asked for."""

    def __init__(self, data: Any, place: str, faults: Faults) -> None:
        self.place = place
        self._faults = faults
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        self._asked: set[str] = set()
        if not isinstance(data, Mapping):
            faults.add(place, "must be a table")

    def fault(self, name: str, message: str) -> None:
        self._faults.add(f"{self.place}.{name}" if self.place else name, message)

    def has(self, name: str) -> bool:
        return name in self._data

    def _value(self, name: str, sort: type, allowed: str) -> Any:
        self._asked.add(name)
        found = self._data.get(name)
        wrong_bool = isinstance(found, bool) and sort is not bool
        if isinstance(found, sort) and not wrong_bool:
            return found
        said = "is missing" if name not in self._data else "is not allowed"
        self.fault(name, f"{said}; allowed: {allowed}")
        return None

    def code(self, name: str = "code", length: int = 40) -> str:
        """A code: letters, digits and underscores, always text and never a number."""
        found = self._value(name, str, "a code in quotes") or ""
        if found and not (
            found.replace("_", "").replace("-", "").isalnum() and found.isascii() and len(found) <= length
        ):
            self.fault(name, f"is not allowed; allowed: at most {length} letters a-z, digits, _ and -")
        return found

    def words(self, name: str) -> str:
        found = self._value(name, str, "a text in quotes") or ""
        if self.has(name) and not found.strip() and isinstance(self._data[name], str):
            self.fault(name, "is empty")
        return found

    def text(self, name: str) -> Text:
        """A text in every language."""
        both = self._value(name, Mapping, "a text in bokmål (nb) and English (en)")
        if both is None:
            return Text("", "")
        inner = Part(both, f"{self.place}.{name}" if self.place else name, self._faults)
        found = Text(*(inner.words(language) for language in LANGUAGES))
        inner.done()
        return found

    def number(self, name: str, least: int, most: int) -> int:
        found = self._value(name, int, f"a whole number from {least} to {most}")
        if found is not None and not least <= found <= most:
            self.fault(name, f"is {found}; allowed: from {least} to {most}")
        return int(found) if found is not None else least

    def flag(self, name: str, default: bool | None = None) -> bool:
        if default is not None and not self.has(name):
            return default
        return bool(self._value(name, bool, "true or false"))

    def day(self, name: str) -> date:
        return self._value(name, date, "a date such as 2027-01-01") or date.min

    def choice(self, name: str, options: type[_E]) -> _E:
        every = list(options)
        found = self._value(name, str, ", ".join(every))
        if found is not None and found not in every:
            self.fault(name, f"is {found!r}; allowed: {', '.join(every)}")
        return options(found) if found in every else every[0]

    def one_of(self, name: str, allowed: Iterable[str]) -> str:
        """A code that must be among those defined elsewhere in the file."""
        every = tuple(allowed)
        found = self._value(name, str, ", ".join(every)) or ""
        if found and found not in every:
            self.fault(name, f"is {found!r}; allowed: {', '.join(every)}")
        return found

    def list_of(self, name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """Codes that must be among those defined elsewhere in the file."""
        every = tuple(allowed)
        found = self._value(name, list, f"a list of {', '.join(every)}") or []
        for one in found:
            if one not in every:
                self.fault(name, f"has {one!r}; allowed: {', '.join(every)}")
        return tuple(one for one in found if one in every)

    def choices(self, name: str, options: type[_E]) -> tuple[_E, ...]:
        return tuple(options(one) for one in self.list_of(name, list(options)))

    def parts(self, name: str) -> list[Part]:
        """The items of a list of tables; at least one."""
        found = self._value(name, list, f"at least one [[{name}]]") or []
        return [Part(one, f"{name}[{place}]", self._faults) for place, one in enumerate(found)]

    def part(self, name: str) -> Part:
        return Part(self._value(name, Mapping, f"a table [{name}]") or {}, name, self._faults)

    def named(self) -> list[Part]:
        """Every table inside this one, by its own name."""
        self._asked |= set(self._data)
        return [Part(one, f"{self.place}.{name}", self._faults) for name, one in self._data.items()]

    def pairs(self) -> dict[str, Text]:
        """Every key inside this table as a text."""
        return {name: self.text(name) for name in self._data}

    def forms(self, language: str) -> tuple[str, str, str]:
        """The three forms of a word in one language."""
        found = self._value(language, list, "three texts: one, the one, many") or []
        if len(found) == 3 and all(isinstance(one, str) and one for one in found):
            return (found[0], found[1], found[2])
        if found:
            self.fault(language, "is not allowed; allowed: three texts: one, the one, many")
        return ("", "", "")

    def done(self) -> None:
        for name in sorted(set(self._data) - self._asked):
            self.fault(name, f"is not known; allowed: {', '.join(sorted(self._asked))}")
