"""Persons with invented names and synthetic national numbers, sealed and indexed as real ones are."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from laget.access.sealing import index, seal
from laget.demo.simulation.calendar import DAY, Calendar
from laget.demo.simulation.names import FAMILY, GIVEN, Name
from laget.demo.simulation.rows import Rows
from laget.people.rules import synthetic_numbers


class People:
    """Makes persons one by one; no national number is given twice."""

    def __init__(self, rows: Rows, random: Random, calendar: Calendar) -> None:
        self._rows, self._random, self._calendar = rows, random, calendar
        self._numbers: dict[int, Iterator[str]] = {}
        self._registered = calendar.at(calendar.today * DAY - 1)

    def adult(self, born: int, family: Name | None = None) -> str:
        """Somebody born on that day, with a number as long as there are numbers left for the day."""
        return self.person(born, family or self.family())

    def family(self) -> Name:
        return self._any(FAMILY)

    def person(self, born: int | None, family: Name) -> str:
        """A person with a name; without a number while it is expected (`born` None)."""
        made, given = self._rows.id(), self._any(GIVEN)
        self._rows.add("people_person", made, self._registered)
        self._rows.add("people_name", made, given[0], family[0], f"{family[1]}|{given[1]}")
        if born is not None:
            self._number(made, born)
        return made

    def _any(self, names: tuple[Name, ...]) -> Name:
        return names[int(self._random.random() * len(names))]

    def _number(self, person: str, born: int) -> None:
        left = self._numbers.get(born)
        if left is None:
            left = self._numbers[born] = synthetic_numbers(self._calendar.date(born))
        number = next(left, None)
        if number is not None:
            sealed = seal(number.encode(), "number").hex()
            self._rows.add("people_nationalnumber", person, f"\\\\x{sealed}", f"\\\\x{index(number).hex()}")
