"""Children with their parents: most with two, some with one, some with siblings, a few whom somebody may not know."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from laget.demo.simulation.calendar import DAY, FOREVER, Calendar
from laget.demo.simulation.names import Name
from laget.demo.simulation.people import People
from laget.demo.simulation.rows import NULL, Rows

SIBLING = 0.22
ALONE = 0.14
DECLARED = 0.05
FORBIDDEN = 0.006
YEARS = 365
SEAT_UNTIL_AGE = 18
LANGUAGES = ("", "", "", "", "", "", "", "arabisk", "polsk", "somali")


@dataclass(frozen=True, slots=True)
class Adult:
    """One adult of a family; `proven`: with parental responsibility that is known from the register."""

    person: str
    relation: str
    proven: bool


@dataclass(slots=True)
class Child:
    """A child, born (or expected) on a day, with the adults around it."""

    person: str
    born: int | None
    begun: int
    adults: list[Adult]
    forbidden: str = ""
    has_own_seat: bool = False

    @property
    def seated(self) -> list[Adult]:
        """The parents who have a seat and may know."""
        return [one for one in self.adults if one.proven and one.person != self.forbidden]


@dataclass
class _Home:
    name: Name
    adults: list[Adult]
    children: list[Child] = field(default_factory=list)


class Homes:
    """Makes the next child: now and then a sibling of the last one."""

    def __init__(self, rows: Rows, random: Random, calendar: Calendar, people: People) -> None:
        self._rows, self._random, self._calendar, self._people = rows, random, calendar, people
        self._last: _Home | None = None

    def child(self, born: int | None, begun: int, at: int, by: str) -> Child:
        """A child registered by a worker at that minute; `begun` is the day of birth, or the expected one."""
        home = self._home(begun)
        person = self._people.person(born, home.name)
        known = Child(person, born, begun, home.adults)
        calendar, rows, moment = self._calendar, self._rows, self._calendar.at(at)
        day = calendar.days[begun]
        rows.add("families_child", person, *((day, NULL) if born is not None else (NULL, day)), moment, by)
        seat_ends = calendar.ends(calendar.birthday(begun, SEAT_UNTIL_AGE) - 1)
        for adult in home.adults:
            self._tie(known, adult, moment, seat_ends, by)
        self._siblings(home, known)
        self._forbid(known)
        home.children.append(known)
        return known

    def own_seat(self, child: Child, at: int) -> None:
        """The page of a child who is asked itself was opened face to face."""
        if not child.has_own_seat:
            child.has_own_seat = True
            self.seat(child, child.person, "child", self._calendar.at(at), FOREVER, "child", NULL)

    def seat(  # noqa: PLR0913 - a seat has these columns
        self, child: Child, person: str, kind: str, since: str, until: str, origin: str, of: str, position: str = NULL
    ) -> None:
        self._rows.add("sight_seat", self._rows.id(), child.person, since, until, origin, of, person, kind, position)

    def _home(self, begun: int) -> _Home:
        last, random = self._last, self._random
        near = last is not None and abs(last.children[0].begun - begun) < 6 * YEARS and len(last.children) < 4
        if last is not None and near and random.random() < SIBLING:
            return last
        self._last = _Home(self._people.family(), [])
        relations = ("mother",) if random.random() < ALONE else ("mother", "father")
        for relation in relations:
            born = begun - random.randint(24 * YEARS, 40 * YEARS)
            proven = relation == "mother" or random.random() > DECLARED
            self._last.adults.append(Adult(self._people.adult(born, self._last.name), relation, proven))
        return self._last

    def _tie(self, child: Child, adult: Adult, since: str, seat_ends: str, by: str) -> None:
        tie, language = self._rows.id(), LANGUAGES[int(self._random.random() * len(LANGUAGES))]
        source = "register" if adult.proven else "declared"
        self._rows.add(
            "families_parent", tie, child.person, adult.person, adult.relation, "ft"[adult.proven], source, language,
            "ft"[bool(language)], since, FOREVER, by,
        )  # fmt: skip
        if adult.proven:
            self.seat(child, adult.person, "parent", since, seat_ends, "parent", tie)

    def _siblings(self, home: _Home, child: Child) -> None:
        day = self._calendar.at(self._calendar.today * DAY - 1)
        for other in home.children:
            self._rows.add("families_sibling", self._rows.id(), other.person, child.person, day, home.adults[0].person)

    def _forbid(self, child: Child) -> None:
        if len(child.adults) < 2 or not child.adults[1].proven or self._random.random() > FORBIDDEN:
            return
        child.forbidden = child.adults[1].person
        since = self._calendar.at((self._calendar.today - 1) * DAY)
        self._rows.add(
            "sight_forbid", self._rows.id(), child.person, since, FOREVER, "restricted", NULL, child.forbidden, ""
        )
