"""Reads how the work goes: levels, steps, deadlines, holders, evaluation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from laget.guide import values
from laget.guide.days import Unit
from laget.guide.reading.part import Part

COLOURS = ("neutral", "accent", "brand1", "brand2", "info", "success", "warning", "danger")
HEADINGS = ("what", "how", "who", "arena", "deadline", "tools", "gate")
GATE = ("close", "wait", "back")
LONGEST_LEVEL = 8
LONGEST_DEADLINE = 400

_T = TypeVar("_T")


@dataclass(frozen=True)
class Codes:
    """Codes that other parts of the guide lean on."""

    levels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()


def every(whole: Part, name: str, read: Callable[[Part], _T], optional: bool = False) -> tuple[_T, ...]:
    """Every item of a list of tables."""
    found: list[_T] = []
    for part in whole.parts(name, optional):
        found.append(read(part))
        part.done()
    return tuple(found)


def level(part: Part) -> values.Level:
    form = part.choice("form", values.Form)
    return values.Level(
        code=part.code(length=LONGEST_LEVEL),
        name=part.text("name"),
        meaning=part.text("meaning"),
        colour=part.one_of("colour", COLOURS),
        form=form,
        display=part.words("display", optional=True),
        membership=part.maybe_text("membership"),
        starts=part.flag("starts", default=form is values.Form.WONDER),
    )


def move(part: Part, known: Codes) -> tuple[str, tuple[str, ...]]:
    source, targets = part.ref("from", known.levels), part.refs("to", known.levels, optional=False)
    if source in targets:
        part.fault("to", f"has {source!r}, a move from a level to itself; allowed: other levels")
    return source, targets


def role(part: Part) -> values.Role:
    return values.Role(
        part.code(), part.text("name"), part.flag("relative", default=False), part.words("concept", optional=True)
    )


def heading(part: Part) -> values.Heading:
    return values.Heading(part.one_of("code", HEADINGS), part.text("name"), part.flag("shown", default=True))


def step(part: Part, known: Codes) -> values.Step:
    return values.Step(
        code=part.code(),
        level=part.ref("level", known.levels),
        name=part.text("name"),
        what=part.maybe_text("what"),
        how=part.maybe_text("how"),
        who=part.refs("who", known.roles),
        deadline=part.ref("deadline", known.deadlines, optional=True),
        arena=part.maybe_text("arena"),
        tools=part.refs("tools", known.tools),
        forms=part.refs("forms", known.forms),
        gate=_gate(part.maybe_part("gate")),
        consent=part.flag("consent", default=False),
        way=part.code("way") if part.has("way") else "",
        shown_by=part.choices("shown_by", values.Fact),
    )


def _gate(part: Part | None) -> values.Gate | None:
    if part is None:
        return None
    gate = values.Gate(part.text("question"), part.one_of("no", GATE))
    part.done()
    return gate


def first_question(whole: Part) -> values.FirstQuestion:
    part = whole.part("first_question")
    question = values.FirstQuestion(
        question=part.text("question"), help=part.text("help"), answers=every(whole, "first_answer", _first_answer)
    )
    part.done()
    return question


def _first_answer(part: Part) -> values.FirstAnswer:
    return values.FirstAnswer(
        code=part.code(),
        text=part.text("text"),
        advice=part.text("advice"),
        effect=part.choice("effect", values.Advice),
    )


def wonder(part: Part, known: Codes) -> values.Wonder:
    found = values.Wonder(
        talk_level=part.ref("talk_level", known.levels),
        order=part.refs("order", known.roles),
        free_order=part.flag("free_order"),
        caregiver_goes_on=part.flag("caregiver_goes_on"),
    )
    part.done()
    return found


def scope(part: Part, known: Codes) -> values.Scope:
    return values.Scope(part.code(), part.text("name"), part.refs("owners", known.roles))


def deadline(part: Part, levels: tuple[str, ...]) -> values.Deadline:
    sort = part.choice("sort", values.Sort, default=values.Sort.HOUSE)
    return values.Deadline(
        code=part.code(),
        value=_length(part, sort),
        unit=part.choice("unit", Unit, default=Unit.DAY),
        direction=part.choice("direction", values.Direction, default=values.Direction.AFTER),
        from_event=part.choice("from_event", values.Event),
        reason=part.text("reason"),
        sort=sort,
        instead=every(part, "instead", lambda one: _instead(one, sort), optional=True),
        levels=part.refs("levels", levels),
    )


def _length(part: Part, sort: values.Sort) -> int | None:
    """None for "as soon as possible", which only people can keep: the house's own clocks need a number."""
    if sort is not values.Sort.HOUSE and part.flag("soon", default=False):
        if part.has("value"):
            part.fault("value", "stands beside soon = true; allowed: one of them")
        return None
    return part.number("value", 0, LONGEST_DEADLINE)


def _instead(part: Part, sort: values.Sort) -> values.Instead:
    return values.Instead(
        part.choice("condition", values.Condition), _length(part, sort), part.choice("unit", Unit, default=Unit.DAY)
    )


def holder(part: Part, known: Codes) -> values.HolderRule:
    return values.HolderRule(
        level=part.ref("level", known.levels),
        professions=part.refs("professions", known.professions),
        decided_by=part.refs("decided_by", (*known.roles, *known.teams)),
        note=part.maybe_text("note"),
    )


def criterion(part: Part) -> values.Criterion:
    return values.Criterion(part.code(), part.text("text"))


def baton(part: Part, known: Codes) -> values.Baton:
    found = values.Baton(
        named_from=part.ref("named_from", known.levels),
        named_when=part.maybe_text("named_when"),
        handover=part.words("handover"),
        keeps_until=part.maybe_text("keeps_until"),
        reconsidered=part.flag("reconsidered"),
        beside_coordinator=part.flag("beside_coordinator"),
        tasks=every(part, "task", criterion, optional=True),
    )
    part.done()
    return found


def outcome(part: Part, known: Codes) -> values.Outcome:
    return values.Outcome(
        code=part.code(),
        text=part.text("text"),
        effect=part.choice("effect", values.Effect),
        levels=part.refs("levels", known.levels),
        target=part.refs("target", known.levels),
        also=part.choices("also", values.Also),
    )


VIEWS = ("child", "parents", "professional")
WHEN = ("before", "during", "after")


def evaluation(part: Part, known: Codes) -> values.Evaluation:
    found = values.Evaluation(
        date_set=part.choice("date_set", values.DateSet),
        weeks=part.maybe_number("default_weeks", 1, 52),
        meetings=part.choice("meetings", values.Meetings),
        views=part.some_of("views", VIEWS, optional=False),
        views_required=part.flag("views_required"),
        child_asked=part.some_of("child_asked", WHEN, optional=False),
        child_asked_by=part.refs("child_asked_by", known.roles),
        decided_by=part.refs("decided_by", known.roles),
        stuck=_stuck(part.maybe_part("stuck"), known),
    )
    part.done()
    return found


def _stuck(part: Part | None, known: Codes) -> values.Stuck | None:
    if part is None:
        return None
    found = values.Stuck(
        to=part.ref("to", ("coordinating_unit", *known.teams)),
        text=part.text("text"),
        form=part.ref("form", known.forms, optional=True),
        holder_attends=part.flag("holder_attends", default=False),
    )
    part.done()
    return found
