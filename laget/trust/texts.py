"""Of an inquiry: texts with readers of their own, whom each was for and when, who chose it, who could read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from laget.kernel.period import Period
from laget.kernel.text import N_
from laget.law.withholding import LABELS, Ground
from laget.sight.rules import NAMES_PEOPLE, Addressing, Audience, Text
from laget.trust import words
from laget.trust.rules.could import Could, meet
from laget.trust.rules.texts import Chosen, could_read, people, spans

SORTS = {
    "log": N_("An entry in the log"), "goal": N_("A goal"), "measure": N_("A measure"),
    "revision": N_("An earlier text in the plan"), "evaluation": N_("An evaluation"),
    "matter": N_("What matters to the child"),
}  # fmt: skip
AUDIENCES = {
    Audience.TEAM: N_("The team and the family"), Audience.OWN_SERVICE: N_("One service and the family"),
    Audience.FAMILY: N_("Only the family"), Audience.SERVICES: N_("Only the services"),
    Audience.NAMED: N_("Only those named"), Audience.CHILDS_OWN: N_("The child, and those it chose"),
    Audience.NOT_FOR: N_("Not for somebody named"),
}  # fmt: skip


@dataclass(frozen=True)
class Span:
    """Whom a text was for in a time, by whose choice and on what ground, and who could read it then."""

    start: datetime
    end: datetime
    to: str
    by: str
    readers: str


@dataclass(frozen=True)
class Shown:
    """One text, never its words."""

    sort: str
    kind: str
    at: datetime
    author: str
    spans: list[Span]


def shown(rows: list[tuple[Any, ...]], could: list[Could], window: Period, called: Mapping[UUID, str]) -> list[Shown]:
    """`rows`: as `ground.texts` gives them; `could`: everybody who could see any of the kinds; `called`: names."""
    return [one for one in (_shown(row, could, window, called) for row in rows) if one.spans]


def _shown(row: tuple[Any, ...], could: list[Could], window: Period, called: Mapping[UUID, str]) -> Shown:
    _id, sort, kind, at, author, name, service, audience, persons, chosen = row
    made = {parse_datetime(one["at"]): one for one in chosen}
    rows = [_chosen(one) for one in chosen]
    found = []
    for period, to in spans(at, Addressing(audience, frozenset(persons)), rows):
        time = meet(period, window)
        if time is None:
            continue
        text = Text(to, author, kind, service, at, sort != "log")
        readers = people(could_read(could, text, time))
        latest = max((one.at for one in rows if one.at <= period.start), default=None)
        why = _by(made[latest]) if latest else name or ""
        # Whom a child trusts is the child's, also when somebody controls: the officer asks the child.
        names = _("Not shown") if to.audience == Audience.CHILDS_OWN else _names(readers, called)
        found.append(Span(time.start, time.end, _to(to, called), why, names))
    return Shown(_(SORTS[sort]), words.kinds([kind]), at, name or "", found)


def _chosen(one: dict[str, Any]) -> Chosen:
    at = parse_datetime(one["at"])
    assert at is not None
    before = _addressing(one["audience_before"], one["persons_before"]) if one["audience_before"] else None
    return Chosen(at, _addressing(one["audience"], one["persons"]), before)


def _addressing(audience: str, persons: list[str]) -> Addressing:
    return Addressing(audience, frozenset(UUID(one) for one in persons))


def _by(one: dict[str, Any]) -> str:
    ground = _(LABELS[Ground(one["ground"])]) if one["ground"] else ""
    return ". ".join(part for part in (one["by"] or "", ground) if part)


def _to(to: Addressing, called: Mapping[UUID, str]) -> str:
    said = _(AUDIENCES[Audience(to.audience)])
    if to.audience not in NAMES_PEOPLE or to.audience == Audience.CHILDS_OWN or not to.persons:
        return said
    return f"{said}: {_names(sorted(to.persons), called)}"


def _names(persons: list[UUID], called: Mapping[UUID, str]) -> str:
    names = sorted(called.get(one) or _("One whose name is not known") for one in persons)
    return ", ".join(names) or _("Nobody")
