"""Holds a guide that has been read against the law, against what the house leans on, and against common sense."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

from laget.guide import values
from laget.guide.days import Unit
from laget.guide.faults import Faults
from laget.guide.reading.part import Part
from laget.guide.values import Guide
from laget.law.floor import Terms, Topic, breaches

DEADLINES = (
    "acting_holder", "adult_notice", "answer_reminder", "asking_seat", "baton_reminder", "consent_period",
    "consent_renewal", "draft_kept", "emergency_opening", "emergency_review", "environment_case", "evaluation_notice",
    "holder_absent", "invitation_reminder", "invite_to_meeting", "log_asked_again", "measure_notice", "minutes",
    "quiet_case", "report_concern", "share_with_leader", "talk_with_parents", "transition_consent",
    "transition_follow_up",
)  # fmt: skip
TOLD = ("what", "who", "voluntary", "parts", "withdraw", "kept", "both", "silence", "danger", "youth")
REACHES = ("today", "plan", "all")
WORDS = (
    "team", "relay_holder", "relay_baton", "relay_log", "case", "level", "wonder", "concern", "bright_spot", "entry",
    "parent", "parents", "child", "young_person", "family", "service", "participant", "leader", "consent", "plan",
    "individual_plan", "goal", "measure", "evaluation", "meeting", "transition", "coordinator", "child_coordinator",
    "handover", "guide", "step", "guardian",
)  # fmt: skip
"""Codes that code elsewhere asks for: a guide without one of them would break a page."""

PLACES = {
    Topic.HEARD: "heard",
    Topic.SEAT: "family.seat_until_age",
    Topic.MOVED: "moved",
    Topic.ENVIRONMENT: "deadline.environment_case",
    Topic.REPORT: "deadline.report_concern",
    Topic.FIRST_QUESTION: "first_answer",
    Topic.PARENTS_READ: "access.parents.read",
    Topic.PARENTS_END: "close.by",
    Topic.REFUSAL: "log.refusal",
    Topic.WITHDRAWAL: "consent.withdrawal",
    Topic.MEDIUM: "consent.media",
    Topic.HANDOVER: "baton.handover",
}
_DAYS = {Unit.DAY: 1.0, Unit.WORKING_DAY: 7 / 5, Unit.WEEK: 7.0, Unit.MONTH: 31.0}


def check(guide: Guide, whole: Part, faults: Faults, act: str = "") -> None:
    """Notes everything wrong with a guide whose values each are in order. `act`: of the services it is for."""
    if faults.found:
        return
    _needed(guide, faults)
    _levels(guide, faults)
    _ways(guide, faults)
    for breach in breaches(terms(guide, whole, act)):
        place = PLACES[breach.topic]
        key = f".{breach.key}" if breach.topic in (Topic.HEARD, Topic.MOVED) and breach.key else ""
        faults.add(place + key, str(breach))


def terms(guide: Guide, whole: Part, act: str = "") -> Terms:
    """What of a guide the law has a word about; words that became values are taken as they stand in the file."""
    parents = next((one for one in guide.log.access if one.code == "parents"), None)
    return Terms(
        heard=guide.consent.heard_ages,
        seat_until=guide.family_seat_until_age,
        moved=tuple((one.rule, one.ask) for one in guide.consent.decisions),
        environment={act: longest(guide, "environment_case")},
        report=longest(guide, "report_concern"),
        advice=frozenset(one.effect.value for one in guide.first_question.answers),
        parents_read=parents.read if parents else "never",
        enders=frozenset(guide.close.by),
        refusal=whole.part("log").words("refusal"),
        withdrawal=whole.part("consent").words("withdrawal"),
        media=whole.part("consent").names("media"),
        handover=guide.baton.handover,
    )


def longest(guide: Guide, code: str) -> int | None:
    """The most calendar days a deadline can take under any condition; None for as soon as possible."""
    rule = guide.deadline_rule(code)
    lengths = [(rule.value, rule.unit), *((one.value, one.unit) for one in rule.instead)]
    days = [ceil(value * _DAYS[unit]) for value, unit in lengths if value is not None]
    return max(days, default=None)


def _needed(guide: Guide, faults: Faults) -> None:
    _has(faults, "deadline", DEADLINES, [one.code for one in guide.deadlines])
    _has(faults, "reach", REACHES, [one.code for one in guide.consent.reaches])
    _has(faults, "consent_told", TOLD, guide.consent.told)
    _has(faults, "word", WORDS, [one.concept for one in guide.words])
    if not any(one.system for one in guide.closings):
        faults.add("closing", "none has system = true; allowed: one the house sets when nobody may know any more")
    if not any(values.Writer.FAMILY in one.writers for one in guide.entries):
        faults.add("entry", "no kind can be written by the family; allowed: at least one with family among its writers")


def _has(faults: Faults, place: str, needed: Iterable[str], found: Iterable[str]) -> None:
    have = set(found)
    for one in needed:
        if one not in have:
            faults.add(place, f"lacks {one!r}, which the house leans on; allowed: changed, not removed")


def _levels(guide: Guide, faults: Faults) -> None:
    codes = [one.code for one in guide.levels]
    with_steps = {one.level for one in guide.steps}
    for code in codes:
        if code not in with_steps:
            faults.add(f"level.{code}", "has no step; allowed: at least one [[step]] of this level")
        if len(codes) > 1 and not guide.moves.get(code):
            faults.add(f"level.{code}", "has no way out; allowed: a [[move]] from it to another level")
    if not any(one.starts for one in guide.levels):
        faults.add("level", "none is where work begins; allowed: starts = true at one or more")


def _ways(guide: Guide, faults: Faults) -> None:
    starts = [one.code for one in guide.levels if one.starts]
    reached = _from(starts, guide.moves)
    backwards: dict[str, tuple[str, ...]] = {}
    for source, targets in guide.moves.items():
        for target in targets:
            backwards[target] = (*backwards.get(target, ()), source)
    ended = _from(_closable(guide), backwards)
    for one in guide.levels:
        if one.code not in reached and starts:
            faults.add(f"level.{one.code}", f"is never reached from {', '.join(starts)}; allowed: a [[move]] to it")
        if one.code not in ended:
            said = "goes in a ring that never ends: no outcome that closes applies on any level reached from here"
            faults.add(
                f"level.{one.code}", f"{said}; allowed: an [[outcome]] with effect close, or a move to where one is"
            )


def _closable(guide: Guide) -> list[str]:
    every = [one.code for one in guide.levels]
    closing = [one for one in guide.outcomes if one.effect is values.Effect.CLOSE]
    return [code for code in every if any(not one.levels or code in one.levels for one in closing)]


def _from(start: Iterable[str], ways: Mapping[str, Iterable[str]]) -> set[str]:
    seen, left = set(start), list(start)
    while left:
        for one in ways.get(left.pop(), ()):
            if one not in seen:
                seen.add(one)
                left.append(one)
    return seen
