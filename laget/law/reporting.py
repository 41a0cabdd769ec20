"""The duty to report to child welfare by the reporter's own statute: what is asked, and what the answers come to."""

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

BASE = "BVL § 13-2"
"""Everybody who works for a public body, and those whose own act says nothing."""

HARM = frozenset({"a", "e"})
"""The letters of BVL § 13-2 under which somebody near the child may be the one who harms it."""


class Said(StrEnum):
    """What somebody answers to a criterion."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Finding(StrEnum):
    """What the answers come to. It is said in words, decides nothing and stops nobody."""

    MUST_REPORT = "must_report"
    ASK_CHILD_WELFARE = "ask_child_welfare"
    NOT_BY_THIS = "not_by_this"


@dataclass(frozen=True)
class Criterion:
    """One thing that makes it a duty. `base`: the letter of BVL § 13-2. `reason_enough`: reason to believe suffices."""

    code: str
    base: str
    reason_enough: bool
    texts: Mapping[str, str]

    def text(self, language: str | None) -> str:
        """The question in our own words; English when asked for, otherwise bokmål."""
        return self.texts["en" if (language or "").startswith("en") else "nb"]


@dataclass(frozen=True)
class Asked:
    """A criterion as one statute has it: `source` is cited (`BHL § 46`), with its own letter."""

    criterion: Criterion
    source: str
    letter: str


@dataclass(frozen=True)
class Statute:
    """Whose duty: the acts its people work under, and its letters in order. `beside`: a statute they also have."""

    section: str
    acts: tuple[str, ...]
    letters: Mapping[str, tuple[str, ...]]
    beside: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class Duty:
    """All statutes of the duty, with their criteria."""

    criteria: Mapping[str, Criterion]
    statutes: tuple[Statute, ...]

    def statute_of(self, act: str, on: date) -> Statute:
        """The reporter's own statute; BVL § 13-2 when the act has none of its own."""
        own = next((one for one in self._held(on) if act in one.acts), None)
        return own or next(one for one in self._held(on) if one.section == BASE)

    def _held(self, on: date) -> list[Statute]:
        return [one for one in self.statutes if one.valid_from <= on < one.valid_to]

    def asked_of(self, act: str, *, public: bool, on: date) -> tuple[Asked, ...]:
        """What a worker under `act` is asked on a day, in the statute's order.

        Staff of a public body (`public`) are also asked what only BVL § 13-2 has, as the conduct of a child in
        kindergarten. Source: BVL § 13-2 and the act's own section.
        """
        own = self.statute_of(act, on)
        asked = [*self._letters(own)]
        covered = {one.criterion.base for one in asked}
        if public and own.beside:
            beside = next(one for one in self._held(on) if one.section == own.beside)
            asked += [one for one in self._letters(beside) if one.criterion.base not in covered]
        return tuple(asked)

    def _letters(self, statute: Statute) -> list[Asked]:
        return [
            Asked(self.criteria[code], statute.section, letter)
            for letter, codes in statute.letters.items()
            for code in codes
        ]


def finding(answers: Mapping[str, Said], asked: tuple[Asked, ...]) -> Finding:
    """One yes is a duty; an unsure or missing answer is to be discussed; else it is no duty by this statute."""
    said = [answers.get(one.criterion.code, Said.UNSURE) for one in asked]
    if Said.YES in said:
        return Finding.MUST_REPORT
    return Finding.ASK_CHILD_WELFARE if Said.UNSURE in said else Finding.NOT_BY_THIS


def grounds(answers: Mapping[str, Said], asked: tuple[Asked, ...]) -> tuple[str, ...]:
    """The letters of BVL § 13-2 under which the answers were yes: what a report of concern states."""
    return tuple(sorted({one.criterion.base for one in asked if answers.get(one.criterion.code) is Said.YES}))


def read(source: Mapping[str, Any], on: date | None = None) -> Duty:
    """From parsed TOML (data/reporting.toml). With `on`, each section must be in force. Raises UnknownSection."""
    criteria = {
        one["code"]: Criterion(one["code"], one["base"], one["reason_enough"], {"nb": one["nb"], "en": one["en"]})
        for one in source["criterion"]
    }
    statutes = tuple(_statute(one) for one in source["statute"])
    for one in statutes if on else ():
        section(one.section, on or NEVER)
    return Duty(criteria, statutes)


def _statute(one: Mapping[str, Any]) -> Statute:
    letters = {letter: tuple(codes) for letter, codes in one["letters"].items()}
    return Statute(
        one["section"],
        tuple(one["acts"]),
        letters,
        one.get("beside", ""),
        one.get("from", date.min),
        one.get("to", NEVER),
    )  # fmt: skip


@cache
def duty() -> Duty:
    """The duty as it comes with the product."""
    return read(tomllib.loads(files("laget.law").joinpath("data/reporting.toml").read_text(encoding="utf-8")))
