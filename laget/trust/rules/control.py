"""Log control: which visits to a record are worth a question, by rules anybody can read, and a sample drawn by lot.

Source: pasientjournalloven §§ 16, 22 and 22 a (access is controlled afterwards; look-ups without a need are forbidden),
GDPR articles 5 (1) f and 32. A rule says that something is worth asking about, never that it was wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

SAME_NAME_QUIET = timedelta(days=90)
NIGHT_QUIET = timedelta(days=7)
TRACE_WITHIN = 30
LEFT_WITHIN = timedelta(days=7)
NIGHT_ENDS, NIGHT_BEGINS = 6, 23
MANY_CHILDREN = 30
MANY_SEARCHES = 5
MANY_EMPTY = 10
SHARE = 0.01


class Rule(StrEnum):
    """Why a visit is worth a question."""

    SAME_NAME = "same_name"
    RELATED = "related"
    SAME_HOME = "same_home"
    NO_TRACE = "no_trace"
    NIGHT = "night"
    MANY = "many"
    SEARCHED = "searched"
    EMPTY_SEARCHES = "empty_searches"
    LEFT = "left"
    SAMPLE = "sample"


LAG: dict[Rule, int] = {Rule.NO_TRACE: TRACE_WITHIN + 1, Rule.LEFT: LEFT_WITHIN.days + 1}
"""Days to wait until all that a rule looks at has happened; 1 for the others."""

QUIET: dict[Rule, timedelta] = {
    Rule.SAME_NAME: SAME_NAME_QUIET,
    Rule.RELATED: SAME_NAME_QUIET,
    Rule.SAME_HOME: SAME_NAME_QUIET,
    Rule.NO_TRACE: timedelta(days=TRACE_WITHIN),
    Rule.NIGHT: NIGHT_QUIET,
}
"""How long the same rule, reader and child are not asked about again."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One person's readings of one child's pages on one day, with what is known around them.

    times: local times of the readings. same_home: None when the addresses could not be compared. traces: periods (from,
    to) in which the reader had to do with the child: a baton, a measure, an entry, an answer. left: when the reader's
    last place around the child ended; None when there was none.
    """

    reader: UUID
    child: UUID
    day: date
    times: tuple[datetime, ...] = ()
    shares_name: bool = False
    related: bool = False
    same_home: bool | None = None
    traces: tuple[tuple[datetime, datetime], ...] = ()
    left: datetime | None = None
    searches: int = 0


@dataclass(frozen=True, kw_only=True)
class Busy:
    """One person's day across children: how many were opened, and how many searches found nobody."""

    reader: UUID
    day: date
    children: int = 0
    empty_searches: int = 0


def at_night(visit: Visit) -> bool:
    return any(one.hour < NIGHT_ENDS or one.hour >= NIGHT_BEGINS for one in visit.times)


def without_trace(visit: Visit) -> bool:
    """Nothing that the reader did around the child lies within 30 days of any of the readings."""
    near = timedelta(days=TRACE_WITHIN)
    return bool(visit.times) and not any(
        begins - near <= one <= ends + near for one in visit.times for begins, ends in visit.traces
    )


def soon_left(visit: Visit) -> bool:
    """The reader lost the place around the child within a week after reading."""
    return visit.left is not None and any(one < visit.left <= one + LEFT_WITHIN for one in visit.times)


def drawn(seed: bytes, visit: Visit, share: float = SHARE) -> bool:
    """Whether the lot falls on this visit: the same for everybody who holds the seed, foreseen by nobody else."""
    what = f"{visit.reader}|{visit.child}|{visit.day.isoformat()}".encode()
    return int.from_bytes(hashlib.sha256(seed + what).digest()[:8]) < share * 2**64


def broken(visit: Visit, rules: Iterable[Rule], seed: bytes) -> list[Rule]:
    """Those of these rules that a visit meets, in the order of the list of rules."""
    met = {
        Rule.SAME_NAME: visit.shares_name and bool(visit.times),
        Rule.RELATED: visit.related and bool(visit.times),
        Rule.SAME_HOME: visit.same_home is True and bool(visit.times),
        Rule.NO_TRACE: without_trace(visit),
        Rule.NIGHT: at_night(visit),
        Rule.SEARCHED: visit.searches >= MANY_SEARCHES,
        Rule.LEFT: soon_left(visit),
        Rule.SAMPLE: bool(visit.times) and drawn(seed, visit),
    }
    wanted = set(rules)
    return [rule for rule in Rule if rule in wanted and met.get(rule, False)]


def broken_in_a_day(busy: Busy) -> list[Rule]:
    """The rules about a whole day, across children."""
    found = [Rule.MANY] if busy.children > MANY_CHILDREN else []
    return found + ([Rule.EMPTY_SEARCHES] if busy.empty_searches >= MANY_EMPTY else [])


def at_once() -> frozenset[Rule]:
    """The rules that need nothing that happens later."""
    return frozenset(Rule) - frozenset(LAG)


def days_due(controlled_until: date | None, today: date, most: int = 31) -> list[date]:
    """The days that are over and not yet controlled, oldest first; the first time only yesterday."""
    yesterday = today - timedelta(days=1)
    first = yesterday if controlled_until is None else controlled_until + timedelta(days=1)
    first = max(first, yesterday - timedelta(days=most - 1))
    return [first + timedelta(days=number) for number in range((yesterday - first).days + 1)]
