"""Sharing without consent, ground by ground: what must be so, what is noted, and what a family's no never stops."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from laget.law.acts import NEVER, section

HEALTH = frozenset({"HOL", "SPHL", "PHVL", "TANN"})


class Sort(StrEnum):
    """What a ground lets somebody do."""

    DUTY = "duty"
    MAY = "may"
    FETCH = "fetch"
    CONSENT = "consent"
    REPORT = "report"


class Field(StrEnum):
    """What some grounds ask beside what was given, to whom, of which kinds and when."""

    NECESSITY = "necessity"
    ORDER = "order"
    OBJECTION = "objection"
    ITEMS = "items"


@dataclass(frozen=True)
class Condition:
    """Something that must be so; answered by the one who shares."""

    code: str
    texts: Mapping[str, str]

    def text(self, language: str | None) -> str:
        return self.texts[_language(language)]


@dataclass(frozen=True)
class Ground:
    """One ground (`F7`). `stands`: a no to consent never stops it. `hides`: it may be dangerous to show the family."""

    code: str
    sort: Sort
    stands: bool
    hides: bool
    acts: frozenset[str]
    sources: tuple[str, ...]
    own: Mapping[str, tuple[str, ...]]
    fields: frozenset[Field]
    conditions: tuple[Condition, ...]
    names: Mapping[str, str]
    helps: Mapping[str, str]
    valid_from: date
    valid_to: date

    def holds(self, act: str, on: date) -> bool:
        """Whether somebody who works under `act` may lean on it that day."""
        return self.valid_from <= on < self.valid_to and (not self.acts or act in self.acts)

    def sections(self, act: str) -> tuple[str, ...]:
        """What it rests on for those who work under `act`, as codes of the register."""
        return self.own.get(act, self.sources)

    @property
    def recorded(self) -> bool:
        """Whether it is noted what was shared; the others lead to a question to the family, or to a report."""
        return self.sort not in (Sort.CONSENT, Sort.REPORT)

    def name(self, language: str | None) -> str:
        return self.names[_language(language)]

    def help(self, language: str | None) -> str:
        return self.helps[_language(language)]


def _language(language: str | None) -> str:
    return "en" if (language or "").startswith("en") else "nb"


@dataclass(frozen=True)
class Grounds:
    """All grounds, in their order."""

    all: tuple[Ground, ...]

    def of(self, act: str, on: date) -> tuple[Ground, ...]:
        """Those that somebody under `act` may lean on."""
        return tuple(one for one in self.all if one.holds(act, on))

    def ground(self, code: str, act: str, on: date) -> Ground | None:
        return next((one for one in self.of(act, on) if one.code == code), None)


def carries(ground: Ground, answers: Mapping[str, bool], *, objected: bool = False, weighty: str = "") -> bool:
    """Whether the ground carries what was shared: every condition holds, and no objection stands unweighed.

    objected: the patient, or whoever decides for it, is against (HPL § 29); then only a written, weighty reason does.
    """
    met = all(answers.get(one.code, False) for one in ground.conditions)
    free = Field.OBJECTION not in ground.fields or not objected or bool(weighty.strip())
    return ground.recorded and met and free


def read(source: Mapping[str, Any], on: date | None = None) -> Grounds:
    """From parsed TOML (data/grounds.toml). With `on`, each section must be in force. Raises UnknownSection."""
    found = Grounds(tuple(_ground(one) for one in source["ground"]))
    for one in found.all if on else ():
        for cited in {*one.sources, *(code for codes in one.own.values() for code in codes)}:
            section(cited, on or NEVER)
    return found


def _ground(one: Mapping[str, Any]) -> Ground:
    return Ground(
        code=one["code"],
        sort=Sort(one["sort"]),
        stands=one["stands"],
        hides=one["hides"],
        acts=frozenset(one.get("acts", ())),
        sources=tuple(one["sources"]),
        own={act: tuple(other["sources"]) for other in one.get("own", ()) for act in other["acts"]},
        fields=frozenset(Field(name) for name in one["fields"]),
        conditions=tuple(
            Condition(other["code"], {"nb": other["nb"], "en": other["en"]}) for other in one.get("condition", ())
        ),
        names={"nb": one["nb"], "en": one["en"]},
        helps={"nb": one["help_nb"], "en": one["help_en"]},
        valid_from=one.get("from", date.min),
        valid_to=one.get("to", NEVER),
    )


@cache
def grounds() -> Grounds:
    """The grounds as they come with the product."""
    return read(tomllib.loads(files("laget.law").joinpath("data/grounds.toml").read_text(encoding="utf-8")))
