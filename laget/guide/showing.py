"""What the pages of the model show: a version in words, the list of versions, and a draft with who did what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language

from laget.directory.reading import names
from laget.guide.access import (
    latest_wording,
    own_text,
    rows,
    visible_drafts,
    visible_proposals,
    visible_versions,
    visible_wordings,
)
from laget.guide.faults import GuideFaults
from laget.guide.making import first_text, next_code, recoded, stands_alone
from laget.guide.models import Draft, Proposal, Version, Wording
from laget.guide.national import current, national
from laget.guide.national import version as by_code
from laget.guide.parts import AGAIN, ASKS, COLUMNS, MEDIA, WORDS
from laget.guide.reading import read_guide
from laget.guide.rules import Guide, Level, Step, for_service, nearest, other_ways, steps_of, word
from laget.guide.telling import length
from laget.guide.words import text
from laget.kernel.actor import Actor


@dataclass(frozen=True)
class StepTold:
    """A step in words: `parts` are its shown headings with what they say."""

    name: str
    parts: list[tuple[str, str]]


@dataclass(frozen=True)
class LevelTold:
    """A level with its steps and where one may go from it."""

    shown: str
    name: str
    meaning: str
    steps: list[StepTold]
    at_an_adult: list[StepTold]
    moves: list[str]
    holders: list[str]


@dataclass(frozen=True)
class GuideTold:
    """A whole guide in words."""

    name: str
    level_word: str
    levels: list[LevelTold]
    deadlines: list[tuple[str, str]]
    words: list[str]
    consent: dict[str, object]
    log: tuple[str, str]
    holder: list[str]
    weeks: int | None
    outcomes: list[str]
    closings: list[str]


def told(guide: Guide, level: str = "", kind: str = "") -> GuideTold:
    """The guide as it is at a level and in a kind of service; empty for all."""
    here = for_service(guide, kind) if kind else guide
    chosen = [one for one in here.levels if not level or one.code == level]
    return GuideTold(
        name=text(guide.name),
        level_word=word(guide, "level", get_language()).capitalize(),
        levels=[_level(here, one) for one in chosen],
        deadlines=[(text(one.reason), _capital(length(one, get_language()))) for one in here.deadlines],
        words=[word(here, one, get_language()) for one in WORDS],
        consent=consent_told(here),
        log=(text(here.level(here.log.first_level).name), text(here.log.offer)),
        holder=[text(one.text) for one in here.baton.tasks],
        weeks=here.evaluation_weeks,
        outcomes=[text(one.text) for one in here.outcomes],
        closings=[text(one.text) for one in here.closings if not one.system],
    )


def _level(guide: Guide, one: Level) -> LevelTold:
    return LevelTold(
        shown=one.shown,
        name=text(one.name),
        meaning=text(one.meaning),
        steps=[_step(guide, step) for step in steps_of(guide, one.code)],
        at_an_adult=[_step(guide, step) for step in other_ways(guide, one.code)],
        moves=[f"{to.shown} {text(to.name)}" for to in (guide.level(code) for code in guide.moves.get(one.code, ()))],
        holders=[text(profession.name) for profession in nearest(guide, one.code)],
    )


def _step(guide: Guide, step: Step) -> StepTold:
    said = {
        "what": text(step.what) if step.what else "",
        "how": text(step.how) if step.how else "",
        "who": ", ".join(text(guide.role(one).name) for one in step.who),
        "arena": text(step.arena) if step.arena else "",
        "deadline": length(guide.deadline_rule(step.deadline), get_language()) if step.deadline else "",
        "tools": ", ".join(text(guide.tool(one).name) for one in step.tools),
        "gate": text(step.gate.question) if step.gate else "",
    }
    shown = [(text(one.name), said[one.code]) for one in guide.headings if one.shown and said[one.code]]
    return StepTold(text(step.name), shown)


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def consent_told(guide: Guide) -> dict[str, object]:
    """The rules of consent, for people."""
    found = guide.consent
    return {
        "first": text(guide.level(found.first_asked).name) if found.first_asked else "",
        "period": length(guide.deadline_rule("consent_period"), get_language()),
        "again": [AGAIN[one] for one in found.needed_again],
        "media": [MEDIA[one] for one in found.media],
        "heard": [(one.age, text(one.text)) for one in found.heard],
        "decisions": [_decision(one.rule, ASKS[one.ask], text(one.reason)) for one in found.decisions],
    }


def _decision(rule: str, ask: object, reason: str) -> tuple[object, str, object, str]:
    _table, row, column = rule.split("/")
    return COLUMNS[column], row, ask, reason


@dataclass(frozen=True)
class VersionShown:
    """`state`: now, later or earlier. `key` is None for the national default."""

    name: str
    code: str
    begins: date | None
    state: str
    key: UUID | None = None


def versions_shown(actor: Actor, today: date) -> list[VersionShown]:
    """Every version, the newest first, and the national default below all."""
    found: list[VersionShown] = []
    holds = False
    for one in visible_versions(actor).only("code", "valid_from", "id"):
        state = "later" if one.valid_from > today else "earlier" if holds else "now"
        holds = holds or state == "now"
        found.append(VersionShown(text(by_code(one.code).name), one.code, one.valid_from, state, one.pk))
    default = national()
    return [*found, VersionShown(text(default.name), default.code, None, "earlier" if holds else "now")]


@dataclass(frozen=True)
class DraftShown:
    """A draft with its latest wording, what waits, and who did what, the latest first."""

    draft: Draft
    said: Wording
    name: str
    guide: Guide | None
    faults: GuideFaults | None = None
    waiting: Proposal | None = None
    history: list[tuple[Wording, str]] = field(default_factory=list)


def drafts_shown(actor: Actor) -> list[DraftShown]:
    """Every open draft, in three statements however many there are."""
    drafts = list(visible_drafts(actor))
    every = visible_wordings(actor).filter(draft__in=[one.pk for one in drafts]).order_by("draft_id", "-number")
    latest = {one.draft_id: one for one in every.distinct("draft_id")}
    waiting = {one.wording.draft_id: one for one in visible_proposals(actor).filter(ruling=None)}
    return [_draft(one, latest[one.pk], waiting.get(one.pk)) for one in drafts]


def draft_shown(actor: Actor, draft: Draft) -> DraftShown:
    """One draft with its history, named."""
    said = list(visible_wordings(actor).filter(draft=draft).defer("own"))
    named = names(one.by for one in said)
    waiting = visible_proposals(actor).filter(wording__draft=draft, ruling=None).first()
    found = _draft(draft, latest_wording(draft), waiting)
    history = [(one, named[one.by].full if one.by in named else "") for one in said]
    return DraftShown(draft, found.said, found.name, found.guide, found.faults, waiting, history)


def _draft(draft: Draft, said: Wording, waiting: Proposal | None) -> DraftShown:
    try:
        guide = read_guide(said.own)
    except GuideFaults as faults:
        return DraftShown(draft, said, "", None, faults, waiting)
    return DraftShown(draft, said, text(guide.name), guide, None, waiting)


def name_of(person: UUID) -> str:
    """Who it is, for the line that says who did what."""
    found = names([person]).get(person)
    return found.full if found else ""


def fresh_text(today: date) -> str:
    """What a new draft begins with: the latest version under the next code, or the national default."""
    known = rows()
    codes = [code for code, _day in known]
    code = next_code(codes[0] if codes else "", codes, settings.LAGET_MUNICIPALITY)
    if not codes:
        return first_text(code, settings.LAGET_MUNICIPALITY)
    holding = current(today).code
    own, whole = own_text(holding if holding in codes else codes[-1])
    return recoded(own if stands_alone(own) else whole, code)


def earlier(version: Version) -> Guide:
    """What held until a version began."""
    before = [code for code, day in rows() if day < version.valid_from]
    return by_code(before[0]) if before else national()


def steps_listed(guide: Guide) -> list[tuple[str, list[tuple[int, str]]]]:
    """Steps under their level, numbered through all."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, one in enumerate(guide.steps, start=1):
        level = guide.level(one.level)
        found.setdefault(f"{level.shown}: {text(level.name)}", []).append((number, text(one.name)))
    return list(found.items())
