"""The questions that the rooms above ask the guide; its values come with it."""

from __future__ import annotations

from datetime import date

from laget.guide.days import Unit, add
from laget.guide.values import (
    Advice,
    Area,
    Closing,
    ConsentDefaults,
    Criterion,
    Deadline,
    Direction,
    Effect,
    EntryKind,
    FirstAnswer,
    FirstQuestion,
    Form,
    Guide,
    Heard,
    Help,
    HolderRule,
    Level,
    Log,
    Outcome,
    Profession,
    Reach,
    Role,
    ServiceKind,
    Step,
    Text,
    UnknownCode,
    Word,
    Writer,
)
from laget.law.kinds import Kind

__all__ = [
    "Advice",
    "Area",
    "Closing",
    "ConsentDefaults",
    "Criterion",
    "Deadline",
    "Direction",
    "Effect",
    "EntryKind",
    "FirstAnswer",
    "FirstQuestion",
    "Form",
    "Guide",
    "Heard",
    "Help",
    "HolderRule",
    "Level",
    "Log",
    "Outcome",
    "Profession",
    "Reach",
    "Role",
    "ServiceKind",
    "Step",
    "Text",
    "Unit",
    "UnknownCode",
    "Word",
    "Writer",
    "chosen_closings",
    "deadline",
    "entries_for",
    "evaluation_day",
    "may_move",
    "nearest",
    "next_level",
    "offered_kinds",
    "steps_of",
    "word",
]


def may_move(guide: Guide, source: str, target: str) -> bool:
    """Whether a case at one level may move to the other. Always with a reason."""
    return target in guide.moves.get(source, ())


def steps_of(guide: Guide, level: str) -> tuple[Step, ...]:
    """The steps of a level, in order."""
    return tuple(step for step in guide.steps if step.level == level)


def next_level(guide: Guide, level: str) -> str | None:
    """The level after this one, or None at the last."""
    codes = [one.code for one in guide.levels]
    place = codes.index(guide.level(level).code) + 1
    return codes[place] if place < len(codes) else None


def nearest(guide: Guide, level: str) -> tuple[Profession, ...]:
    """Professions in order of nearness to the child, for choosing a holder at this level."""
    found = next((rule for rule in guide.holders if rule.level == level), None)
    return tuple(guide.profession(code) for code in found.professions) if found else ()


def offered_kinds(guide: Guide, service_kind: str) -> tuple[Kind, ...]:
    """Kinds of information offered first to a service of this kind; who the child is, when the guide knows no more."""
    try:
        return guide.service_kind(service_kind).offered
    except UnknownCode:
        return (Kind.IDENTITY,)


def chosen_closings(guide: Guide) -> tuple[Closing, ...]:
    """Closing reasons that a person may choose."""
    return tuple(one for one in guide.closings if not one.system)


def entries_for(guide: Guide, writer: Writer) -> tuple[EntryKind, ...]:
    """Kinds of entries that this writer may make."""
    return tuple(one for one in guide.entries if writer in one.writers)


def deadline(guide: Guide, code: str, start: date) -> date:
    """The day a deadline falls on, counted from `start`. Raises UnknownCode."""
    rule = guide.deadline_rule(code)
    return add(start, -rule.value if rule.direction is Direction.BEFORE else rule.value, rule.unit)


def evaluation_day(guide: Guide, start: date) -> date | None:
    """When an evaluation is due unless another day is set; None means that one must be set."""
    return None if guide.evaluation_weeks is None else add(start, guide.evaluation_weeks, Unit.WEEK)


def word(guide: Guide, concept: str, language: str | None, form: str = "one") -> str:
    """What the municipality calls a concept. `form`: one, the or many. Raises UnknownCode."""
    for entry in guide.words:
        if entry.concept == concept:
            text: Text = {"one": entry.one, "the": entry.the, "many": entry.many}[form]
            return text.get(language)
    raise UnknownCode(concept)
