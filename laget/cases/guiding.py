"""How far a case has come in the steps of its guide: pure questions over what is marked and what the case shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from laget.guide.rules import Condition, Deadline, Event, Fact, Form, Guide, Step, UnknownCode, deadline, steps_of

COVERED: Mapping[Form, int] = {Form.TWO_SERVICES: 2, Form.SEVERAL_SERVICES: 3}
"""How many services must have a consent before a level of this form shows that it was asked for; else one."""


class State(StrEnum):
    """Where a step stands."""

    DONE = "done"
    SHOWN = "shown"
    REFUSED = "refused"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Said:
    """A mark of a step: `said` is done, not_done or no."""

    step: str
    said: str
    at: datetime
    who: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What a case knows of itself: when its level was decided, facts with their moment, and days of events."""

    decided: datetime
    facts: Mapping[Fact, datetime]
    events: Mapping[str, date]


@dataclass(frozen=True, slots=True)
class Stand:
    """A step and where it stands. `at` and `who`: of the mark; `due` None: no day can be said."""

    step: Step
    number: int
    state: State
    at: datetime | None = None
    who: str = ""
    rule: Deadline | None = None
    due: date | None = None

    @property
    def finished(self) -> bool:
        return self.state in (State.DONE, State.SHOWN)

    def late(self, on: date) -> bool:
        """Whether its day has passed and it still waits."""
        return not self.finished and self.due is not None and self.due < on


def way(guide: Guide, level: str, marks: Iterable[Said], known: Known) -> list[Stand]:
    """The steps of a level in order. Marks from before the level was decided belong to another time there."""
    newest: dict[str, Said] = {}
    for one in sorted(marks, key=lambda mark: mark.at):
        if one.at >= known.decided:
            newest[one.step] = one
    found: list[Stand] = []
    for number, step in enumerate(steps_of(guide, level), start=1):
        rule = _rule(guide, step, level)
        due = _due(guide, rule, known, _condition(rule, found)) if rule else None
        state, at, who = _state(step, newest.get(step.code), known)
        found.append(Stand(step, number, state, at, who, rule, due))
    return found


def _state(step: Step, mark: Said | None, known: Known) -> tuple[State, datetime | None, str]:
    """What was marked last holds, unless the case has shown it since; a gate is only answered by a person."""
    if mark is not None and mark.said == "done":
        return State.DONE, mark.at, mark.who
    shown = shown_at(step, known.facts)
    if shown is not None and step.gate is None and (mark is None or shown > mark.at):
        return State.SHOWN, shown, ""
    if mark is not None and mark.said == "no":
        return State.REFUSED, mark.at, mark.who
    return State.OPEN, None, ""


def shown_at(step: Step, facts: Mapping[Fact, datetime]) -> datetime | None:
    """When all facts that show a step were there, or None while one is missing or the guide names none."""
    if not step.shown_by or any(one not in facts for one in step.shown_by):
        return None
    return max(facts[one] for one in step.shown_by)


def _rule(guide: Guide, step: Step, level: str) -> Deadline | None:
    if not step.deadline:
        return None
    try:
        rule = guide.deadline_rule(step.deadline)
    except UnknownCode:
        return None
    return rule if not rule.levels or level in rule.levels else None


def _condition(rule: Deadline | None, before: Sequence[Stand]) -> str:
    """The one condition that a case knows of itself: that a yes or no before this step was answered yes."""
    went_on = any(one.step.gate is not None and one.state is State.DONE for one in before)
    return Condition.DECIDED_TO_GO_ON.value if rule and went_on else ""


def _due(guide: Guide, rule: Deadline, known: Known, condition: str) -> date | None:
    """None when it is as soon as possible, or counted from what the case does not know."""
    start = known.events.get(rule.from_event)
    if start is None or rule.value is None:
        return None
    return deadline(guide, rule.code, start, condition)


def next_of(stands: Sequence[Stand]) -> Stand | None:
    """What is to be done now: the first open step after the furthest finished one, else the first open one.

    A no to the question after a step leads back to the one before it when the guide says so.
    """
    furthest = max((one.number for one in stands if one.finished), default=0)
    refused = next((one for one in stands if one.state is State.REFUSED and one.number > furthest - 1), None)
    if refused is not None:
        back = refused.step.gate is not None and refused.step.gate.no == "back"
        return stands[refused.number - 2] if back and refused.number > 1 else refused
    after = [one for one in stands if not one.finished and one.number > furthest]
    return next(iter(after or [one for one in stands if not one.finished]), None)


def services_needed(form: Form) -> int:
    """How many services have a consent where this form of cooperation shows that it was asked for."""
    return COVERED.get(form, 1)


KNOWN_EVENTS = (
    Event.LEVEL_DECIDED, Event.HOLDER_LOST, Event.BATON_OFFERED, Event.INVITATION_SENT, Event.LAST_ENTRY,
    Event.EVALUATION_DUE, Event.MEASURE_DUE, Event.CONSENT_GIVEN, Event.CONSENT_ENDS,
)  # fmt: skip
"""What a deadline may be counted from on a child's page; the others happen outside the case, and have no day there."""
