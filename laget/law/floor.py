"""What no municipality's own model may go below, as pure rules: each breach names the statute it goes against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from laget.law.ages import MAJORITY_YEARS
from laget.law.consent import Ask, may_move, movable, movable_to
from laget.law.consent.table import CELLS

HEARD = 7
"""BL81 § 31: from this age a child is always heard."""
GREAT_WEIGHT = 12
"""BL81 § 31: from this age its view weighs heavily."""
ENVIRONMENT_DAYS: Mapping[str, int] = {"OPPL": 7, "PRIV": 7, "BHL": 14}
"""The longest an environment case may wait, in calendar days, by the service's act.

School: OPPL § 12-4 says as soon as possible, and after a week the county governor takes the matter up (§ 12-6).
Kindergarten: BHL § 42 says as soon as possible and names no number of days; two weeks is our cautious reading.
"""
REPORT_DAYS = 0
"""BVL § 13-2: a report to child welfare is made without undue delay, so no day of waiting can be planned."""
ACCEPTED = "accepted"
AT_ONCE = "at_once"
HELP_GOES_ON = frozenset({"case_without_log", "own_records"})
MEDIA = frozenset({"electronic", "written", "oral_recorded"})
"""Forms of consent that can be shown afterwards. Silence is none of them."""


class Topic(StrEnum):
    """What a breach is about; the guide knows where that stands in a file."""

    HEARD = "heard"
    SEAT = "seat"
    MOVED = "moved"
    ENVIRONMENT = "environment"
    REPORT = "report"
    FIRST_QUESTION = "first_question"
    PARENTS_READ = "parents_read"
    PARENTS_END = "parents_end"
    REFUSAL = "refusal"
    WITHDRAWAL = "withdrawal"
    MEDIUM = "medium"
    HANDOVER = "handover"


@dataclass(frozen=True)
class Breach:
    """`key` is which one of several, when there are several. `sources` are codes of the legal register."""

    topic: Topic
    said: str
    sources: tuple[str, ...]
    key: str = ""

    def __str__(self) -> str:
        return f"{self.said} (by law: {', '.join(self.sources)})"


@dataclass(frozen=True)
class Terms:
    """What of a model the law has a word about, as plain values.

    `environment`: the longest wait by act, in calendar days, None for as soon as possible; the act is empty for the
    model common to all. `report`: the same for a report to child welfare. `advice`: what the answers to the first
    question lead to.
    """

    heard: tuple[int, ...]
    seat_until: int
    moved: tuple[tuple[str, Ask], ...]
    environment: Mapping[str, int | None]
    report: int | None
    advice: frozenset[str]
    parents_read: str
    enders: frozenset[str]
    refusal: str
    withdrawal: str
    media: tuple[str, ...]
    handover: str


def breaches(terms: Terms) -> tuple[Breach, ...]:
    """Everything in which a model goes below the law."""
    rules = (_heard, _seat, _moved, _environment, _report, _first_question, _parents, _voluntary, _media, _handover)
    return tuple(one for rule in rules for one in rule(terms))


def _heard(terms: Terms) -> Iterator[Breach]:
    ages = sorted(terms.heard)
    if not ages or ages[0] > HEARD:
        yield Breach(
            Topic.HEARD,
            f"a child is always heard from {HEARD}; allowed: {HEARD} or younger",
            ("BL81 § 31",),
            _first(ages),
        )
    if len(ages) < 2 or ages[1] > GREAT_WEIGHT:
        yield Breach(
            Topic.HEARD,
            f"a child's view weighs heavily from {GREAT_WEIGHT}; allowed: a mark no later",
            ("BL81 § 31",),
            _first(ages[1:]),
        )


def _first(ages: Iterable[int]) -> str:
    return next((str(one) for one in ages), "")


def _seat(terms: Terms) -> Iterator[Breach]:
    if terms.seat_until != MAJORITY_YEARS:
        said = f"the parents' place ends when the child is {MAJORITY_YEARS}; allowed: {MAJORITY_YEARS}"
        yield Breach(Topic.SEAT, said, ("VGM § 8",))


def _moved(terms: Terms) -> Iterator[Breach]:
    for rule, ask in terms.moved:
        if may_move(rule, ask):
            continue
        if rule in movable():
            said = f"asks {ask}; allowed: {', '.join(sorted(movable_to(rule)))}"
        else:
            said = f"{rule!r} cannot be moved, since the statutes decide there; allowed: {', '.join(movable())}"
        yield Breach(Topic.MOVED, said, _sources(rule), rule)


def _sources(rule: str) -> tuple[str, ...]:
    found = next((one for (row, column), one in CELLS.items() if f"E/{row}/{column}" == rule), None)
    return found.sources if found else ("FVL67 § 13 a",)


def _environment(terms: Terms) -> Iterator[Breach]:
    for act, days in terms.environment.items():
        most = ENVIRONMENT_DAYS.get(act or "OPPL")
        if most is not None and days is not None and days > most:
            said = f"waits up to {days} days; allowed: at most {most}, or as soon as possible"
            source = ("BHL § 42",) if act == "BHL" else ("OPPL § 12-4", "OPPL § 12-6")
            yield Breach(Topic.ENVIRONMENT, said, source, act)


def _report(terms: Terms) -> Iterator[Breach]:
    if terms.report is not None and terms.report > REPORT_DAYS:
        said = f"waits up to {terms.report} days; allowed: soon = true, without undue delay"
        yield Breach(Topic.REPORT, said, ("BVL § 13-2",))


def _first_question(terms: Terms) -> Iterator[Breach]:
    for needed in ("do_not_talk", "ask_first"):
        if needed not in terms.advice:
            said = f"no answer leads to {needed}: parents are not told first when violence is feared; allowed: one"
            yield Breach(Topic.FIRST_QUESTION, said, ("BVL § 13-2", "BL81 § 30"))


def _parents(terms: Terms) -> Iterator[Breach]:
    if terms.parents_read != "always":
        said = "parents with responsibility read what is written about their child; allowed: always"
        yield Breach(Topic.PARENTS_READ, said, ("BL81 § 47", "GDPR artikkel 15"))
    if "parents" not in terms.enders:
        said = "what rests on the parents' yes ends when they say so; allowed: parents among those who may end it"
        yield Breach(Topic.PARENTS_END, said, ("FVL67 § 13 a", "GDPR artikkel 7"))


def _voluntary(terms: Terms) -> Iterator[Breach]:
    if terms.refusal not in HELP_GOES_ON:
        said = f"{terms.refusal!r}: a no never stops help; allowed: {', '.join(sorted(HELP_GOES_ON))}"
        yield Breach(Topic.REFUSAL, said, ("FVL67 § 13 a", "GDPR artikkel 7"))
    if terms.withdrawal != AT_ONCE:
        said = f"{terms.withdrawal!r}: a withdrawn yes ends the sharing at once; allowed: {AT_ONCE}"
        yield Breach(Topic.WITHDRAWAL, said, ("GDPR artikkel 7",))


def _media(terms: Terms) -> Iterator[Breach]:
    for medium in terms.media:
        if medium not in MEDIA:
            said = f"has {medium!r}: a consent is a clear yes that can be shown; allowed: {', '.join(sorted(MEDIA))}"
            yield Breach(Topic.MEDIUM, said, ("GDPR artikkel 4", "GDPR artikkel 7"))


def _handover(terms: Terms) -> Iterator[Breach]:
    if terms.handover != ACCEPTED:
        said = f"{terms.handover!r}: there is always exactly one who holds together, until the next has accepted"
        yield Breach(Topic.HANDOVER, f"{said}; allowed: {ACCEPTED}", ("IP-REG § 3", "HOL § 3-4"))
