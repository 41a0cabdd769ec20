"""Requests for consent, the answers, and the covers they give: asked again each year, and when others must answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random
from uuid import UUID

from laget.consents import rules
from laget.demo.simulation.calendar import BEGINNING, DAY, FOREVER, Calendar
from laget.demo.simulation.homes import Child, Homes
from laget.demo.simulation.names import REASONS
from laget.demo.simulation.rows import NULL, Rows
from laget.demo.simulation.town import Worker
from laget.guide.national import current
from laget.law.ages import age

YEAR = 365
WAIT = 21
PARTIAL = 0.06
NOT_RENEWED = 0.15
TEXT = f"{rules.TEXT_VERSION}-nb"


@dataclass(slots=True)
class Stint:
    """Somebody of a service around a child, from a minute on, with the kinds it may know; `ended`: no more."""

    worker: Worker
    since: int
    kinds: tuple[str, ...] = ()
    ended: int | None = None
    seated: bool = True

    @property
    def subjects(self) -> tuple[str, ...]:
        """What can be written about."""
        return self.kinds[1:]

    @property
    def helps(self) -> bool:
        return self.seated and self.ended is None and len(self.kinds) > 1


@dataclass(slots=True)
class Frame:
    """One case and what is known of it so far. `last`: the minute in which it was closed, or this morning."""

    case: str
    child: Child
    lead: Stint
    opened: int
    last: int
    closed: bool
    helpers: list[Stint] = field(default_factory=list)

    @property
    def active(self) -> list[Stint]:
        return [one for one in (self.lead, *self.helpers) if one.helps]


@cache
def _roles(years: int, act: str, receiver: str, proven: tuple[bool, ...], today: str) -> tuple[int, ...]:
    """Who must consent by table E: the places of the parents, and -1 for the child."""
    on = date.fromisoformat(today)
    people = [UUID(int=place + 1) for place in range(len(proven))]
    child = UUID(int=99)
    born = on.replace(year=on.year - years, day=min(on.day, 28)) if years >= 0 else None
    asking = rules.Asking(on, child, born, act, receiver, tuple(zip(people, proven, strict=True)))
    found = rules.parties(asking, current(on).consent.moved).people
    return tuple(-1 if person == child else people.index(person) for person, _role in found)


@cache
def _offered(sort: str, today: str) -> tuple[str, ...]:
    return rules.offered(current(date.fromisoformat(today)), sort)


class Asking:
    """Asks the family for a service, again and again as long as the case lasts."""

    def __init__(self, rows: Rows, random: Random, calendar: Calendar, homes: Homes) -> None:
        self._rows, self._random, self._calendar, self._homes = rows, random, calendar, homes
        self._today = calendar.days[calendar.today]

    def cover(self, child: Child, stint: Stint, lead: Worker, asked: int, last: int, *, first: bool) -> str:
        """Consents from `asked` until `last`; the stint learns its kinds, or that nobody renewed. The first id."""
        renewed = first or self._random.random() > NOT_RENEWED
        requests: list[str] = []
        for begun, until in self._periods(child, asked, last):
            if requests and not renewed:
                stint.ended = begun
                break
            requests.append(self._period(child, stint, lead, (begun, until, last), again=bool(requests), first=first))
        return requests[0]

    def _periods(self, child: Child, asked: int, last: int) -> Iterator[tuple[int, int]]:
        """From which minute and until which day each consent reaches; who must answer changes on some birthdays.

        The next one is asked for on the last day of the one before.
        """
        end = self._calendar.today + 1 if self._open(last) else last // DAY
        while True:
            day = asked // DAY + 1
            until = day + YEAR
            for years in rules.THRESHOLDS if child.born is not None else ():
                turned = self._calendar.birthday(child.begun, years)
                if day < turned <= until:
                    until = turned - 1
            yield asked, until
            if until >= end:
                return
            asked = until * DAY

    def _period(
        self, child: Child, stint: Stint, lead: Worker, span: tuple[int, int, int], *, again: bool, first: bool
    ) -> str:
        begun, until, last = span
        kinds = _offered(stint.worker.sort, self._today)
        over = until < self._calendar.today
        reach, wait = ("all", 1) if again else ("plan", 600)
        request = self.request(child, stint.worker, lead, begun, (kinds, until, reach), first=first, over=over)
        given = kinds
        for person, _role in self._parties(child, stint.worker, lead, begun):
            mine = kinds[:-1] if self._random.random() < PARTIAL and len(kinds) > 2 else kinds
            given = min(given, mine, key=len)
            self._answer(request, child, person, mine, until, begun + wait, reach)
        self._covers(
            request,
            child,
            stint.worker.service,
            given,
            (begun + wait, min(last, (until + 1) * DAY)),
            until,
            reach,
            last,
        )
        stint.kinds = given
        return request

    def request(  # noqa: PLR0913 - a request has these columns
        self, child: Child, worker: Worker, lead: Worker, asked: int, wish: tuple[tuple[str, ...], int, str], *,
        first: bool = False, over: bool = False,
    ) -> str:  # fmt: skip
        """A request by the lead for the worker's service, and those who must answer it."""
        kinds, until, reach = wish
        rows, calendar, request = self._rows, self._calendar, self._rows.id()
        parties = self._parties(child, worker, lead, asked)
        typed = json.dumps({
            "child": {"name": "", "born": None, "expected": None}, "talked_on": None,
            "people": [{"id": str(UUID(rows.id())), "name": "", "person": str(UUID(one)), "asked": True,
                        "language": "", "interpreter": False} for one, _role in parties],
        })  # fmt: skip
        rows.add(
            "consents_request", request, child.person, worker.service, "cooperation", f"{{{','.join(kinds)}}}", reach,
            calendar.days[until], REASONS[int(self._random.random() * len(REASONS))], TEXT, lead.person, lead.position,
            calendar.at(asked), calendar.ends(asked // DAY + WAIT), calendar.ends(until) if over else FOREVER,
            "ft"[first], typed, "", "", "", "", "", "", "",
        )  # fmt: skip
        for person, role in parties:
            rows.add("consents_party", rows.id(), request, child.person, person, role, calendar.at(asked), "f", FOREVER)
            if role == "child":
                self._homes.own_seat(child, asked)
        return request

    def _parties(self, child: Child, worker: Worker, lead: Worker, asked: int) -> list[tuple[str, str]]:
        on = self._calendar.date(asked // DAY + 1)
        years = age(self._calendar.date(child.born), on) if child.born is not None else -1
        proven = tuple(one.proven for one in child.adults)
        places = _roles(years, lead.act, worker.act, proven, self._today)
        return [(child.person, "child") if n < 0 else (child.adults[n].person, "parent") for n in places]

    def wait(self, child: Child, worker: Worker, lead: Worker, asked: int) -> None:
        """A request that not everybody has answered yet."""
        kinds, until = _offered(worker.sort, self._today), asked // DAY + 300
        request = self.request(child, worker, lead, asked, (kinds, until, "plan"))
        parties = self._parties(child, worker, lead, asked)
        if len(parties) > 1 and self._random.random() < 0.4:
            self._answer(request, child, parties[0][0], kinds, until, asked + 600, "plan")

    def _answer(  # noqa: PLR0913 - an answer has these columns
        self, request: str, child: Child, person: str, kinds: tuple[str, ...], until: int, at: int, reach: str
    ) -> None:
        self._rows.add(
            "consents_answer", self._rows.id(), request, child.person, person, f"{{{','.join(kinds)}}}", reach,
            self._calendar.days[until], "own_sign_in", "f", "f", self._calendar.at(at), "", "", "", TEXT, "",
        )  # fmt: skip

    def _covers(  # noqa: PLR0913 - a cover has these columns
        self, request: str, child: Child, service: str, kinds: tuple[str, ...], span: tuple[int, int], until: int,
        reach: str, last: int,
    ) -> None:  # fmt: skip
        calendar = self._calendar
        since = calendar.at(span[0])
        cut = not self._open(last) and span[1] == last
        end = calendar.at(last) if cut else calendar.ends(until)
        log_from = BEGINNING if reach == "all" else since
        for kind in kinds:
            self._rows.add(
                "sight_cover", self._rows.id(), child.person, since, end, "consent", request, service, kind,
                "cooperation", log_from, BEGINNING,
            )  # fmt: skip

    def _open(self, last: int) -> bool:
        return last >= (self._calendar.today - 1) * DAY

    def seat(self, child: Child, worker: Worker, since: int, until: str, origin: str, of: str = NULL) -> None:
        """A seat for a service."""
        self._homes.seat(child, worker.person, "service", self._calendar.at(since), until, origin, of, worker.position)
