"""Computes the relay, the ladder, the team and the progress as shapes that fit a phone and speak without colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.translation import gettext as _

from laget.design.shapes import Drawing, width_of, wrap
from laget.design.words import OSLO, Day, Moment, clean, days_between, initials, short_date
from laget.kernel.period import FOREVER_DAY

BIG = 17.0
SMALL = 15.0
Leg = tuple[str, str, Day | Moment, Day | Moment | None, bool]
Level = tuple[str, str, str]
Member = tuple[str, str, str, bool, bool]
Goal = tuple[str, str, float | None]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the relay: somebody holds the baton, or (without holder) nobody does."""

    holder: str
    service: str
    start: Day
    end: Day | None
    acting: bool = False

    @property
    def gap(self) -> bool:
        return not self.holder


def _day(value: Day | Moment) -> Day:
    return value.astimezone(OSLO).date() if isinstance(value, Moment) else value


def _end(value: Day | Moment | None) -> Day | None:
    day = None if value is None else _day(value)
    return None if day is None or day >= FOREVER_DAY - (Day(2, 1, 1) - Day(1, 1, 1)) else day


def stretches(legs: Iterable[Leg], today: Day) -> list[Stretch]:
    """The legs by their beginning, oldest first, with the gaps between them and after the last one."""
    known = sorted(
        (
            Stretch(str(name), str(service), _day(since), _end(until), acting)
            for name, service, since, until, acting in legs
        ),
        key=lambda one: one.start,
    )
    found: list[Stretch] = []
    covered: Day | None = None
    for one in known:
        if covered is not None and one.start > covered:
            found.append(Stretch("", "", covered, one.start))
        found.append(one)
        end = one.end or Day.max
        covered = end if covered is None else max(covered, end)
    if covered is not None and covered < today:
        found.append(Stretch("", "", covered, None))
    return found


def _said_when(one: Stretch) -> str:
    if one.end is None:
        return _("since %(day)s") % {"day": short_date(one.start)}
    return _("%(start)s to %(end)s") % {"start": short_date(one.start), "end": short_date(one.end)}


def _said_who(one: Stretch) -> str:
    return _("Nobody held the baton") if one.gap and one.end else _("Nobody holds the baton") if one.gap else one.holder


def _said_what(one: Stretch, today: Day) -> str:
    if one.gap:
        return days_between(one.start, one.end or today)
    return _("%(service)s, acting holder") % {"service": one.service} if one.acting else one.service


def _height(one: Stretch, today: Day, lines: int) -> float:
    """Long legs are taller, but never so tall that the next one is lost: grows with the root of the days."""
    days = max(0, ((one.end or today) - one.start).days)
    return max(lines * SMALL * 1.3 + 18, 44 + 2.2 * sqrt(days))


def relay(legs: Iterable[Leg], today: Day | Moment) -> Drawing:
    """The baton along a time line, the newest on top."""
    now = _day(today)
    picture = Drawing(
        _("The relay"),
        _("Who has held the baton, the newest on top."),
        (_("Who"), _("What"), _("When")),
    )
    y = 6.0
    for one in reversed(stretches(legs, now)):
        y = _stretch(picture, one, now, y)
    picture.height = max(y, 1)
    return picture


def _stretch(picture: Drawing, one: Stretch, now: Day, y: float) -> float:
    """Draws one piece of the relay at y and gives the y below it."""
    room = picture.width - 44
    who = wrap(_said_who(one), room, BIG, bold=True)
    what = wrap(_said_what(one, now), room, SMALL)
    when = wrap(_said_when(one), room, SMALL)
    height = _height(one, now, len(what) + len(when) + len(who) + 1 if len(who) > 1 else len(what) + len(when) + 1)
    look = "pic-gap" if one.gap else "pic-acting" if one.acting else "pic-held"
    current = one.end is None and not one.gap
    picture.box(f"{look} pic-now" if current else look, 8, y, 18, height, 9)
    below = picture.words("pic-name pic-wrong" if one.gap else "pic-name", 42, y, who, BIG)
    below = picture.words("pic-text", 42, below, what, SMALL)
    below = picture.words("pic-quiet", 42, below, when, SMALL)
    picture.rows.append((clean(_said_who(one)), clean(_said_what(one, now)), _said_when(one)))
    return max(y + height, below) + 10


def ladder(levels: Sequence[Level], current: str) -> Drawing:
    """The levels as a stair, the lowest at the bottom; the current one is filled, framed and says so."""
    here = next((f"{code} {name}" for code, name, _meaning in levels if code == current), "")
    picture = Drawing(
        _("The level ladder"),
        _("We are on level %(level)s.") % {"level": clean(here)} if here else _("No level is set."),
        (_("Level"), _("Name"), _("What it means")),
    )
    y = 4.0
    for number, (code, name, meaning) in enumerate(reversed(levels)):
        y = _level(picture, (str(code), str(name), str(meaning)), (len(levels) - 1 - number) * 12.0, code == current, y)
    picture.height = max(y, 1)
    return picture


def _level(picture: Drawing, level: Level, indent: float, here: bool, y: float) -> float:
    code, name, meaning = level
    left, room = indent + 4, picture.width - indent - 70
    title = wrap(name, room, BIG, bold=True)
    rest = wrap(meaning, room, SMALL)
    mark = [_("We are here")] if here else []
    height = (len(title) * BIG + (len(rest) + len(mark)) * SMALL) * 1.3 + 20
    picture.box("pic-step pic-here" if here else "pic-step", left, y, picture.width - left - 4, height, 10)
    picture.circle("pic-code pic-code-here" if here else "pic-code", left + 28, y + 28, 17)
    picture.text(
        "pic-code-text pic-code-text-here" if here else "pic-code-text", left + 28, y + 34, clean(code), "middle"
    )
    below = picture.words("pic-mark", left + 56, y + 8, mark, SMALL)
    below = picture.words("pic-name", left + 56, below, title, BIG)
    picture.words("pic-text", left + 56, below, rest, SMALL)
    picture.rows.append((clean(code), clean(name), clean(meaning) + (f" ({mark[0]})" if mark else "")))
    return y + height + 8


def team(child_label: str, members: Iterable[Member]) -> Drawing:
    """The child in the middle, the family above, the services below; lines run in the middle where no words stand."""
    known = [(str(n), str(r), str(s), bool(h), bool(f)) for n, r, s, h, f in members]
    picture = Drawing(
        _("The team"),
        _("%(child)s in the middle, the family above and those who help below.") % {"child": clean(child_label)},
        (_("Name"), _("Role"), _("Service")),
    )
    family, services = [m for m in known if m[4]], [m for m in known if not m[4]]
    above, y = _rows(picture, family, 8.0, last=picture.width / 4 - 3)
    middle = y + 46
    label = wrap(child_label, 76, SMALL, bold=True)
    below, y = _rows(picture, services, middle + 62, last=picture.width / 2)
    shapes, picture.shapes = picture.shapes, []
    for x, at, holder in sorted(above + below, key=lambda place: place[2]):
        picture.line("pic-line pic-line-held" if holder else "pic-line", _branch(picture.width / 2, middle, x, at))
    picture.circle("pic-child", picture.width / 2, middle, 44)
    picture.words("pic-child-text", picture.width / 2, middle - len(label) * SMALL * 0.65, label, SMALL, "middle")
    picture.shapes.extend(shapes)
    picture.height = y if services else middle + 52
    return picture


def _branch(middle: float, child: float, x: float, y: float) -> str:
    """From the child along the middle, then out to the member."""
    if x == middle:
        return f"M{middle:g} {child:g}V{y:g}"
    turn = 12.0 if y > child else -12.0
    side = 12.0 if x > middle else -12.0
    return f"M{middle:g} {child:g}V{y - turn:g}Q{middle:g} {y:g} {middle + side:g} {y:g}H{x:g}"


def _rows(
    picture: Drawing, members: list[Member], y: float, last: float
) -> tuple[list[tuple[float, float, bool]], float]:
    """Two in a row, one alone stands at `last`; gives where each circle is and the y below all."""
    places: list[tuple[float, float, bool]] = []
    for first in range(0, len(members), 2):
        pair = members[first : first + 2]
        centres = [last] if len(pair) == 1 else [picture.width / 4 - 3, picture.width * 3 / 4 + 3]
        bottoms = [_member(picture, one, x, y) for one, x in zip(pair, centres, strict=True)]
        places.extend((x, y + 26, one[3]) for one, x in zip(pair, centres, strict=True))
        y = max(bottoms) + 16
    return places, y


def _member(picture: Drawing, member: Member, x: float, y: float) -> float:
    name, role, service, holder, family = member
    room = 156.0
    if family:
        picture.box("pic-family", x - 24, y + 2, 48, 48, 14)
    else:
        picture.circle("pic-member pic-member-held" if holder else "pic-member", x, y + 26, 25)
    picture.text("pic-initials pic-initials-held" if holder else "pic-initials", x, y + 32, initials(name), "middle")
    below = y + 56
    if holder:
        below = _badge(picture, x, below)
    below = picture.words("pic-name", x, below, wrap(name, room, BIG, bold=True), BIG, "middle")
    below = picture.words("pic-text", x, below, wrap(role, room, SMALL), SMALL, "middle")
    below = picture.words("pic-quiet", x, below, wrap(service, room, SMALL), SMALL, "middle")
    holds = _("holds the baton")  # inside the braces below it would not be found for translation
    said = f"{clean(role)} ({holds})" if holder else clean(role)
    picture.rows.append((clean(name), said, clean(service)))
    return below


def _badge(picture: Drawing, x: float, y: float) -> float:
    text = _("Holds the baton")
    width = min(width_of(text, SMALL, bold=True) + 20, 152)
    picture.box("pic-badge", x - width / 2, y + 2, width, 24, 12)
    picture.text("pic-badge-text", x, y + 19, text, "middle")
    return y + 28


def progress(goals: Iterable[Goal]) -> Drawing:
    """One bar per goal with its state in words; a goal without a share has only the words."""
    picture = Drawing(_("The goals"), _("How far each goal has come."), (_("Goal"), _("How it goes"), _("How far")))
    y = 0.0
    for title, state, share in goals:
        y = _goal(picture, str(title), str(state), share, y)
    picture.height = max(y, 1)
    return picture


def _goal(picture: Drawing, title: str, state: str, share: float | None, y: float) -> float:
    room = picture.width - 8
    part = None if share is None else max(0.0, min(100.0, float(share)))
    y = picture.words("pic-name", 4, y, wrap(title, room, BIG, bold=True), BIG) + 6
    if part is not None:
        picture.box("pic-track", 4, y, room, 14, 7)
        if part > 0:
            picture.box("pic-done", 4, y, max(14.0, room * part / 100), 14, 7)
        y += 18
    said = "–" if part is None else f"{part:.0f} %"
    y = picture.words("pic-text", 4, y, wrap(state if part is None else f"{state} · {said}", room, SMALL), SMALL)
    picture.rows.append((clean(title), clean(state), said))
    return y + 20
