"""What stands around the work: services, teams, meetings, forms, transitions, tools, words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from laget.guide.values.text import Text
from laget.law.kinds import Kind


class TeamConsent(StrEnum):
    """Whether a team may speak of a named child."""

    ALWAYS = "always"
    IF_PARENTS_ABSENT = "if_parents_absent"
    ANONYMOUS_OR_CONSENT = "anonymous_or_consent"


class Present(StrEnum):
    """Whether parents attend a team."""

    WELCOME = "welcome"
    FAMILY_DECIDES = "family_decides"
    MAY_BE_INVITED = "may_be_invited"


class Answer(StrEnum):
    """What a field of a form takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    CHOICE = "choice"
    SCALE = "scale"
    TICK = "tick"


class Readers(StrEnum):
    """Whether the family sees what is filled in."""

    INTERNAL = "internal"
    SHARED = "shared"


class Entrance(StrEnum):
    """Who may start the work."""

    WORKER = "worker"
    PARENT = "parent"
    YOUTH = "youth"


@dataclass(frozen=True)
class ServiceKind:
    """A kind of service with the act it usually works under and the kinds of information offered to it first."""

    code: str
    name: Text
    act: str
    offered: tuple[Kind, ...]


@dataclass(frozen=True)
class Profession:
    code: str
    name: Text
    service_kind: str


@dataclass(frozen=True)
class Area:
    """An area of life, with the kind of information that goals in it usually are."""

    code: str
    name: Text
    hint: Text
    kind: Kind


@dataclass(frozen=True)
class Help:
    """Whom a family can call. `urgent`: shown first and always."""

    code: str
    name: Text
    number: str
    text: Text
    urgent: bool


@dataclass(frozen=True)
class Word:
    """What the municipality calls a thing: one, the one spoken of, many."""

    concept: str
    one: Text
    the: Text
    many: Text


@dataclass(frozen=True)
class Term:
    """Another word people use here, a brand name too, and the concept it means (none: explained in words)."""

    code: str
    word: str
    concept: str
    meaning: Text | None


@dataclass(frozen=True)
class Target:
    """Whom the log, a team or the whole model is for. A soft limit: outside it one is told, never stopped.

    Ages in whole years, both included; None: no limit said.
    """

    code: str
    from_pregnancy: bool
    least: int | None
    most: int | None
    text: Text | None


@dataclass(frozen=True)
class Member:
    """One seat of a team: fixed, on call, or chosen for each case."""

    code: str
    name: Text
    when: str


@dataclass(frozen=True)
class Team:
    """`deadline`: what must be in before the meeting; `before`: referrals that must be discussed here first."""

    code: str
    name: Text
    area: Text | None
    members: tuple[Member, ...]
    chosen_by: tuple[str, ...]
    least: int | None
    most: int | None
    levels: tuple[str, ...]
    rhythm: Text | None
    dates: tuple[date, ...]
    referral: Text | None
    form: str
    deadline: str
    consent: TeamConsent
    parents: Present
    chair: Text | None
    before: tuple[str, ...]


@dataclass(frozen=True)
class Meeting:
    code: str
    name: Text
    levels: tuple[str, ...]
    purpose: Text | None
    participants: Text | None
    responsible: tuple[str, ...]
    rhythm: Text | None


@dataclass(frozen=True)
class Field:
    """One question of a form. `options` for a choice; `least` and `most` for a scale; `step`: where it is filled in."""

    code: str
    name: Text
    answer: Answer
    options: tuple[Text, ...]
    least: int
    most: int
    required: bool
    step: str


@dataclass(frozen=True)
class FormSheet:
    """A form described by its fields, or one that lives elsewhere (`link`)."""

    code: str
    name: Text
    levels: tuple[str, ...]
    use: Text | None
    readers: Readers
    link: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Transition:
    """`start` and `child_from` are stages; the day is counted in the school year before the new place begins.

    `month` and `day`, or `week`; both None: told in `when` only. `years_before`: full school years earlier.
    """

    code: str
    source: str
    target: str
    what: Text
    who: Text | None
    month: int | None
    day: int | None
    week: int | None
    years_before: int
    when: Text | None
    consent: bool


@dataclass(frozen=True)
class Tool:
    """A tool outside the house: its name and where it is."""

    code: str
    name: Text
    link: str


@dataclass(frozen=True)
class Principle:
    """A local rule that people are told and that no machinery hangs on."""

    code: str
    text: Text


@dataclass(frozen=True)
class Cohort:
    """Who goes over to this version, and when, where old and new run side by side."""

    code: str
    name: Text
    begins: date
    kinds: tuple[str, ...]
    units: tuple[str, ...]


@dataclass(frozen=True)
class About:
    """Whose model this is: its own name, the municipality or region, who may start, and where the facts are read."""

    model: Text | None
    place: str
    region: str
    entrances: tuple[Entrance, ...]
    sources: tuple[str, ...]
    languages: tuple[str, ...]
    written: str
