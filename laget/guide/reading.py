"""Reads a guide from TOML into frozen values, holds it against the law, and says every fault with its line."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from typing import TypeVar

from laget.guide import rules
from laget.guide.days import Unit
from laget.guide.faults import Fault, Faults, GuideFaults, lines_of
from laget.guide.part import Part
from laget.guide.rules import Guide, Text
from laget.law.ages import MAJORITY_YEARS
from laget.law.consent import Ask, movable
from laget.law.consent.question import COLUMNS
from laget.law.consent.table import MOVABLE_TO
from laget.law.kinds import Kind

COLOURS = ("neutral", "accent", "brand1", "brand2", "info", "success", "warning", "danger")
HEARD_FLOOR = 7
"""BL81 § 31: from this age a child is always heard."""
GREAT_WEIGHT_FLOOR = 12
"""BL81 § 31: from this age its view weighs heavily."""

_T = TypeVar("_T")


def read_guide(source: str) -> Guide:
    """A guide from the text of a TOML file. Raises GuideFaults with all faults; nothing half done."""
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as broken:
        raise GuideFaults((Fault(0, "file", f"is not TOML: {broken}"),)) from None
    faults = Faults(lines_of(source))
    guide = _guide(Part(data, "", faults))
    faults.raise_any()
    return guide


def _guide(whole: Part) -> Guide:
    about, family, evaluation = whole.part("guide"), whole.part("family"), whole.part("evaluation")
    levels = _all(whole, "level", _level)
    level_codes = [one.code for one in levels]
    deadlines = _all(whole, "deadline", _deadline)
    roles = _all(whole, "role", lambda part: rules.Role(part.code(), part.text("name")))
    kinds = _all(whole, "service_kind", _service_kind)
    kind_codes = [one.code for one in kinds]
    professions = _all(whole, "profession", lambda part: _profession(part, kind_codes))
    profession_codes = [one.code for one in professions]
    guide = Guide(
        code=about.code(length=20),
        name=about.text("name"),
        valid_from=about.day("valid_from"),
        levels=levels,
        moves=dict(_all(whole, "move", lambda part: _move(part, level_codes), unique=False)),
        log=_log(whole.part("log"), level_codes),
        roles=roles,
        steps=_all(whole, "step", lambda part: _step(part, level_codes, roles, deadlines)),
        first_question=_first_question(whole),
        service_kinds=kinds,
        professions=professions,
        holders=_all(whole, "holder", lambda part: _holder(part, level_codes, profession_codes), unique=False),
        criteria=_all(whole, "criterion", lambda part: rules.Criterion(part.code(), part.text("text"))),
        deadlines=deadlines,
        consent=_consent(whole),
        family_seat_until_age=family.number("seat_until_age", MAJORITY_YEARS, MAJORITY_YEARS),
        evaluation_weeks=evaluation.number("default_weeks", 1, 52) if evaluation.has("default_weeks") else None,
        outcomes=_all(whole, "outcome", _outcome),
        closings=_all(whole, "closing", _closing),
        entries=_all(whole, "entry", _entry, length=20),
        areas=_all(whole, "area", _area),
        helps=_all(whole, "help", _help),
        words=tuple(_word(part) for part in whole.part("word").named()),
    )
    for part in (about, family, evaluation, whole):
        part.done()
    return guide


def _all(whole: Part, name: str, read: Callable[[Part], _T], unique: bool = True, length: int = 40) -> tuple[_T, ...]:
    """Every item of a list; each code only once and not too long for its column."""
    found: list[_T] = []
    seen: set[str] = set()
    for part in whole.parts(name):
        one = read(part)
        code = str(getattr(one, "code", ""))
        if unique and code in seen:
            part.fault("code", f"{code!r} is used before; every code once")
        if len(code) > length:
            part.fault("code", f"is too long; allowed: {length} characters")
        seen.add(code)
        part.done()
        found.append(one)
    return tuple(found)


def _level(part: Part) -> rules.Level:
    return rules.Level(
        code=part.code(length=8),
        name=part.text("name"),
        meaning=part.text("meaning"),
        colour=part.one_of("colour", COLOURS),
        form=part.choice("form", rules.Form),
    )


def _move(part: Part, levels: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    return part.one_of("from", levels), part.list_of("to", levels)


def _log(part: Part, levels: Iterable[str]) -> rules.Log:
    log = rules.Log(
        first_level=part.one_of("first_level", levels),
        paper_allowed=part.flag("paper_allowed"),
        offer=part.text("offer"),
        declined=part.text("declined"),
    )
    part.done()
    return log


def _step(
    part: Part, levels: Iterable[str], roles: Iterable[rules.Role], deadlines: Iterable[rules.Deadline]
) -> rules.Step:
    return rules.Step(
        code=part.code(),
        level=part.one_of("level", levels),
        name=part.text("name"),
        what=part.text("what"),
        how=part.text("how"),
        who=part.list_of("who", [role.code for role in roles]),
        deadline=part.one_of("deadline", [one.code for one in deadlines]) if part.has("deadline") else "",
    )


def _first_question(whole: Part) -> rules.FirstQuestion:
    part = whole.part("first_question")
    question = rules.FirstQuestion(
        question=part.text("question"),
        help=part.text("help"),
        answers=_all(whole, "first_answer", _first_answer),
    )
    part.done()
    return question


def _first_answer(part: Part) -> rules.FirstAnswer:
    return rules.FirstAnswer(
        code=part.code(), text=part.text("text"), advice=part.text("advice"), effect=part.choice("effect", rules.Advice)
    )


def _service_kind(part: Part) -> rules.ServiceKind:
    return rules.ServiceKind(
        code=part.code(),
        name=part.text("name"),
        act=part.one_of("act", sorted(COLUMNS)),
        offered=part.choices("offered", Kind),
    )


def _profession(part: Part, kinds: Iterable[str]) -> rules.Profession:
    return rules.Profession(part.code(), part.text("name"), part.one_of("service_kind", kinds))


def _holder(part: Part, levels: Iterable[str], professions: Iterable[str]) -> rules.HolderRule:
    return rules.HolderRule(part.one_of("level", levels), part.list_of("professions", professions))


def _deadline(part: Part) -> rules.Deadline:
    return rules.Deadline(
        code=part.code(),
        value=part.number("value", 0, 400),
        unit=part.choice("unit", Unit),
        direction=part.choice("direction", rules.Direction) if part.has("direction") else rules.Direction.AFTER,
        from_event=part.code("from_event"),
        reason=part.text("reason"),
    )


def _consent(whole: Part) -> rules.ConsentDefaults:
    part = whole.part("consent")
    reaches = _all(whole, "reach", lambda one: rules.Reach(one.code(length=8), one.text("name"), one.text("help")))
    heard = _all(whole, "heard", lambda one: rules.Heard(one.number("age", 0, MAJORITY_YEARS), one.text("text")), False)
    consent = rules.ConsentDefaults(
        reach_default=part.one_of("reach_default", [one.code for one in reaches]),
        reaches=reaches,
        heard=heard,
        told=whole.part("consent_told").pairs(),
        moved=dict(_all(whole, "moved", _moved, unique=False)) if whole.has("moved") else {},
    )
    _hold_against_law(part, consent)
    part.done()
    return consent


def _moved(part: Part) -> tuple[str, Ask]:
    """A cell of the table of consent that the municipality decided: only where the statutes are silent."""
    part.text("reason")
    asked = part.one_of("ask", sorted(MOVABLE_TO))
    return part.one_of("rule", movable()), Ask(asked) if asked in MOVABLE_TO else Ask.PARENTS


def _hold_against_law(part: Part, consent: rules.ConsentDefaults) -> None:
    ages = sorted(consent.heard_ages)
    if not ages or ages[0] > HEARD_FLOOR:
        part.fault("heard", f"a child is always heard from {HEARD_FLOOR}, by law; allowed: {HEARD_FLOOR} or younger")
    if len(ages) < 2 or ages[1] > GREAT_WEIGHT_FLOOR:
        part.fault("heard", f"a child's view weighs heavily from {GREAT_WEIGHT_FLOOR}, by law; allowed: no later")


def _outcome(part: Part) -> rules.Outcome:
    return rules.Outcome(part.code(), part.text("text"), part.choice("effect", rules.Effect))


def _closing(part: Part) -> rules.Closing:
    return rules.Closing(part.code(), part.text("text"), part.text("family"), part.flag("system", default=False))


def _entry(part: Part) -> rules.EntryKind:
    return rules.EntryKind(
        code=part.code(length=20),
        name=part.text("name"),
        hint=part.text("hint"),
        kind=part.choice("kind", Kind),
        writers=part.choices("writers", rules.Writer),
    )


def _area(part: Part) -> rules.Area:
    return rules.Area(part.code(), part.text("name"), part.text("hint"), part.choice("kind", Kind))


def _help(part: Part) -> rules.Help:
    return rules.Help(
        code=part.code(),
        name=part.text("name"),
        number=part.words("number"),
        text=part.text("text"),
        urgent=part.flag("urgent", default=False),
    )


def _word(part: Part) -> rules.Word:
    norwegian, english = part.forms("nb"), part.forms("en")
    part.done()
    one, the, many = (Text(nb, en) for nb, en in zip(norwegian, english, strict=True))
    return rules.Word(part.place.rpartition(".")[2], one, the, many)
