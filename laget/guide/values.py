"""The guide as frozen values: what a level, a step, a deadline or a word is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from laget.guide.days import Unit
from laget.law.consent import Ask
from laget.law.kinds import Kind


class UnknownCode(LookupError):
    """The guide of that version has no such code."""


@dataclass(frozen=True)
class Text:
    """What people read, in bokmål and English."""

    nb: str
    en: str

    def get(self, language: str | None) -> str:
        """English when asked for, otherwise bokmål."""
        return self.en if (language or "").startswith("en") else self.nb


class Form(StrEnum):
    """A level's form of cooperation on a scale of our own, so that municipalities' codes need not be compared."""

    WONDER = "wonder"
    ONE_SERVICE = "one_service"
    TWO_SERVICES = "two_services"
    SEVERAL_SERVICES = "several_services"


class Advice(StrEnum):
    """What an answer to the first question leads to."""

    TALK_FIRST = "talk_first"
    DO_NOT_TALK = "do_not_talk"
    ASK_FIRST = "ask_first"


class Effect(StrEnum):
    """What an evaluation leads to."""

    CLOSE = "close"
    CONTINUE = "continue"
    NEW_MEASURES = "new_measures"
    NEXT_LEVEL = "next_level"


class Writer(StrEnum):
    """Who may write an entry of a kind."""

    WORKER = "worker"
    FAMILY = "family"


class Direction(StrEnum):
    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True)
class Level:
    code: str
    name: Text
    meaning: Text
    colour: str
    form: Form


@dataclass(frozen=True)
class Role:
    """Who does a step; may be relative to the case (the holder, the one who wondered)."""

    code: str
    name: Text


@dataclass(frozen=True)
class Step:
    """`who` are role codes, `deadline` a deadline's code or empty."""

    code: str
    level: str
    name: Text
    what: Text
    how: Text
    who: tuple[str, ...]
    deadline: str


@dataclass(frozen=True)
class FirstAnswer:
    code: str
    text: Text
    advice: Text
    effect: Advice


@dataclass(frozen=True)
class FirstQuestion:
    question: Text
    help: Text
    answers: tuple[FirstAnswer, ...]


@dataclass(frozen=True)
class ServiceKind:
    """A kind of service with the act it usually works under and the kinds of information offered to it first."""

    code: str
    name: Text
    act: str
    offered: tuple[Kind, ...]


@dataclass(frozen=True)
class Profession:
    code: str
    name: Text
    service_kind: str


@dataclass(frozen=True)
class HolderRule:
    """Professions in order of nearness to the child, for one level."""

    level: str
    professions: tuple[str, ...]


@dataclass(frozen=True)
class Criterion:
    code: str
    text: Text


@dataclass(frozen=True)
class Deadline:
    """`from_event` names what the count starts from; `reason` is what people are told."""

    code: str
    value: int
    unit: Unit
    direction: Direction
    from_event: str
    reason: Text


@dataclass(frozen=True)
class Reach:
    """How far back a consent reaches."""

    code: str
    name: Text
    help: Text


@dataclass(frozen=True)
class Heard:
    """From which age, and how, a child is heard."""

    age: int
    text: Text


@dataclass(frozen=True)
class ConsentDefaults:
    """`told`: sentences for families by code; `moved`: what the municipality decided where the statutes are silent."""

    reach_default: str
    reaches: tuple[Reach, ...]
    heard: tuple[Heard, ...]
    told: Mapping[str, Text]
    moved: Mapping[str, Ask]

    @property
    def heard_ages(self) -> tuple[int, ...]:
        return tuple(one.age for one in self.heard)


@dataclass(frozen=True)
class Log:
    """From which level a case has a log, and what families are told when it is offered."""

    first_level: str
    paper_allowed: bool
    offer: Text
    declined: Text


@dataclass(frozen=True)
class Outcome:
    code: str
    text: Text
    effect: Effect


@dataclass(frozen=True)
class Closing:
    """Why a case closes. `system`: set by the house itself, never chosen."""

    code: str
    text: Text
    family: Text
    system: bool


@dataclass(frozen=True)
class EntryKind:
    """A kind of entry in the log; `kind` is the kind of information it is offered with."""

    code: str
    name: Text
    hint: Text
    kind: Kind
    writers: tuple[Writer, ...]


@dataclass(frozen=True)
class Area:
    """An area of life, with the kind of information that goals in it usually are."""

    code: str
    name: Text
    hint: Text
    kind: Kind


@dataclass(frozen=True)
class Help:
    """Whom a family can call. `urgent`: shown first and always."""

    code: str
    name: Text
    number: str
    text: Text
    urgent: bool


@dataclass(frozen=True)
class Word:
    """What the municipality calls a thing: one, the one spoken of, many."""

    concept: str
    one: Text
    the: Text
    many: Text


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_C = TypeVar("_C", bound=_Coded)


def _find(items: Iterable[_C], code: str) -> _C:
    for one in items:
        if one.code == code:
            return one
    raise UnknownCode(code)


@dataclass(frozen=True)
class Guide:
    """One version of the guide. `evaluation_weeks` None: the date must be set each time."""

    code: str
    name: Text
    valid_from: date
    levels: tuple[Level, ...]
    moves: Mapping[str, tuple[str, ...]]
    log: Log
    roles: tuple[Role, ...]
    steps: tuple[Step, ...]
    first_question: FirstQuestion
    service_kinds: tuple[ServiceKind, ...]
    professions: tuple[Profession, ...]
    holders: tuple[HolderRule, ...]
    criteria: tuple[Criterion, ...]
    deadlines: tuple[Deadline, ...]
    consent: ConsentDefaults
    family_seat_until_age: int
    evaluation_weeks: int | None
    outcomes: tuple[Outcome, ...]
    closings: tuple[Closing, ...]
    entries: tuple[EntryKind, ...]
    areas: tuple[Area, ...]
    helps: tuple[Help, ...]
    words: tuple[Word, ...]

    def level(self, code: str) -> Level:
        return _find(self.levels, code)

    def role(self, code: str) -> Role:
        return _find(self.roles, code)

    def outcome(self, code: str) -> Outcome:
        return _find(self.outcomes, code)

    def closing(self, code: str) -> Closing:
        return _find(self.closings, code)

    def entry(self, code: str) -> EntryKind:
        return _find(self.entries, code)

    def area(self, code: str) -> Area:
        return _find(self.areas, code)

    def reach(self, code: str) -> Reach:
        return _find(self.consent.reaches, code)

    def profession(self, code: str) -> Profession:
        return _find(self.professions, code)

    def service_kind(self, code: str) -> ServiceKind:
        return _find(self.service_kinds, code)

    def deadline_rule(self, code: str) -> Deadline:
        return _find(self.deadlines, code)
