"""The guide as one frozen value, with everything in it found by code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from laget.guide.values.around import (
    About,
    Area,
    Cohort,
    FormSheet,
    Help,
    Meeting,
    Principle,
    Profession,
    ServiceKind,
    Target,
    Team,
    Term,
    Tool,
    Transition,
    Word,
)
from laget.guide.values.sharing import CloseRules, Closing, ConsentDefaults, EntryKind, Log, PlanRule, Reach
from laget.guide.values.text import Text, find
from laget.guide.values.work import (
    Baton,
    Criterion,
    Deadline,
    Evaluation,
    FirstQuestion,
    Heading,
    HolderRule,
    Level,
    Outcome,
    Role,
    Scope,
    Step,
    Wonder,
)


@dataclass(frozen=True)
class Variant:
    """The guide as it is in some kinds of services."""

    code: str
    name: Text
    kinds: tuple[str, ...]
    guide: Guide


@dataclass(frozen=True)
class Guide:
    """One version of the guide. `evaluation_weeks` None: the date must be set each time."""

    code: str
    name: Text
    valid_from: date
    about: About
    levels: tuple[Level, ...]
    moves: Mapping[str, tuple[str, ...]]
    log: Log
    roles: tuple[Role, ...]
    headings: tuple[Heading, ...]
    steps: tuple[Step, ...]
    first_question: FirstQuestion
    wonder: Wonder
    scopes: tuple[Scope, ...]
    service_kinds: tuple[ServiceKind, ...]
    professions: tuple[Profession, ...]
    baton: Baton
    holders: tuple[HolderRule, ...]
    criteria: tuple[Criterion, ...]
    deadlines: tuple[Deadline, ...]
    consent: ConsentDefaults
    family_seat_until_age: int
    evaluation: Evaluation
    outcomes: tuple[Outcome, ...]
    plan: PlanRule
    close: CloseRules
    closings: tuple[Closing, ...]
    entries: tuple[EntryKind, ...]
    areas: tuple[Area, ...]
    targets: tuple[Target, ...]
    teams: tuple[Team, ...]
    meetings: tuple[Meeting, ...]
    forms: tuple[FormSheet, ...]
    transitions: tuple[Transition, ...]
    tools: tuple[Tool, ...]
    terms: tuple[Term, ...]
    principles: tuple[Principle, ...]
    cohorts: tuple[Cohort, ...]
    helps: tuple[Help, ...]
    words: tuple[Word, ...]
    variants: tuple[Variant, ...] = field(default=())

    @property
    def evaluation_weeks(self) -> int | None:
        return self.evaluation.weeks

    def level(self, code: str) -> Level:
        return find(self.levels, code)

    def role(self, code: str) -> Role:
        return find(self.roles, code)

    def outcome(self, code: str) -> Outcome:
        return find(self.outcomes, code)

    def closing(self, code: str) -> Closing:
        return find(self.closings, code)

    def entry(self, code: str) -> EntryKind:
        return find(self.entries, code)

    def area(self, code: str) -> Area:
        return find(self.areas, code)

    def reach(self, code: str) -> Reach:
        return find(self.consent.reaches, code)

    def profession(self, code: str) -> Profession:
        return find(self.professions, code)

    def service_kind(self, code: str) -> ServiceKind:
        return find(self.service_kinds, code)

    def deadline_rule(self, code: str) -> Deadline:
        return find(self.deadlines, code)

    def form(self, code: str) -> FormSheet:
        return find(self.forms, code)

    def team(self, code: str) -> Team:
        return find(self.teams, code)

    def tool(self, code: str) -> Tool:
        return find(self.tools, code)

    def variant(self, code: str) -> Variant:
        return find(self.variants, code)
