"""What becomes another for a case that goes over to a newer version of the guide, row by row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from laget.cases import following
from laget.cases.models import Case
from laget.guide.rules import Guide, Level, Text, UnknownCode, for_service, label, outcomes_for, steps_of
from laget.guide.telling import length
from laget.guide.words import text

CONCEPTS = ("relay_holder", "relay_log", "level", "team")


@dataclass(frozen=True)
class Change:
    """One thing, as it is now and as it would be."""

    what: str
    now: tuple[str, ...]
    then: tuple[str, ...]

    @property
    def same(self) -> bool:
        return self.now == self.then


@dataclass(frozen=True)
class Preview:
    """What is read before the case goes over. `landing` None: the newer version has no place for it."""

    code: str
    name: str
    changes: tuple[Change, ...]
    same: tuple[str, ...]
    more: bool


def level_said(level: Level) -> str:
    """A level in words, with the sign that people know it by."""
    return _("Level %(code)s: %(name)s") % {"code": level.shown, "name": text(level.name)}


def preview(case: Case, newer: Guide) -> Preview | None:
    """What changes and what stays; None when the newer version has no level for the case."""
    landing = following.landing(case, newer)
    if landing is None:
        return None
    sort = (case.baton.position.unit.service if case.baton else case.service).sort
    old, new = following.guide_where_held(case), for_service(newer, sort)
    rows = [
        Change(_("Level"), (level_said(landing.before),), (level_said(landing.after),)),
        Change(_("Meaning"), (text(landing.before.meaning),), (text(landing.after.meaning),)),
        Change(_("Steps"), _steps(old, landing.before), _steps(new, landing.after)),
        Change(_("How an evaluation may end"), _outcomes(old, landing.before), _outcomes(new, landing.after)),
        Change(_("Words"), _words(following.guide_of(case)), _words(newer)),
    ]
    changed = tuple(one for one in rows if not one.same)
    kept = tuple(one.what for one in rows if one.same)
    return Preview(newer.code, text(newer.name), changed, kept, landing.after.form is not landing.before.form)


def _steps(guide: Guide, level: Level) -> tuple[str, ...]:
    return tuple(_step(guide, one.name, one.deadline) for one in steps_of(guide, level.code))


def _step(guide: Guide, name: Text, deadline: str) -> str:
    said = text(name)
    try:
        return f"{said} ({length(guide.deadline_rule(deadline), get_language())})" if deadline else said
    except UnknownCode:
        return said


def _outcomes(guide: Guide, level: Level) -> tuple[str, ...]:
    return tuple(text(one.text) for one in outcomes_for(guide, level.code))


def _words(guide: Guide, concepts: Iterable[str] = CONCEPTS) -> tuple[str, ...]:
    return tuple(label(guide, one, get_language(), both=True) for one in concepts)
