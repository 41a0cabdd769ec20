"""What is written and shared: the log, the consents, the plan, and how a case ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from laget.guide.values.text import Text
from laget.law.consent import Ask
from laget.law.kinds import Kind


class Writer(StrEnum):
    """Who may write an entry of a kind."""

    WORKER = "worker"
    FAMILY = "family"


class LogStart(StrEnum):
    """What opens a log."""

    LEVEL = "level"
    MEASURES_AGREED = "measures_agreed"
    MEETING = "meeting"


class Minutes(StrEnum):
    """What the log is to minutes of meetings."""

    REPLACES = "replaces"
    SHORT = "short_minutes_in_log"
    SEPARATE = "separate"
    HOLDER_DECIDES = "holder_decides"


class Refusal(StrEnum):
    """How work goes on for a family that says no to the log. It always goes on."""

    CASE_WITHOUT_LOG = "case_without_log"
    OWN_RECORDS = "own_records"


class Subject(StrEnum):
    """Whom a log can be about."""

    CHILD = "child"
    PREGNANT = "pregnant"
    YOUNG_ADULT = "young_adult"


class PaperReason(StrEnum):
    WISH = "family_wishes"
    LANGUAGE = "language"
    DIGITAL_SKILL = "digital_skill"
    TRIAL = "trial_period"


class Plan(StrEnum):
    """What becomes of the log when there is an individual plan."""

    ASK = "ask"
    CLOSE = "close"
    CLOSE_IF_WANTED = "close_if_wanted"
    KEEP = "keep"
    REPLACES_AT_LEVEL = "replaces_at_level"


class Again(StrEnum):
    """What makes a new consent necessary.

    A new service, and advice on a named child from one that does not take part, set nothing going: no service learns
    anything before the family has said yes to that very service, whatever a guide says (consents.actions.asking). They
    stand here because models say so, and are told as the models say them. The others make a task of asking again.
    """

    NEW_SERVICE = "new_service"
    HOLDER_CHANGES_SERVICE = "holder_changes_service"
    TRANSITION = "transition"
    ADVICE_ON_NAMED_CHILD = "advice_on_named_child"
    NEW_LEVEL = "new_level"
    PERIOD_ENDED = "period_ended"


class Medium(StrEnum):
    """How a consent may be given."""

    ELECTRONIC = "electronic"
    WRITTEN = "written"
    ORAL_RECORDED = "oral_recorded"


class Grain(StrEnum):
    """What a family can say yes or no to, one by one."""

    SERVICE = "service"
    KIND = "kind"
    FACT = "fact"
    PERSON = "person"


class Note(StrEnum):
    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True)
class Reach:
    """How far back a consent reaches."""

    code: str
    name: Text
    help: Text


@dataclass(frozen=True)
class Heard:
    """From which age, and how, a child is heard."""

    age: int
    text: Text


@dataclass(frozen=True)
class Decision:
    """What the municipality decided for one cell of the table of consent, with its reason and its day."""

    rule: str
    ask: Ask
    reason: Text
    decided: date


@dataclass(frozen=True)
class ConsentDefaults:
    """`told`: sentences for families by code; `moved`: what the municipality decided where the statutes are silent.

    `first_asked`: the level; `form_languages`: languages of the form, as language tags; `copies`: to every service.
    """

    reach_default: str
    reaches: tuple[Reach, ...]
    heard: tuple[Heard, ...]
    told: Mapping[str, Text]
    moved: Mapping[str, Ask]
    decisions: tuple[Decision, ...] = ()
    first_asked: str = ""
    first_asked_when: Text | None = None
    needed_again: tuple[Again, ...] = ()
    media: tuple[Medium, ...] = ()
    grain: tuple[Grain, ...] = ()
    one_form: bool = False
    copies: bool = False
    form_languages: tuple[str, ...] = ()

    @property
    def heard_ages(self) -> tuple[int, ...]:
        return tuple(one.age for one in self.heard)


@dataclass(frozen=True)
class Access:
    """Who reads the log and how (always, consented or given by the holder), and whether they write in it."""

    code: str
    read: str
    write: bool
    note: Text | None


@dataclass(frozen=True)
class Log:
    """From which level a case may have a log, and what families are told when it is offered.

    `normal_level`: where it usually begins; before that, with a reason. `minutes` may differ per variant.
    """

    first_level: str
    paper_allowed: bool
    offer: Text
    declined: Text
    normal_level: str = ""
    start: LogStart = LogStart.LEVEL
    start_note: Text | None = None
    minutes: Minutes = Minutes.SEPARATE
    refusal: Refusal = Refusal.CASE_WITHOUT_LOG
    subjects: tuple[Subject, ...] = ()
    paper_reasons: tuple[PaperReason, ...] = ()
    also_used_as: tuple[str, ...] = ()
    note_after_meeting: bool = False
    access: tuple[Access, ...] = ()


@dataclass(frozen=True)
class PlanRule:
    """The effect of an individual plan on the log; from a level when the plan takes its place; in which tool."""

    effect: Plan
    level: str
    tool: str
    text: Text | None


@dataclass(frozen=True)
class Archive:
    """Where a closed case is kept. `kinds`: service kinds it holds for (none: all)."""

    code: str
    text: Text
    kinds: tuple[str, ...]
    levels: tuple[str, ...]
    though_nothing_follows: bool


@dataclass(frozen=True)
class CloseRules:
    """Who may ask that a case ends, whether a reason and a closing note are needed, and where it is kept."""

    by: tuple[str, ...]
    reason: Note
    note: Note
    when: Text | None
    archives: tuple[Archive, ...]


@dataclass(frozen=True)
class Closing:
    """Why a case closes. `system`: set by the house itself, never chosen."""

    code: str
    text: Text
    family: Text
    system: bool


@dataclass(frozen=True)
class EntryKind:
    """A kind of entry in the log; `kind` is the kind of information it is offered with."""

    code: str
    name: Text
    hint: Text
    kind: Kind
    writers: tuple[Writer, ...]
