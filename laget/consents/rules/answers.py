"""What each has answered, and what all of them gave together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from laget.kernel.text import N_
from laget.law.kinds import Kind

REACHES = ("today", "plan", "all")
"""From the narrowest to the widest."""

WORDS_LIMIT = 120_000
"""Characters: room for anything a person writes at one time."""

NOT_ASKED_KIND = N_("Choose among what was asked about.")
OWN_ANSWER = N_(
    "This person has answered by signing in, and changes a yes only that way. "
    "If the answer is no now, you can note that."
)


@dataclass(frozen=True)
class Standing:
    """What one who must consent has answered last. No kinds is a no, or withdrawn."""

    person: UUID
    role: str
    answered: bool
    kinds: frozenset[str] = frozenset()
    reach: str = "plan"
    until: date = date.max
    joins: bool = False
    one_of: bool = False
    withdraws: bool = False


@dataclass(frozen=True)
class Wanted:
    """What a request asks for."""

    kinds: tuple[str, ...]
    reach: str
    until: date


@dataclass(frozen=True)
class Cover:
    """What everyone gave together."""

    kinds: frozenset[str]
    reach: str
    until: date


def with_identity(kinds: Iterable[str]) -> tuple[str, ...]:
    """Kinds in the law's order. A yes to anything says who the child is; no kinds is a no and says nothing."""
    chosen = set(kinds)
    return tuple(kind.value for kind in Kind if kind in chosen or (chosen and kind is Kind.IDENTITY))


def deciding(standing: Iterable[Standing]) -> tuple[Standing, ...]:
    """Those whose answers decide: each one who must, and those of whom one is enough as one."""
    everyone = tuple(standing)
    group = [one for one in everyone if one.one_of]
    alone = tuple(one for one in everyone if not one.one_of)
    return (*alone, _as_one(group)) if group else alone


def _as_one(group: list[Standing]) -> Standing:
    """One yes is enough; a no of all is a no."""
    yes = [one for one in group if one.kinds]
    if not yes:
        return replace(group[0], answered=all(one.answered for one in group))
    kinds = frozenset().union(*(one.kinds for one in yes))
    return replace(yes[0], kinds=kinds, until=min(one.until for one in yes), joins=any(one.joins for one in yes))


def complete(standing: Iterable[Standing]) -> bool:
    """Whether everyone who must consent has answered. Nobody to ask is never complete."""
    everyone = deciding(standing)
    return bool(everyone) and all(one.answered for one in everyone)


def all_say_yes(standing: Iterable[Standing]) -> bool:
    """Whether everyone who must consent has said yes to something. Nobody to ask is never enough."""
    everyone = deciding(standing)
    return bool(everyone) and all(one.answered and one.kinds for one in everyone)


def common(standing: Iterable[Standing], wanted: Wanted, on: date, *, joining: bool = False) -> Cover | None:
    """The intersection of what all gave: common kinds, narrowest reach, earliest day; None when nothing is shared.

    joining: the child already has a case, so everyone must also have said that the service may join it.
    Source: domain 1.7 (a consent's cover is the intersection of what all required persons gave).
    """
    everyone = deciding(standing)
    if not complete(everyone) or (joining and not all(one.joins for one in everyone)):
        return None
    kinds = frozenset(wanted.kinds).intersection(*(one.kinds for one in everyone))
    until = min([wanted.until, *(one.until for one in everyone)])
    if not kinds or until < on:
        return None
    reach = min([wanted.reach, *(one.reach for one in everyone)], key=REACHES.index)
    return Cover(kinds, reach, until)
