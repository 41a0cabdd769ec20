"""Who reads a text that is not for the whole team: pure, and always beside what seat and cover decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Audience(StrEnum):
    """Who reads a text, of those whom seat and cover let know it. `persons` names people where the audience does."""

    TEAM = "team"
    OWN_SERVICE = "own_service"
    FAMILY = "family"
    SERVICES = "services"
    NAMED = "named"
    CHILDS_OWN = "childs_own"
    NOT_FOR = "not_for"


NAMES_PEOPLE = frozenset({Audience.NAMED, Audience.CHILDS_OWN, Audience.NOT_FOR})
"""Audiences that name people: who may read, or for NOT_FOR who may not."""
NEEDS_GROUND = frozenset({Audience.SERVICES, Audience.NOT_FOR})
"""Audiences that keep something from a parent who else could read it: only with a ground in a statute."""


@dataclass(frozen=True, slots=True)
class Addressing:
    """An audience with the people it names."""

    audience: str = Audience.TEAM
    persons: frozenset[UUID] = frozenset()


WHOLE_TEAM = Addressing()


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with a place around a child. `kinds`: (log from, plan from) by kind; None: all, as family.

    title, works_in: what a worker is, and in which service. guardian: acts for the child as its guardian.
    reads_from: from when on one of the family reads log and plan. closed: kinds that are the young person's own.
    """

    person: UUID
    family: bool
    child: bool = False
    position: UUID | None = None
    service: UUID | None = None
    kinds: Mapping[str, tuple[datetime, datetime]] | None = field(default=None, hash=False)
    title: str = ""
    works_in: str = ""
    guardian: bool = False
    reads_from: datetime | None = None
    closed: frozenset[str] = frozenset()

    def knows(self, kind: str, at: datetime | None = None, *, plan: bool = False) -> bool:
        """Whether the reader may know this kind, of a text from `at` (None: one that is written now)."""
        if kind in self.closed:
            return False
        if self.kinds is None:
            return at is None or self.reads_from is None or at >= self.reads_from
        reach = self.kinds.get(kind)
        return reach is not None and (at is None or at >= reach[int(plan)])


@dataclass(frozen=True, slots=True)
class Text:
    """What the locks ask about a text."""

    to: Addressing
    author: UUID | None
    kind: str
    service: UUID | None = None
    at: datetime | None = None
    plan: bool = False
    looked: bool = False
    """Somebody has looked through it before the child reads it."""


def reads(one: Reader, text: Text) -> bool:
    """Whether this reader reads the text: the same answer as both locks give."""
    if not one.knows(text.kind, text.at, plan=text.plan) and not (one.child and text.looked):
        return False
    return _in_audience(one, text, one.person == text.author)


def _in_audience(one: Reader, text: Text, mine: bool) -> bool:
    to, service = text.to, text.service
    named = one.person in to.persons
    answers: dict[str, bool] = {
        Audience.TEAM: True,
        Audience.OWN_SERVICE: not text.plan and (one.family or (service is not None and one.service == service)),
        Audience.FAMILY: one.family,
        Audience.SERVICES: not one.family or mine,
        Audience.NAMED: named or mine,
        Audience.CHILDS_OWN: one.child or named or mine,
        Audience.NOT_FOR: bool(to.persons) and not named,
    }
    return answers.get(to.audience, False)


def who_reads(around: Iterable[Reader], text: Text) -> list[Reader]:
    """Those around the child who read the text."""
    return [one for one in around if reads(one, text)]


def narrows(before: Addressing, after: Addressing, readers: Collection[UUID], child: UUID) -> bool:
    """Whether nobody can read after that could not before, now or when the team changes. `readers`: of before, now."""
    if before == after or before.audience == Audience.TEAM:
        return True
    if before.audience == after.audience:
        if after.audience == Audience.NOT_FOR:
            return bool(before.persons) and before.persons <= after.persons
        return after.persons <= before.persons
    if after.audience == Audience.NAMED:
        return after.persons <= set(readers)
    return after.audience == Audience.CHILDS_OWN and after.persons | {child} <= set(readers)


def meet(outer: Addressing, inner: Addressing, both: Iterable[UUID]) -> Addressing:
    """No wider than either: for what stands under something that was narrowed. `both`: who reads both now."""
    if outer == inner or inner.audience == Audience.TEAM:
        return outer
    if outer.audience == Audience.TEAM:
        return inner
    if outer.audience == inner.audience:
        return Addressing(inner.audience, _both(inner.audience, outer.persons, inner.persons))
    return Addressing(Audience.NAMED, frozenset(both))


def never_from(author: UUID | None, to: Addressing) -> Addressing:
    """The same readers, and the one who wrote it: nobody is kept from their own words."""
    if to.audience != Audience.NOT_FOR or author not in to.persons:
        return to
    others = to.persons - {author}
    return Addressing(Audience.NOT_FOR, frozenset(others)) if others else WHOLE_TEAM


def _both(audience: str, outer: frozenset[UUID], inner: frozenset[UUID]) -> frozenset[UUID]:
    """Whom two alike name together. Kept from nobody in particular is read by nobody, and stays so."""
    if audience != Audience.NOT_FOR:
        return outer & inner
    return outer | inner if outer and inner else frozenset()
