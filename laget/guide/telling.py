"""Tells a guide as plain text that people can read on paper: levels, steps, who, by when."""

from __future__ import annotations

from collections.abc import Iterator

from laget.guide.days import Unit
from laget.guide.rules import other_ways, steps_of, word
from laget.guide.values import Deadline, Direction, Guide, Level, Step, Text

UNITS = {
    Unit.DAY: Text("dager", "days", "dagar"),
    Unit.WORKING_DAY: Text("arbeidsdager", "working days", "arbeidsdagar"),
    Unit.WEEK: Text("uker", "weeks", "veker"),
    Unit.MONTH: Text("måneder", "months", "månader"),
}
ONE = {
    Unit.DAY: Text("dag", "day", "dag"),
    Unit.WORKING_DAY: Text("arbeidsdag", "working day", "arbeidsdag"),
    Unit.WEEK: Text("uke", "week", "veke"),
    Unit.MONTH: Text("måned", "month", "månad"),
}
SOON = Text("så snart som mulig", "as soon as possible", "så snart som råd")
BEFORE = Text("før", "before", "før")


def told(guide: Guide, language: str | None = "nb", level: str = "") -> str:
    """The guide as text; only one level when it is named. Raises UnknownCode for a level that is not there."""
    chosen = (guide.level(level),) if level else guide.levels
    lines = [guide.name.get(language), ""]
    for one in chosen:
        lines += [*_level(guide, one, language), ""]
    return "\n".join(lines).rstrip() + "\n"


def length(rule: Deadline, language: str | None) -> str:
    """How long a deadline is, in words."""
    if rule.value is None:
        return SOON.get(language)
    said = f"{rule.value} {(ONE if rule.value == 1 else UNITS)[rule.unit].get(language)}"
    return f"{said} {BEFORE.get(language)}" if rule.direction is Direction.BEFORE else said


def _level(guide: Guide, level: Level, language: str | None) -> Iterator[str]:
    yield f"{word(guide, 'level', language).capitalize()} {level.shown}: {level.name.get(language)}"
    yield f"  {level.meaning.get(language)}"
    targets = [guide.level(one).shown for one in guide.moves.get(level.code, ())]
    yield f"  → {', '.join(targets)}" if targets else "  →"
    for steps, mark in ((steps_of(guide, level.code), ""), (other_ways(guide, level.code), "* ")):
        for number, step in enumerate(steps, start=1):
            yield f"  {mark}{number}. {step.name.get(language)}"
            yield from (f"     {line}" for line in _step(guide, step, language))


def _step(guide: Guide, step: Step, language: str | None) -> Iterator[str]:
    said = {
        "what": step.what.get(language) if step.what else "",
        "how": step.how.get(language) if step.how else "",
        "who": ", ".join(guide.role(one).name.get(language) for one in step.who),
        "arena": step.arena.get(language) if step.arena else "",
        "deadline": length(guide.deadline_rule(step.deadline), language) if step.deadline else "",
        "tools": ", ".join(guide.tool(one).name.get(language) for one in step.tools),
        "gate": step.gate.question.get(language) if step.gate else "",
    }
    for heading in guide.headings:
        if heading.shown and said[heading.code]:
            name = heading.name.get(language)
            yield f"{name}{' ' if name.endswith('?') else ': '}{said[heading.code]}"
