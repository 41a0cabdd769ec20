"""The services of the town, those who work in them, and who is asked about the next child: few have many children."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from laget.demo.simulation.calendar import DAY, FOREVER, Calendar
from laget.demo.simulation.names import PLACES, TITLES
from laget.demo.simulation.people import People
from laget.demo.simulation.rows import Rows

HELD = 50
"""Cases in the town for each worker who leads; a good quarter of them is closed."""
HELPED = 22
"""Cases in the town for each worker who only helps."""
GONE = 0.05
BUSY = 0.04
"""Workers with several times as many children as their colleagues."""


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who works, or has worked, in a service of the town."""

    person: str
    position: str
    service: str
    act: str
    sort: str


@dataclass
class Staff:
    """All who do one sort of work; some services and some workers have far more children than others."""

    here: list[Worker] = field(default_factory=list)
    gone: list[Worker] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def any(self, random: Random) -> Worker:
        """Somebody who works here now."""
        return self.here[min(bisect(self.weights, random.random() * self.weights[-1]), len(self.here) - 1)]


@dataclass(frozen=True)
class Sort:
    """A sort of service: its act, for how many cases there is one, and for how many of them a worker."""

    code: str
    act: str
    cases: int
    load: float
    called: str


SORTS = (
    Sort("kindergarten", "BHL", 90, HELD, "{} barnehage"),
    Sort("school", "OPPL", 180, HELD, "{} skole"),
    Sort("health_clinic", "HOL", 900, HELPED * 1.5, "{} helsestasjon"),
    Sort("health_care", "HOL", 1500, HELPED * 5, "Fysioterapi og avlastning, {}"),
    Sort("ppt", "OPPL", 1800, HELPED * 3, "PP-tjenesten, {}"),
    Sort("child_welfare", "BVL", 2500, HELPED * 6, "Barnevernet, {}"),
    Sort("nav", "SOTJ", 3500, HELPED * 8, "Nav, {}"),
    Sort("mental_health", "SPHL", 3500, HELPED * 8, "BUP, {}"),
)


class Town:
    """All services with their staff, made at once: the only part that is kept in memory, some 70 bytes a case."""

    def __init__(self, rows: Rows, random: Random, calendar: Calendar, people: People, cases: int) -> None:
        self._rows, self._random, self._calendar, self._people = rows, random, calendar, people
        self.staff = {sort.code: self._staff(sort, cases) for sort in SORTS}
        self.first = self._worker(SORTS[0], *self._unit(SORTS[0], 0), leads=False)

    def _staff(self, sort: Sort, cases: int) -> Staff:
        units = [self._unit(sort, n) for n in range(max(2, cases // sort.cases))]
        known = [1 / (rank + 1) ** 0.35 for rank in range(len(units))]
        sums = list(accumulate(known))
        made, weights = Staff(), []
        for n in range(max(2 * len(units), round(cases / sort.load))):
            place = n if n < len(units) else min(bisect(sums, self._random.random() * sums[-1]), len(units) - 1)
            leads = n < len(units)
            if not leads and self._random.random() < GONE:
                made.gone.append(self._worker(sort, *units[place], leads=False, gone=True))
                continue
            made.here.append(self._worker(sort, *units[place], leads=leads))
            weights.append(self._weight(leads))
        made.weights = list(accumulate(weights))
        return made

    def _weight(self, leads: bool) -> float:
        usual = self._random.lognormvariate(0, 0.5)
        return usual * (0.3 if leads else 5 if self._random.random() < BUSY else 1)

    def _unit(self, sort: Sort, n: int) -> tuple[str, str]:
        """A service with one unit: its id, and the unit's."""
        service, unit = self._rows.id(), self._rows.id()
        place = PLACES[n % len(PLACES)] + (f" {n // len(PLACES) + 1}" if n >= len(PLACES) else "")
        private = sort.code == "kindergarten" and self._random.random() < 0.4
        self._rows.add("directory_service", service, sort.called.format(place), sort.act, sort.code, "ft"[private])
        self._rows.add("directory_unit", unit, service, place)
        return service, unit

    def _worker(self, sort: Sort, service: str, unit: str, *, leads: bool, gone: bool = False) -> Worker:
        calendar, random = self._calendar, self._random
        person = self._people.adult(calendar.today - random.randint(24 * 365, 65 * 365))
        began = (calendar.today - random.randint(3 * 365, 12 * 365)) * DAY
        ended = calendar.at((calendar.today - random.randint(20, 700)) * DAY) if gone else FOREVER
        one = Worker(person, self._rows.id(), service, sort.act, sort.code)
        self._rows.add(
            "directory_position", one.position, person, unit, TITLES[sort.code][leads],
            str(40_000_000 + random.randrange(10_000_000)), "ft"[leads], "f", "f", calendar.at(began), ended,
        )  # fmt: skip
        return one
