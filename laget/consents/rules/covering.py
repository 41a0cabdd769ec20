"""What an answer changes in the facts of sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from laget.consents.rules.answers import Cover
from laget.families.rules import ends
from laget.kernel.period import BEGINNING


@dataclass(frozen=True)
class InForce:
    """A kind that a service may know now; `mine`: by this request."""

    kind: str
    until: datetime
    log_from: datetime
    plan_from: datetime
    mine: bool

    @property
    def reach(self) -> str:
        if self.log_from == BEGINNING:
            return "all"
        return "plan" if self.plan_from == BEGINNING else "today"


@dataclass(frozen=True)
class Begin:
    """A fact of sight to begin. A `from` of None means from now."""

    kind: str
    until: datetime
    log_from: datetime | None
    plan_from: datetime | None


@dataclass(frozen=True)
class Change:
    """What must be done to the facts of sight, and what the service has lost and gained by it."""

    end: frozenset[str]
    begin: tuple[Begin, ...]
    lost: frozenset[str]
    gained: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.end or self.begin)


def no_wider(after: Cover | None, before: Iterable[InForce]) -> Cover | None:
    """What a request gives, without what it did not give before: while it is not settled who must say yes."""
    kinds = after.kinds & {row.kind for row in before if row.mine} if after else frozenset()
    return replace(after, kinds=kinds) if after and kinds else None


def change(before: Iterable[InForce], after: Cover | None) -> Change:
    """What moves when a request's cover becomes `after`. A kind that another consent covers too is not lost."""
    rows = tuple(before)
    mine = {row.kind: row for row in rows if row.mine}
    others = {row.kind for row in rows if not row.mine}
    wanted = after.kinds if after else frozenset()
    moved = {kind for kind in wanted & set(mine) if after and _differs(mine[kind], after)}
    fresh = wanted - set(mine)
    begin = tuple(_begin(kind, after, mine.get(kind)) for kind in sorted(fresh | moved)) if after else ()
    gone = frozenset(mine) - wanted
    return Change(frozenset(gone | moved), begin, frozenset(gone - others), frozenset(fresh - others))


def _differs(row: InForce, after: Cover) -> bool:
    return (row.reach, row.until) != (after.reach, ends(after.until))


def _begin(kind: str, after: Cover, old: InForce | None) -> Begin:
    """From when a kind is seen: what the service could see all along under this consent stays seen."""
    base = old.log_from if old and old.log_from != BEGINNING else None
    log_from = BEGINNING if after.reach == "all" else base
    plan_from = base if after.reach == "today" else BEGINNING
    return Begin(kind, ends(after.until), log_from, plan_from)
