"""docs/reference/levels.md, and levels.nb.md in bokmål: the national default of the guide on one page."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from laget.guide.days import Unit
from laget.guide.national import national
from laget.guide.rules import Deadline, Direction, Guide, Level, Step, steps_of
from tests.house import tree
from tests.reference.conftest import Same, table


@dataclass(frozen=True)
class Words:
    """The page's own words in one language; everything else is the guide's."""

    title: str
    intro: str
    move: str
    move_intro: str
    log: str
    steps: tuple[str, ...]
    deadlines: tuple[str, ...]
    deadlines_title: str
    deadlines_intro: str
    units: dict[Unit, tuple[str, str]]
    before: str
    after: str
    nobody: str
    first: str
    answer: tuple[str, ...]
    levels: tuple[str, ...]


ENGLISH = Words(
    title="Levels, steps and deadlines",
    intro="What stands in the national default of the guide, version {code}. A municipality may have a guide of its "
    "own. The page is made from `laget/guide/data/national.toml` by `make reference`, and a test compares it.",
    move="Moves",
    move_intro="A case moves along an arrow, in either direction where there are two, and always with a reason.",
    log="The log begins here",
    steps=("step", "what", "who", "deadline"),
    deadlines=("code", "how long", "counted from", "why", "asked by"),
    deadlines_title="Deadlines",
    deadlines_intro="Days are dates in Norway; working days leave out Saturdays, Sundays and public holidays. "
    "A deadline that no room asks for yet is a promise of the guide that the software does not keep for anybody.",
    units={
        Unit.DAY: ("day", "days"),
        Unit.WORKING_DAY: ("working day", "working days"),
        Unit.WEEK: ("week", "weeks"),
        Unit.MONTH: ("month", "months"),
    },
    before="{span} before",
    after="{span}",
    nobody="nobody yet",
    first="The first question",
    answer=("answer", "what it leads to"),
    levels=("level", "name", "meaning", "may move to"),
)
NORWEGIAN = Words(
    title="Nivåer, steg og frister",
    intro="Dette står i den nasjonale standarden for handlingsveilederen, versjon {code}. En kommune kan ha sin egen. "
    "Siden er laget fra `laget/guide/data/national.toml` med `make reference`, og en test sammenlikner.",
    move="Veier mellom nivåene",
    move_intro="En sak flytter seg langs en pil, begge veier der det er to, og alltid med en begrunnelse.",
    log="Her begynner loggen",
    steps=("steg", "hva", "hvem", "frist"),
    deadlines=("kode", "hvor lenge", "regnet fra", "hvorfor", "brukt av"),
    deadlines_title="Frister",
    deadlines_intro="Dager er datoer i Norge. Arbeidsdager er ikke lørdager, søndager eller helligdager. "
    "En frist som ikke er i bruk ennå, er et løfte i veilederen som programmet ikke passer på.",
    units={
        Unit.DAY: ("dag", "dager"),
        Unit.WORKING_DAY: ("arbeidsdag", "arbeidsdager"),
        Unit.WEEK: ("uke", "uker"),
        Unit.MONTH: ("måned", "måneder"),
    },
    before="{span} før",
    after="{span}",
    nobody="ikke i bruk ennå",
    first="Det første spørsmålet",
    answer=("svar", "hva det fører til"),
    levels=("nivå", "navn", "betydning", "kan gå til"),
)
LANGUAGES = {"en": ("docs/reference/levels.md", ENGLISH), "nb": ("docs/reference/levels.nb.md", NORWEGIAN)}


def graph(guide: Guide, language: str, words: Words) -> str:
    """Drawn by whatever shows the Markdown; the table below says the same."""
    lines = ["```mermaid", "flowchart LR", f"  accTitle: {words.move}", f"  accDescr: {words.move_intro}"]
    lines += [f'  L{one.code}["{one.code} · {one.name.get(language)}"]' for one in guide.levels]
    drawn: set[frozenset[str]] = set()
    for source, targets in guide.moves.items():
        for target in targets:
            both = source in guide.moves.get(target, ())
            if frozenset((source, target)) not in drawn:
                lines.append(f"  L{source} {'<-->' if both else '-->'} L{target}")
            drawn |= {frozenset((source, target))} if both else set()
    return "\n".join([*lines, "```", ""])


def span(one: Deadline, words: Words) -> str:
    unit = words.units[one.unit][one.value != 1]
    return (words.before if one.direction is Direction.BEFORE else words.after).format(span=f"{one.value} {unit}")


def askers(code: str) -> list[str]:
    """The rooms whose code asks for this deadline by its code."""
    sought = re.compile(rf'"{re.escape(code)}"')
    rooms = {
        path.relative_to(tree.PACKAGE).parts[0]
        for path in tree.sources()
        if sought.search(text := path.read_text())
        and "laget.guide" in text
        and not path.is_relative_to(tree.PACKAGE / "guide")
    }
    return sorted(rooms)


def of_level(guide: Guide, level: Level, language: str, words: Words) -> str:
    begins = f" {words.log}." if level.code == guide.log.first_level else ""
    head = f"\n## {level.code} · {level.name.get(language)}\n\n{level.meaning.get(language)}{begins}\n\n"
    return head + table(
        list(words.steps), [of_step(guide, one, language, words) for one in steps_of(guide, level.code)]
    )


def of_step(guide: Guide, one: Step, language: str, words: Words) -> list[str]:
    due = span(guide.deadline_rule(one.deadline), words) if one.deadline else ""
    who = ", ".join(guide.role(code).name.get(language) for code in one.who)
    return [f"**{one.name.get(language)}**", one.what.get(language), who, due]


def page(guide: Guide, language: str, words: Words) -> str:
    levels = [
        [one.code, one.name.get(language), one.meaning.get(language), ", ".join(guide.moves.get(one.code, ()))]
        for one in guide.levels
    ]
    answers = [[one.text.get(language), one.advice.get(language)] for one in guide.first_question.answers]
    deadlines = [
        [f"`{one.code}`", span(one, words), f"`{one.from_event}`", one.reason.get(language),
         ", ".join(askers(one.code)) or words.nobody]
        for one in guide.deadlines
    ]  # fmt: skip
    return "".join(
        [
            f"# {words.title}\n\n{words.intro.format(code=guide.code)}\n\n## {words.move}\n\n{words.move_intro}\n\n",
            graph(guide, language, words) + "\n" + table(list(words.levels), levels),
            f"\n## {words.first}\n\n{guide.first_question.question.get(language)}\n\n",
            table(list(words.answer), answers),
            *(of_level(guide, one, language, words) for one in guide.levels),
            f"\n## {words.deadlines_title}\n\n{words.deadlines_intro}\n\n",
            table(list(words.deadlines), deadlines),
        ]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_levels(same: Same, language: str) -> None:
    name, words = LANGUAGES[language]
    same(name, page(national(), language, words))
