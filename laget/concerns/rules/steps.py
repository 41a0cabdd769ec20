"""Which step of the guide a worry has come to, by when, and what is closed as long as it is not safe to talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from laget.guide.rules import Advice, Form, Guide, Level, Step, asked_first_at, deadline, level_of, steps_of
from laget.law.reporting import HARM, Finding

SHARE, TALK, ENVIRONMENT = "share_with_leader", "talk_with_parents", "environment_case"
KEPT, ENDED, PROLONGED, LEFT = "worry_kept", "worry_ended", "worry_prolonged", "worry_owner_left"
"""Deadlines of the guide: of the talks, and of how long a note is kept."""
ADULT = "adult"
"""The guide's variant for a worry that begins at a grown-up."""

Part = Mapping[str, Any]


@dataclass(frozen=True)
class Note:
    """What the owner has written, by part.

    The parts: worry, safe, leader, parents, child, duty, environment, asked, alone, outcome.
    Each part is a mapping of texts and codes with `n`, how many times it has been saved. `lost`: no key opens it.
    """

    parts: Mapping[str, Part] = field(default_factory=dict)
    lost: bool = False

    def part(self, name: str) -> Part:
        return self.parts.get(name, {})

    def version(self, name: str) -> int:
        return int(self.part(name).get("n", 0))

    def with_part(self, name: str, fields: Part) -> Note:
        """The note with this part written anew."""
        return Note({**self.parts, name: {**fields, "n": self.version(name) + 1}})

    def come_back(self, unshared: str) -> Note:
        """The note when the question to the parents ended without a yes: `unshared` is "no", "silence" or empty."""
        return Note({**self.parts, "asked": {**self.part("asked"), "unshared": unshared}}) if unshared else self

    @property
    def waits_for_parents(self) -> bool:
        """Whether the parents are asked, and the question still stands."""
        return bool(self.part("asked")) and not self.part("asked").get("unshared")

    def day(self, name: str, key: str = "on") -> date | None:
        """A day that a part tells."""
        told = self.part(name).get(key)
        return date.fromisoformat(told) if told else None

    @property
    def label(self) -> str:
        return str(self.part("worry").get("label", ""))

    @property
    def variant(self) -> str:
        return str(self.part("worry").get("variant", ""))


class State(StrEnum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    NOT_NOW = "not_now"


class Does(StrEnum):
    """What the notebook offers at a step."""

    WRITE = "write"
    SHARE = "share"
    TALK = "talk"
    DECIDE = "decide"


class Next(StrEnum):
    """The one thing to do now."""

    REPORT = "report"
    CALL = "call"
    SHARE = "share"
    TALK = "talk"
    DECIDE = "decide"
    ASK = "ask"
    ALONE = "alone"
    WAIT = "wait"
    NOTHING = "nothing"


@dataclass(frozen=True)
class StepNow:
    """A step of the guide with where it stands. `due`: by when, when the guide says so. `done_on`: when, if known."""

    step: Step
    does: Does
    state: State
    due: date | None
    done_on: date | None


def wonder(guide: Guide) -> Level:
    """The level at which somebody wonders, whatever the municipality calls it."""
    return next(level for level in guide.levels if level.form is Form.WONDER)


def asks_at_the_talk(guide: Guide) -> bool:
    """Whether the parents are asked already in the talk with them, before anybody goes on."""
    return asked_first_at(guide) is Form.WONDER


def alone_at(guide: Guide) -> Level | None:
    """Where one goes on in one's own service before the parents are asked for consent; None where they are asked first.

    Nothing is shared with another service there, so that no consent is needed.
    """
    before = asked_first_at(guide) not in (Form.WONDER, Form.ONE_SERVICE)
    return level_of(guide, Form.ONE_SERVICE) if before else None


def way(guide: Guide, variant: str) -> tuple[Step, ...]:
    """The steps of a worry; the ordinary ones when the guide has no such variant."""
    code = wonder(guide).code
    return steps_of(guide, code, variant) or steps_of(guide, code)


def advice(guide: Guide, note: Note) -> Advice:
    """What the first question leads to now. An answer that the guide does not know is no yes.

    A yes that was given before the owner answered that somebody may harm the child is to be given anew.
    """
    answered = _answered(guide, note)
    anew = int(note.part("duty").get("asks_anew", 0)) >= max(1, note.version("safe"))
    return Advice.ASK_FIRST if anew and answered is Advice.TALK_FIRST else answered


def _answered(guide: Guide, note: Note) -> Advice:
    if note.part("safe").get("now"):
        return Advice.TALK_FIRST
    code = note.part("safe").get("answer")
    found = next((one for one in guide.first_question.answers if one.code == code), None)
    return found.effect if found else Advice.ASK_FIRST


def asks_anew(note: Note, grounds: tuple[str, ...]) -> int:
    """Which answer to the first question is to be given anew, with these grounds of a duty to report; or 0."""
    if HARM.isdisjoint(grounds):
        return 0
    return int(note.part("duty").get("asks_anew", 0)) or note.version("safe")


def must_report(note: Note) -> bool:
    """Whether the owner's own answers, as they stand, come to a duty to report."""
    return note.part("duty").get("finding") == Finding.MUST_REPORT


def may_talk(guide: Guide, note: Note) -> bool:
    """Whether the parents may be talked with and asked, as far as the owner has said."""
    return advice(guide, note) is Advice.TALK_FIRST


def steps_now(guide: Guide, note: Note, noted_on: date) -> tuple[StepNow, ...]:
    """Every step with where it stands and by when."""
    steps = way(guide, note.variant)
    done = {
        Does.WRITE: noted_on,
        Does.SHARE: note.day("leader"),
        Does.TALK: note.day("parents"),
        Does.DECIDE: note.day("outcome") or note.day("alone"),
    }
    here = NEXT_OF.get(next_step(guide, note))
    found = []
    for step in steps:
        does = _does(step, steps)
        due = deadline(guide, step.deadline, noted_on) if step.deadline else None
        found.append(StepNow(step, does, _state(guide, note, does, done[does], here), due, done[does]))
    return tuple(found)


def _does(step: Step, steps: tuple[Step, ...]) -> Does:
    """By its deadline, or by being the last: the names of steps belong to the municipality."""
    by_deadline = {SHARE: Does.SHARE, TALK: Does.TALK}
    return by_deadline.get(step.deadline) or (Does.DECIDE if step == steps[-1] else Does.WRITE)


def _state(guide: Guide, note: Note, does: Does, done_on: date | None, here: Does | None) -> State:
    if done_on is not None:
        return State.DONE
    if does is Does.TALK and not may_talk(guide, note):
        return State.NOT_NOW
    return State.NOW if does is here else State.LATER


def next_step(guide: Guide, note: Note) -> Next:
    """The one next step. A duty to report goes before all, then calling when it is not safe. No leader is awaited."""
    if note.part("outcome"):
        return Next.NOTHING
    if must_report(note):
        return Next.REPORT
    if note.waits_for_parents:
        return Next.WAIT
    offered = {_does(step, way(guide, note.variant)) for step in way(guide, note.variant)}
    safe = may_talk(guide, note)
    waits = (
        (Next.CALL, not safe and not note.part("duty")),
        (Next.DECIDE, bool(note.part("asked")) and not note.part("alone")),
        (Next.SHARE, Does.SHARE in offered and note.day("leader") is None),
        (Next.TALK, Does.TALK in offered and safe and note.day("parents") is None),
        (Next.ASK, asks_at_the_talk(guide) and _would_be_asked(note) and safe),
        (Next.ALONE, bool(note.part("alone"))),
    )
    return next((one for one, waiting in waits if waiting), Next.DECIDE)


def _would_be_asked(note: Note) -> bool:
    """The parents have been talked with, and have not said there and then that they don't want it."""
    return note.day("parents") is not None and note.part("parents").get("consent") != "no"


NEXT_OF = {
    Next.SHARE: Does.SHARE,
    Next.TALK: Does.TALK,
    Next.DECIDE: Does.DECIDE,
    Next.WAIT: Does.DECIDE,
    Next.ASK: Does.DECIDE,
}


def next_due(guide: Guide, note: Note, noted_on: date) -> date | None:
    """By when the next step is to be done; an environment case has a day of its own, and the first day counts."""
    step = NEXT_OF.get(next_step(guide, note))
    days = [one.due for one in steps_now(guide, note, noted_on) if one.does is step and one.due]
    own = environment_due(guide, note)
    return min([*days, *([own] if own else [])], default=None)


def environment_due(guide: Guide, note: Note) -> date | None:
    """The day of an environment case at school or kindergarten that is not yet handled."""
    begun = note.day("environment")
    if begun is None or note.day("environment", "handled"):
        return None
    return deadline(guide, ENVIRONMENT, begun)


def talk_due(guide: Guide, variant: str, noted_on: date) -> date | None:
    """By when the leader is to be talked with, where the guide has such a step."""
    has = any(step.deadline == SHARE for step in way(guide, variant))
    return deadline(guide, SHARE, noted_on) if has else None


def kept_until(guide: Guide, noted_on: date) -> date:
    """The day on which a worry that nobody ends is deleted."""
    return deadline(guide, KEPT, noted_on)


def kept_after_end(guide: Guide, ended_on: date) -> date:
    return deadline(guide, ENDED, ended_on)


def kept_longer(guide: Guide, until: date) -> date:
    """Once more, counted from the day it would have been deleted."""
    return deadline(guide, PROLONGED, until)
