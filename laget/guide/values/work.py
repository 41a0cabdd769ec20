"""How the work goes: levels, steps and who does them, deadlines, holders, evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from laget.guide.days import Unit
from laget.guide.values.text import Text


class Form(StrEnum):
    """A level's form of cooperation on a scale of our own, so that municipalities' codes need not be compared."""

    WONDER = "wonder"
    ONE_SERVICE = "one_service"
    TWO_SERVICES = "two_services"
    SEVERAL_SERVICES = "several_services"


class Advice(StrEnum):
    """What an answer to the first question leads to."""

    TALK_FIRST = "talk_first"
    DO_NOT_TALK = "do_not_talk"
    ASK_FIRST = "ask_first"


class Effect(StrEnum):
    """What an evaluation leads to."""

    CLOSE = "close"
    CONTINUE = "continue"
    NEW_MEASURES = "new_measures"
    NEXT_LEVEL = "next_level"


class Also(StrEnum):
    """What an outcome sets going besides."""

    REPORT = "report_to_child_welfare"
    COORDINATING_UNIT = "coordinating_unit"
    SYSTEM_MEASURE = "system_measure"


class Direction(StrEnum):
    AFTER = "after"
    BEFORE = "before"


class Event(StrEnum):
    """What a deadline can be counted from."""

    ABSENCE_BEGUN = "absence_begun"
    BATON_OFFERED = "baton_offered"
    CONCERN_REGISTERED = "concern_registered"
    CONSENT_ASKED = "consent_asked"
    CONSENT_ENDS = "consent_ends"
    CONSENT_GIVEN = "consent_given"
    DRAFT_SAVED = "draft_saved"
    EIGHTEENTH_BIRTHDAY = "eighteenth_birthday"
    EMERGENCY_OPENED = "emergency_opened"
    ENVIRONMENT_CASE_NOTED = "environment_case_noted"
    EVALUATION_DUE = "evaluation_due"
    HOLDER_LOST = "holder_lost"
    INVITATION_SENT = "invitation_sent"
    LAST_ENTRY = "last_entry"
    LEVEL_DECIDED = "level_decided"
    LOG_DECLINED = "log_declined"
    MEASURE_DUE = "measure_due"
    MEETING_HELD = "meeting_held"
    REPORT_GROUND_SEEN = "report_ground_seen"
    TEAM_MEETING = "team_meeting"
    TRANSITION_DONE = "transition_done"
    POSITION_ENDED = "position_ended"
    WONDER_ENDED = "wonder_ended"
    WONDER_NOTED = "wonder_noted"
    WORRY_PROLONGED = "worry_prolonged"


class Sort(StrEnum):
    """What kind of thing a deadline is about."""

    TALK = "talk"
    SHARE = "share"
    DECIDE = "decide"
    INVITE = "invite"
    ENVIRONMENT = "environment"
    REPORT = "report"
    EVALUATE = "evaluate"
    DELIVER = "deliver"
    HOUSE = "house"


class Condition(StrEnum):
    """When another deadline holds instead."""

    ENVIRONMENT_CASE = "environment_case"
    CARE_CONCERN = "care_concern"
    DECIDED_TO_GO_ON = "decided_to_go_on"
    URGENT = "urgent"


@dataclass(frozen=True)
class Level:
    """`display` is what people see instead of the code; `starts`: work may begin here; `membership`: who is here."""

    code: str
    name: Text
    meaning: Text
    colour: str
    form: Form
    display: str = ""
    membership: Text | None = None
    starts: bool = False

    @property
    def shown(self) -> str:
        """What people call the level for short: its own sign, else its code."""
        return self.display or self.code


@dataclass(frozen=True)
class Role:
    """Who does a step; `relative`: found from the case (the holder, the one who wondered), not from a title.

    `concept`: the role is called what the municipality calls this concept.
    """

    code: str
    name: Text
    relative: bool = False
    concept: str = ""


class Fact(StrEnum):
    """What a case shows by itself, so that a step need not be marked by hand."""

    CONSENT_GIVEN = "consent_given"
    INVITED = "invited"
    HOLDER_CHOSEN = "holder_chosen"
    GOALS_AGREED = "goals_agreed"
    CHILD_HEARD = "child_heard"
    EVALUATED = "evaluated"


@dataclass(frozen=True)
class Gate:
    """A yes or no after a step: `no` is where a no leads (close, wait or back)."""

    question: Text
    no: str


@dataclass(frozen=True)
class Step:
    """`who` are role codes, `deadline` a deadline's code or empty; `tools` and `forms` are codes.

    `consent`: the step asks for one. `shown_by`: facts of a case that show together that the step is done.
    `way`: empty on the ordinary way, else another's code (a worry that begins at an adult).
    """

    code: str
    level: str
    name: Text
    what: Text | None
    how: Text | None
    who: tuple[str, ...]
    deadline: str
    arena: Text | None = None
    tools: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    gate: Gate | None = None
    consent: bool = False
    way: str = ""
    shown_by: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Heading:
    """What a part of a step is called, and whether it is shown at all."""

    code: str
    name: Text
    shown: bool


@dataclass(frozen=True)
class FirstAnswer:
    code: str
    text: Text
    advice: Text
    effect: Advice


@dataclass(frozen=True)
class FirstQuestion:
    question: Text
    help: Text
    answers: tuple[FirstAnswer, ...]


@dataclass(frozen=True)
class Wonder:
    """The way from a wondering: `talk_level` is where parents are first talked with, `order` whom one shares with.

    `free_order`: the order is advice. `caregiver_goes_on`: what a parent raises is always taken further.
    """

    talk_level: str
    order: tuple[str, ...]
    free_order: bool
    caregiver_goes_on: bool


@dataclass(frozen=True)
class Scope:
    """What a measure works on, and the roles that always follow it up (none: agreed each time)."""

    code: str
    name: Text
    owners: tuple[str, ...]


@dataclass(frozen=True)
class Instead:
    """Another length when a condition holds. `value` None: as soon as possible."""

    condition: Condition
    value: int | None
    unit: Unit


@dataclass(frozen=True)
class Deadline:
    """`from_event` names what the count starts from; `reason` is what people are told.

    `value` None: as soon as possible. `instead`: other lengths under a condition. `levels`: where it holds (none: all).
    """

    code: str
    value: int | None
    unit: Unit
    direction: Direction
    from_event: str
    reason: Text
    sort: Sort = Sort.HOUSE
    instead: tuple[Instead, ...] = ()
    levels: tuple[str, ...] = ()

    @property
    def steps(self) -> int:
        """How many units to count; none for as soon as possible."""
        return self.value or 0


@dataclass(frozen=True)
class HolderRule:
    """Professions in order of nearness to the child, for one level; `decided_by` are roles, `note` the rest."""

    level: str
    professions: tuple[str, ...]
    decided_by: tuple[str, ...] = ()
    note: Text | None = None


@dataclass(frozen=True)
class Criterion:
    code: str
    text: Text


@dataclass(frozen=True)
class Baton:
    """The rules of the holder. `named_from`: the level; `keeps_until`: what a former holder stays for, in words.

    `reconsidered`: at every new level. `beside_coordinator`: a family may have both a holder and a coordinator.
    """

    named_from: str
    named_when: Text | None
    handover: str
    keeps_until: Text | None
    reconsidered: bool
    beside_coordinator: bool
    tasks: tuple[Criterion, ...]


@dataclass(frozen=True)
class Outcome:
    """`levels`: where it can be chosen (none: everywhere); `target`: the levels it leads to; `also`: set going too."""

    code: str
    text: Text
    effect: Effect
    levels: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    also: tuple[Also, ...] = ()


class DateSet(StrEnum):
    """When the day of evaluation is set."""

    IN_MEETING = "in_meeting"
    WITH_MEASURES = "with_measures"
    PER_MEASURE = "per_measure"
    REGULAR = "regular"


class Meetings(StrEnum):
    """How an evaluation is held."""

    ONE = "one_meeting"
    SPLIT = "discussion_then_decision"
    BY_GROUP = "by_staff_group"


@dataclass(frozen=True)
class Stuck:
    """Where a case goes that does not move: a team's code, or the coordinating unit; with a form and in words."""

    to: str
    text: Text
    form: str
    holder_attends: bool


@dataclass(frozen=True)
class Evaluation:
    """`views`: whose view is heard, `views_required`: none is left out; `child_asked`: before, during, after.

    `weeks` None: the day is set each time.
    """

    date_set: DateSet
    weeks: int | None
    meetings: Meetings
    views: tuple[str, ...]
    views_required: bool
    child_asked: tuple[str, ...]
    child_asked_by: tuple[str, ...]
    decided_by: tuple[str, ...]
    stuck: Stuck | None
