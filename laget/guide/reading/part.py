"""Reads one table of a guide value by value, noting every fault instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from laget.design.speaking import UNFIT
from laget.guide.faults import Faults
from laget.guide.layers import Keyed, is_day
from laget.guide.values import LANGUAGES, Text

_E = TypeVar("_E", bound=StrEnum)
LONGEST_CODE = 40
LONGEST_TEXT = 1_500


@dataclass(frozen=True)
class Tongue:
    """The languages that every text must have, and the form of Norwegian the municipality writes."""

    languages: tuple[str, ...] = ("nb", "en")
    written: str = "nb"


class Part:
    """A table with its place in the file. Each method names a key; `done` finds keys that nobody asked for."""

    def __init__(self, data: Any, place: str, faults: Faults, tongue: Tongue = Tongue()) -> None:
        self.place = place
        self.tongue = tongue
        self._faults = faults
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        self._asked: set[str] = set()
        if not isinstance(data, Mapping):
            faults.add(place, "is not allowed; allowed: a table")

    def _at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def fault(self, name: str, message: str) -> None:
        self._faults.add(self._at(name) if name else self.place, message)

    def has(self, name: str) -> bool:
        self._asked.add(name)
        return name in self._data

    def _value(self, name: str, sort: type | tuple[type, ...], allowed: str) -> Any:
        self._asked.add(name)
        found = self._data.get(name)
        wrong_bool = isinstance(found, bool) and sort is not bool
        if isinstance(found, sort) and not wrong_bool:
            return found
        said = "is missing" if name not in self._data else "is not allowed"
        self.fault(name, f"{said}; allowed: {allowed}")
        return None

    def code(self, name: str = "code", length: int = LONGEST_CODE) -> str:
        """A code: letters, digits and underscores, always text and never a number."""
        found = self._value(name, str, "a code in quotes") or ""
        plain = found.replace("_", "").replace("-", "")
        if found and not (plain.isalnum() and found.isascii() and len(found) <= length):
            self.fault(name, f"is not allowed; allowed: at most {length} letters a-z, digits, _ and -")
        return str(found)

    def words(self, name: str, optional: bool = False) -> str:
        """One line or more of text in no language in particular (a number to call, an address)."""
        if optional and not self.has(name):
            return ""
        found = self._value(name, str, "a text in quotes") or ""
        if isinstance(self._data.get(name), str):
            self._sound(name, found)
        return str(found)

    def _sound(self, name: str, found: str) -> None:
        if not found.strip():
            self.fault(name, "is empty")
        elif len(found) > LONGEST_TEXT:
            self.fault(name, f"is {len(found)} characters; allowed: at most {LONGEST_TEXT}")

    def text(self, name: str) -> Text:
        """A text in every language of the guide."""
        every = self._value(name, Mapping, f"a text in {', '.join(self.tongue.languages)}")
        if every is None:
            return Text("", "", written=self.tongue.written)
        inner = self._inner(every, name)
        found = {one: inner.words(one, optional=one not in self.tongue.languages) for one in LANGUAGES}
        inner.done()
        return Text(found["nb"], found["en"], found["nn"], self.tongue.written)

    def maybe_text(self, name: str) -> Text | None:
        return self.text(name) if self.has(name) else None

    def number(self, name: str, least: int, most: int) -> int:
        found = self._value(name, int, f"a whole number from {least} to {most}")
        if found is not None and not least <= found <= most:
            self.fault(name, f"is {_short(found)}; allowed: from {least} to {most}")
        return int(found) if found is not None else least

    def maybe_number(self, name: str, least: int, most: int) -> int | None:
        return self.number(name, least, most) if self.has(name) else None

    def flag(self, name: str, default: bool | None = None) -> bool:
        if default is not None and not self.has(name):
            return default
        return bool(self._value(name, bool, "true or false"))

    def day(self, name: str) -> date:
        found = self._value(name, date, "a date such as 2027-01-01")
        if found is not None and not is_day(found):
            self.fault(name, "is not allowed; allowed: a date such as 2027-01-01")
        return found if is_day(found) else date.min

    def days(self, name: str) -> tuple[date, ...]:
        found = self._value(name, list, "a list of dates") if self.has(name) else []
        for one in found or []:
            if not is_day(one):
                self.fault(name, f"has {_short(one)}; allowed: dates such as 2027-01-01")
        return tuple(one for one in found or [] if is_day(one))

    def choice(self, name: str, options: type[_E], default: _E | None = None) -> _E:
        if default is not None and not self.has(name):
            return default
        every = list(options)
        found = self._value(name, str, ", ".join(every))
        if found is not None and found not in every:
            self.fault(name, f"is {_short(found)}; allowed: {', '.join(every)}")
        return options(found) if found in every else every[0]

    def one_of(self, name: str, allowed: Iterable[str], default: str | None = None) -> str:
        """One of a fixed list of words."""
        if default is not None and not self.has(name):
            return default
        every = tuple(allowed)
        found = self._value(name, str, ", ".join(every)) or ""
        if found and found not in every:
            self.fault(name, f"is {_short(found)}; allowed: {', '.join(every)}")
        return found if found in every else ""

    def some_of(self, name: str, allowed: Iterable[str], optional: bool = True) -> tuple[str, ...]:
        """Several of a fixed list of words."""
        every = tuple(allowed)
        if optional and not self.has(name):
            return ()
        found = self._value(name, list, f"a list of {', '.join(every)}") or []
        for one in found:
            if one not in every:
                self.fault(name, f"has {_short(one)}; allowed: {', '.join(every) or 'nothing'}")
        return tuple(one for one in found if one in every)

    def ref(self, name: str, codes: Iterable[str], optional: bool = False) -> str:
        """A code that must be defined elsewhere in the guide; empty when it may be and is left out."""
        return self.one_of(name, codes, default="" if optional else None)

    def refs(self, name: str, codes: Iterable[str], optional: bool = True) -> tuple[str, ...]:
        """Codes that must be defined elsewhere in the guide."""
        return self.some_of(name, codes, optional)

    def choices(self, name: str, options: type[_E]) -> tuple[_E, ...]:
        return tuple(options(one) for one in self.some_of(name, list(options)))

    def names(self, name: str) -> tuple[str, ...]:
        """A list of texts in no language in particular."""
        found = self._value(name, list, "a list of texts") if self.has(name) else []
        for one in found or []:
            if not isinstance(one, str) or not one.strip() or len(one) > LONGEST_TEXT:
                self.fault(name, f"has {_short(one)}; allowed: texts of at most {LONGEST_TEXT} characters")
        return tuple(one for one in found or [] if isinstance(one, str))

    def texts(self, name: str) -> tuple[Text, ...]:
        """A list of texts, each in every language."""
        found = self._value(name, list, "a list of texts") if self.has(name) else []
        inner = [Part({"text": one}, self._at(name), self._faults, self.tongue) for one in found or []]
        return tuple(one.text("text") for one in inner)

    def parts(self, name: str, optional: bool = False) -> list[Part]:
        """The items of a list of tables."""
        self._asked.add(name)
        found = self._data.get(name)
        if isinstance(found, Keyed):
            if not found and not optional:
                self.fault(name, f"is empty; allowed: at least one [[{self._at(name)}]]")
            return [self._inner(one, f"{name}.{key}") for key, one in found.items()]
        if found is not None or not optional:
            said = "is missing" if found is None else "is not allowed"
            self.fault(name, f"{said}; allowed: a list of tables, [[{self._at(name)}]]")
        return []

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of a list of tables, before it is read."""
        found = self._data.get(name)
        return tuple(found) if isinstance(found, Keyed) else ()

    def part(self, name: str) -> Part:
        return self._inner(self._value(name, Mapping, f"a table [{self._at(name)}]") or {}, name)

    def maybe_part(self, name: str) -> Part | None:
        return self.part(name) if self.has(name) else None

    def named(self) -> list[Part]:
        """Every table inside this one, by its own name."""
        self._asked |= set(self._data)
        return [self._inner(one, name) for name, one in self._data.items()]

    def pairs(self) -> dict[str, Text]:
        """Every key inside this table as a text."""
        return {name: self.text(name) for name in self._data}

    def forms(self, language: str) -> tuple[str, str, str]:
        """The three forms of a word in one language."""
        if language not in self.tongue.languages and not self.has(language):
            return ("", "", "")
        found = self._value(language, list, "three texts: one, the one, many") or []
        if len(found) == 3 and all(isinstance(one, str) and one.strip() for one in found):
            if any(UNFIT.search(one) for one in found):
                self.fault(language, "is not allowed; allowed: words of letters, digits, spaces and hyphens")
            return (found[0], found[1], found[2])
        if found:
            self.fault(language, "is not allowed; allowed: three texts: one, the one, many")
        return ("", "", "")

    def rest(self) -> list[tuple[str, Any]]:
        """What nobody has asked for yet, for somebody who reads it apart."""
        return [(name, value) for name, value in self._data.items() if name not in self._asked]

    def done(self) -> None:
        for name in sorted(set(self._data) - self._asked):
            self.fault(name, f"is not known; allowed: {', '.join(sorted(self._asked))}")

    def _inner(self, data: Any, name: str) -> Part:
        return Part(data, self._at(name), self._faults, self.tongue)


def _short(value: Any) -> str:
    """What was found, cut so that a fault stays one line."""
    try:
        said = repr(value)
    except (ValueError, RecursionError):
        return "something too large"
    return said if len(said) <= 60 else f"{said[:57]}…"
