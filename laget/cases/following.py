"""The guide that a case follows: the version it began with, or was moved to on purpose; never simply today's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from laget.cases.models import Case, Crossing
from laget.guide.national import current, version
from laget.guide.rules import Form, Guide, Level, Outcome, UnknownCode, for_service, level_of


def guide_of(case: Case) -> Guide:
    """What is common to all services in the case's own version."""
    return version(case.guide_version)


def guide_where_held(case: Case) -> Guide:
    """As `guide_of`, as it is in the kind of service that holds the baton: its steps, deadlines and outcomes."""
    guide = guide_of(case)
    service = case.baton.position.unit.service if case.baton else case.service
    return for_service(guide, service.sort)


def guide_then(case: Case, crossings: Iterable[Crossing], at: datetime) -> Guide:
    """The version that the case followed at a moment, by what it has been moved from."""
    later = sorted((one for one in crossings if one.at > at), key=lambda one: one.at)
    return version(later[0].before) if later else guide_of(case)


def outcome_known(case: Case, code: str) -> Outcome | None:
    """What an evaluation of this case came to, also in the words of a service's variant or of a version it has left."""
    for guide in _all_followed(case):
        try:
            return guide.outcome(code)
        except UnknownCode:
            continue
    return None


def _all_followed(case: Case) -> Iterator[Guide]:
    """The case's version with its variants; only then is it asked which ones came before."""
    yield from _with_variants(guide_of(case))
    for one in case.crossings.order_by("-at", "id"):
        yield from _with_variants(version(one.before))


def _with_variants(guide: Guide) -> Iterator[Guide]:
    yield guide
    yield from (one.guide for one in guide.variants)


def newer_guide(case: Case, today: date) -> Guide | None:
    """The version that holds today where the case was opened, when it is another than the case follows."""
    newest = current(today, case.service.sort)
    return None if newest.code == case.guide_version else newest


@dataclass(frozen=True)
class Landing:
    """Where a case comes to stand in another version: on the level with the same form of cooperation, never by code."""

    before: Level
    after: Level


SIDE = tuple(Form)
"""Forms of cooperation, the fewest people first."""


def landing(case: Case, newer: Guide) -> Landing | None:
    """None when the case's level is not known, or the newer version has no such level nor one with more people."""
    try:
        before = guide_of(case).level(case.level)
    except UnknownCode:
        return None
    for form in SIDE[SIDE.index(before.form) :]:
        found = level_of(newer, form)
        if found is not None:
            return Landing(before, found)
    return None
