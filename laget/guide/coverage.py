"""Says, place by place and fact by fact, which setting of the guide carries what real municipalities' pages say.

In the files of places a line with `#:` states one fact; the setting on the line below carries it. A line with `#-`
states a fact that can't be carried, and why. `python -m laget.guide.coverage` writes docs/reference/guide-coverage.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from laget.guide.chain import source
from laget.guide.files import preset, presets
from laget.guide.layers import canonical
from laget.guide.reading import read_guide

FACT, NOT = "#:", "#-"
AS_TEXT = ("principle.",)
"""Settings that are told to people and that nothing else hangs on."""


@dataclass(frozen=True)
class Fact:
    """`setting` is empty when nothing carries it; `why` then says why."""

    said: str
    setting: str
    why: str = ""

    @property
    def told_only(self) -> bool:
        return self.setting.startswith(AS_TEXT)


def facts(text: str, name: str = "") -> tuple[Fact, ...]:
    """The facts of a place's file, in its order."""
    one = source(text, name)
    places = {line: place for place, line in canonical(one.data, one.lines).items()}
    return tuple(_facts(text.splitlines(), places))


def _facts(lines: list[str], places: dict[int, str]) -> Iterator[Fact]:
    waiting: list[str] = []
    for number, line in enumerate(lines, start=1):
        if line.startswith(FACT):
            waiting.append(line.removeprefix(FACT).strip())
        elif line.startswith(NOT):
            said, _, why = line.removeprefix(NOT).partition(" — ")
            yield Fact(said.strip(), "", why.strip())
        elif number in places:
            yield from (Fact(said, places[number]) for said in waiting)
            waiting = []
    yield from (Fact(said, "", "no setting follows") for said in waiting)


def places() -> tuple[tuple[str, str, tuple[Fact, ...]], ...]:
    """Every place that comes with the product: its name, its file, its facts."""
    found = []
    for name in presets():
        text = preset(name) or ""
        of_place = facts(text, name)
        if of_place:
            guide = read_guide(text, name)
            found.append((guide.about.place, name, of_place))
    return tuple(sorted(found))


def page() -> str:
    """The page docs/reference/guide-coverage.md."""
    every = places()
    return "\n".join([*_head(every), *(line for one in every for line in _place(*one))]) + "\n"


def _head(every: Iterable[tuple[str, str, tuple[Fact, ...]]]) -> list[str]:
    known = [one for _, _, found in every for one in found]
    carried = [one for one in known if one.setting]
    told = [one for one in carried if one.told_only]
    named = {place for place, _, _ in every}
    return [
        "# What of real models the guide carries",
        "",
        "Made by `python -m laget.guide.coverage` from the files in `laget/guide/data`, where each fact stands above",
        "the setting that carries it, with the addresses it was read at. Read on public pages of unknown age: a fact",
        "that is not here was not read, which is not to say that the municipality has decided nothing.",
        "",
        f"{len(named)} places, {len(known)} facts: {len(carried)} carried ({len(carried) / len(known):.1%}), of them "
        f"{len(told)} only as a text that people are told; {len(known) - len(carried)} not carried.",
        "",
        "Not carried:",
        "",
        *[f"- {place}: {one.said}. Why: {one.why}." for place, _, found in every for one in found if not one.setting],
    ]


def _place(place: str, name: str, found: tuple[Fact, ...]) -> Iterator[str]:
    carried = sum(bool(one.setting) for one in found)
    yield from ("", f"## {place} (`{name}`): {carried} of {len(found)}", "", "| fact | setting |", "|---|---|")
    for one in found:
        setting = f"`{one.setting}`{' (told as text)' if one.told_only else ''}" if one.setting else "not carried"
        yield f"| {one.said} | {setting} |"


if __name__ == "__main__":
    sys.stdout.write(page())
