"""Asks the database for what the one who acts may not see: each function is one narrow question or consequence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from laget.law.kinds import Kind
from laget.people.models import Name
from laget.sight.rules import Reader


@dataclass(frozen=True)
class Settled:
    """What became of a case when its holder was looked at: none, kept, acting or closed; with ids for notices."""

    outcome: str
    case: UUID | None = None
    child: UUID | None = None
    old: UUID | None = None
    new: UUID | None = None
    family: tuple[UUID, ...] = ()
    lapsed: tuple[UUID, ...] = field(default=())


@dataclass(frozen=True)
class Openable:
    """What a request for consent has led to, for the one who asked."""

    covered: bool
    joins: bool
    is_open: bool


def _rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _ids(question: str, *values: Any) -> list[UUID]:
    return [row[0] for row in _rows(question, *values) if row[0] is not None]


def settle(case: UUID, answer_by: date, because: str, closing: str) -> Settled:
    """Let the baton fall where the facts demand; waits for whoever moves it now."""
    said = _rows("SELECT cases_settle(%s, %s, %s, %s)", case, answer_by, because, closing)[0][0]
    facts: dict[str, Any] = json.loads(said) if isinstance(said, str) else said
    one = {name: UUID(facts[name]) for name in ("case", "child", "old", "new") if facts.get(name)}
    many = {name: tuple(UUID(person) for person in facts.get(name, [])) for name in ("family", "lapsed")}
    return Settled(facts["outcome"], **one, **many)  # type: ignore[arg-type]


def give_back(child: UUID, service: UUID, kinds: list[str]) -> list[tuple[UUID, UUID]]:
    """The authors in a service that lost these kinds get their words back: (author, batch)."""
    rows = _rows("SELECT owner, batch FROM cases_give_back(%s, %s, %s)", child, service, kinds)
    return [(row[0], row[1]) for row in rows]


def cases_of(child: UUID) -> list[UUID]:
    return _ids("SELECT cases_of(%s)", child)


def cases_of_shut_out(child: UUID, worker: UUID) -> list[UUID]:
    """Open cases of a child from whom this act has just kept a worker away."""
    return _ids("SELECT cases_of_shut_out(%s, %s)", child, worker)


def cases_of_position(position: UUID) -> list[UUID]:
    """Open cases that an ended position had to do with."""
    return _ids("SELECT cases_of_position(%s)", position)


def hold(child: UUID) -> None:
    """Wait until nobody writes in this child's cases, and let nobody until the end of the transaction."""
    _rows("SELECT cases_hold(%s)", child)


def holders(child: UUID) -> list[UUID]:
    """Who holds the baton of the child's open case, and who stands in; for those who see it, and the house itself."""
    return _ids("SELECT cases_holders(%s)", child)


@dataclass(frozen=True)
class Joined:
    """The case that a service joins by a consent that has just begun to give something, and whom that concerns."""

    case: UUID
    holders: tuple[UUID, ...]
    family: tuple[UUID, ...]


def joined_by(request: UUID) -> Joined | None:
    """For the one whose act completed the consent, whether it sees the case or not: ids for notices, never shown."""
    found = _rows("SELECT of_case, holders, family FROM cases_joined_by(%s)", request)
    return Joined(found[0][0], tuple(found[0][1]), tuple(found[0][2])) if found else None


def unheld() -> list[UUID]:
    """Open cases whose holder can no longer hold."""
    return _ids("SELECT cases_unheld()")


def family(child: UUID) -> list[tuple[UUID, str]]:
    """The family's seats that hold now: (person, kind). Empty for those who do not see the case."""
    return [(row[0], row[1]) for row in _rows("SELECT person, kind FROM cases_family(%s) ORDER BY person", child)]


def candidates(child: UUID) -> list[UUID]:
    """Positions that could carry the baton or be invited."""
    return _ids("SELECT cases_candidates(%s)", child)


def openable(request: UUID) -> Openable:
    """For the one who asked; nothing for anybody else."""
    found = _rows("SELECT covered, joins, is_open FROM cases_openable(%s)", request)
    return Openable(*found[0]) if found else Openable(False, False, False)


def consequence(child: UUID, service: UUID) -> tuple[UUID, UUID | None] | None:
    """(holder now, heir) as positions if the service lost its cover; no heir: the case closes. None: no open case."""
    found = _rows("SELECT held, heir FROM cases_consequence(%s, %s)", child, service)
    return (found[0][0], found[0][1]) if found else None


def vacate(case: UUID) -> None:
    """Everybody in the services leaves a case that has just been closed, the actor too."""
    _rows("SELECT cases_vacate(%s)", case)


def could_wake(case: UUID) -> UUID | None:
    """The position that would carry a closed case taken up again."""
    found = _ids("SELECT cases_could_wake(%s)", case)
    return found[0] if found else None


def wake(case: UUID, answer_by: date) -> UUID | None:
    """The family takes a closed case up again; the person who now acts as holder, or None when nobody can."""
    found = _ids("SELECT cases_wake(%s, %s)", case, answer_by)
    return found[0] if found else None


def acting_past(day: date) -> list[tuple[UUID, UUID, UUID, datetime]]:
    """For the worker: (case, child, person to remind, acting since) where the day to answer by has passed."""
    return [tuple(row) for row in _rows("SELECT of_case, child, person, since FROM cases_acting_past(%s)", day)]


def unanswered() -> list[tuple[UUID, UUID, UUID, datetime]]:
    """For the worker: (offer, child, receiver, made at) of offers that stand."""
    return [tuple(row) for row in _rows("SELECT offer, child, receiver, made_at FROM cases_unanswered()")]


def entries_due(day: date) -> list[tuple[UUID, UUID, UUID, datetime]]:
    """For the worker: (entry, child, who looks, since) of what is kept from a parent and is to be looked at by then."""
    return [tuple(row) for row in _rows("SELECT entry, child, person, since FROM cases_entries_due(%s)", day)]


def readers_follow(entry: UUID) -> None:
    """All that an entry corrects, and all that corrects it, gets the readers just chosen for it."""
    _rows("SELECT cases_readers_follow(%s)", entry)


def looked_follows(entry: UUID) -> None:
    """All that an entry just held back corrects was looked through with it, and opens when the hold ends."""
    _rows("SELECT cases_looked_follows(%s)", entry)


def around(child: UUID) -> list[Reader]:
    """Those around a child who may know something now, with what and how far back; nobody for those outside."""
    return _readers(_rows("SELECT * FROM cases_around(%s)", child))


def around_with_names(child: UUID, also: Iterable[UUID]) -> tuple[list[Reader], dict[UUID, str]]:
    """As `around`, and what they and these others are called, as far as the actor may know their names."""
    rows = _rows(
        "SELECT coalesce(a.person, w.who), n.given, n.family, a.* FROM cases_around(%s) a"
        " FULL JOIN unnest(%s::uuid[]) w (who) ON w.who = a.person"
        " LEFT JOIN people_name n ON n.person_id = coalesce(a.person, w.who)",
        child, list(set(also)),
    )  # fmt: skip
    names = {who: Name(given=given, family=family).full for who, given, family, *_ in rows if given is not None}
    return _readers(row for _who, _given, _family, *row in rows if row[0] is not None), names


def _readers(rows: Iterable[Sequence[Any]]) -> list[Reader]:
    found: dict[tuple[UUID, UUID | None], Reader] = {}
    kinds: dict[tuple[UUID, UUID | None], dict[str, tuple[datetime, datetime]]] = {}
    for person, seat, position, service, title, called, kind, log_from, plan_from, tells in rows:
        key, family = (person, position), position is None
        known = kinds.setdefault(key, {})
        if kind is not None:
            earlier = known.get(kind, (log_from, plan_from))
            known[kind] = (min(earlier[0], log_from), min(earlier[1], plan_from))
        covered = None if family else known
        found[key] = Reader(
            person, family, seat == "child", position, service, covered, title, called, seat == "guardian",
            log_from if family else None, frozenset() if tells else frozenset({Kind.HEALTH.value}),
        )  # fmt: skip
    return list(found.values())


def unlooked(child: UUID) -> bool:
    """Whether something from before the child had a place waits to be looked through; for those in its case."""
    return bool(_rows("SELECT cases_unlooked(%s)", child)[0][0])


def lookers(child: UUID) -> list[UUID]:
    """Those of the services who take part around a child with a log; for whoever has just opened its page."""
    return _ids("SELECT cases_lookers(%s)", child)
