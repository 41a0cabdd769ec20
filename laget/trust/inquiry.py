"""The answer to "who could see X between t1 and t2": by person, with the place and the ground; and who did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from laget.design.words import short_date
from laget.kernel.period import Period
from laget.kernel.text import N_
from laget.trust import ground, texts, words
from laget.trust.models import Inquiry
from laget.trust.rules.could import Asked, Could, Cover, Forbid, Seat, could_see, unexplained

SEATS = {
    "parent": N_("Parent"),
    "child": N_("The child"),
    "guardian": N_("Guardian"),
    "asking": N_("Asked for consent, or was invited"),
    "emergency": N_("Opened it in an emergency"),
}
ORIGINS = {
    "consent": N_("Place in the team, from the opening of the case"),
    "invitation": N_("Place in the team, by invitation"),
    "offer": N_("Place in the team, by an offer of the baton"),
    "acting": N_("Led the team for the time being"),
}
PLACE = N_("Place in the team")
OF_NO_PLACE = ("trust.", "emergency.step_two")
"""Pages that are read without a place around the child, on a ground of their own."""


@dataclass(frozen=True)
class Line:
    """Something one person could see, in one time, by one place and one ground."""

    kinds: str
    start: datetime
    end: datetime
    place: str
    ground: str


@dataclass
class Person:
    """Somebody who could see, and what."""

    name: str
    detail: str
    itself: bool
    """The child: what is older than its own page it read only when somebody had looked through it."""
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Look:
    """One person's readings of one page."""

    name: str
    organisation: str
    page: str
    kinds: str
    times: int
    first: datetime
    last: datetime
    unexplained: int


@dataclass(frozen=True)
class Answer:
    """All that the page shows; `child` is empty when the inquiry is closed."""

    child: str
    born: date | None
    could: list[Person]
    did: list[Look]
    texts: list[texts.Shown] = field(default_factory=list)

    @property
    def unexplained(self) -> list[Look]:
        """Readings for which no place was found at that moment."""
        return [one for one in self.did if one.unexplained]


def answer(inquiry: Inquiry) -> Answer:
    """Five statements, and as many rows as there were facts and readings in the interval."""
    child, born, kept_away = ground.subject(inquiry.pk)
    if not child:
        return Answer("", None, [], [])
    seats, covers = ground.seats(inquiry.pk), ground.covers(inquiry.pk)
    forbids = [Forbid(who, Period(since, until), away) for who, since, until, away in kept_away]
    asked = Asked(Period(inquiry.begins, inquiry.ends), frozenset(inquiry.kinds), inquiry.written, inquiry.part)
    could = could_see([_seat(row) for row in seats], [_cover(row) for row in covers], forbids, asked)
    ever = could_see(
        [_seat(row) for row in seats], [_cover(row) for row in covers], forbids, Asked(asked.window, asked.kinds)
    )
    called = {row[1]: row[2] or "" for row in seats}
    own = texts.shown(ground.texts(inquiry.pk), ever, asked.window, called)
    return Answer(child, born, _people(could, seats, covers), _did(inquiry.pk, ever), own)


def _seat(row: tuple[Any, ...]) -> Seat:
    works = Period(row[10], row[11]) if row[10] is not None else None
    return Seat(row[0], row[1], row[3], Period(row[4], row[5]), row[6], row[7], works, row[12])


def _cover(row: tuple[Any, ...]) -> Cover:
    return Cover(row[0], row[1], row[2], Period(row[3], row[4]), row[5], row[6], row[7], row[8])


def _people(could: list[Could], seats: list[tuple[Any, ...]], covers: list[tuple[Any, ...]]) -> list[Person]:
    held = {row[0]: row for row in seats}
    consents = {row[0]: row for row in covers}
    people: dict[UUID, Person] = {}
    for seat, cover, some in _alike(could):
        row = held[seat]
        person = people.setdefault(row[1], Person(row[2] or "", _detail(row), row[3] == "child"))
        kinds = words.kinds(one.kind for one in some)
        why = _ground(row[3], consents.get(cover) if cover else None)
        person.lines.append(Line(kinds, some[0].period.start, some[0].period.end, _place(row), why))
    return sorted(people.values(), key=lambda one: one.name)


def _alike(could: Iterable[Could]) -> list[tuple[UUID, UUID | None, list[Could]]]:
    """Kinds of one time, one place and one consent together. A cover stands for the others of its consent."""
    together: dict[tuple[Any, ...], list[Could]] = {}
    for one in could:
        consent = (one.cover.origin, one.cover.origin_id) if one.cover else None
        together.setdefault((one.seat.id, one.period.start, one.period.end, consent), []).append(one)
    return [(some[0].seat.id, some[0].cover.id if some[0].cover else None, some) for some in together.values()]


def _detail(row: tuple[Any, ...]) -> str:
    if row[3] in ("parent", "child", "guardian"):
        return _(SEATS[row[3]])
    return ", ".join(part for part in (row[9], row[8]) if part)


def _place(row: tuple[Any, ...]) -> str:
    return _(SEATS[row[3]]) if row[3] in SEATS else _(ORIGINS.get(row[6], PLACE))


def _ground(kind: str, cover: tuple[Any, ...] | None) -> str:
    if cover is None:
        return _("Needs no consent") if kind != "asking" else _("Knows who the child is until the answer")
    if cover[9] is None:
        return _("Other ground: %(code)s") % {"code": cover[5]}
    asked = short_date(timezone.localdate(cover[9]))
    return _("Consent asked for on %(day)s, text %(version)s, number %(number)s") % {
        "day": asked, "version": cover[10], "number": str(cover[6])[:8],
    }  # fmt: skip


def _did(inquiry: UUID, could: list[Could]) -> list[Look]:
    rows = ground.did(inquiry)
    lost = unexplained(
        ((row.person, at) for row in rows for at in row.moments if not row.page.startswith(OF_NO_PLACE)), could
    )
    return [
        Look(
            row.called or _("One whose name is not known"), row.organisation or _("Private person"),
            words.shown(row.page), words.kinds(row.kinds), len(row.moments), row.moments[0], row.moments[-1],
            sum((row.person, at) in lost for at in row.moments),
        )
        for row in rows
    ]  # fmt: skip
