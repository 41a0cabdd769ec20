"""What is written in a case, planned, told and read: as much as somebody who works every day leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar
from uuid import UUID

from laget.demo.simulation.asking import Frame, Stint
from laget.demo.simulation.calendar import DAY, FOREVER, Calendar
from laget.demo.simulation.names import GOALS, MATTERS, MEASURES, WORDS
from laget.demo.simulation.rows import NULL, Rows
from laget.demo.simulation.town import Worker

SORTS = ("note", "note", "note", "phone_call", "bright_spot", "agreement", "meeting_note")
AREAS = {"everyday": "friends", "learning": "learning", "health": "health"}
BY_FAMILY, FOR_OWN_SERVICE, FOR_FAMILY = 0.15, 0.06, 0.05
FINISHED, EVALUATED, MATTERS_TOLD = 0.35, 0.6, 0.7
UNREAD = 6 * DAY
READINGS = 3
T = TypeVar("T")


def dashed(id: str) -> str:
    """An id as it stands in an address."""
    return str(UUID(id))


class Diary:
    """Writes the log, the plan, the messages and the record of one case."""

    def __init__(self, rows: Rows, random: Random, calendar: Calendar, entries: int) -> None:
        self._rows, self._random, self._calendar, self._entries = rows, random, calendar, entries

    def write(self, frame: Frame) -> None:
        """Everything that is not about who takes part."""
        writers = [one for one in (frame.lead, frame.lead, *frame.helpers) if one.seated and one.subjects]
        parents = frame.child.seated
        for _ in range(self._entries):
            if parents and (not writers or self._random.random() < BY_FAMILY):
                self._by_family(frame, parents[0].person)
            elif writers:
                self._by_worker(frame, self._any(writers))
        self._plan(frame, writers)
        self._told(frame)
        self._recorded(frame)

    def _any(self, things: Sequence[T]) -> T:
        return things[int(self._random.random() * len(things))]

    def _between(self, since: int, until: int) -> int:
        return since + int(self._random.random() * max(1, until - since))

    def _by_family(self, frame: Frame, person: str) -> None:
        audience = "family" if self._random.random() < FOR_FAMILY else "team"
        at = self._calendar.at(self._between(frame.opened, frame.last))
        self._rows.add(
            "cases_log", self._rows.id(), frame.case, frame.child.person, "note", "everyday", audience, "{}",
            self._any(WORDS), "", person, NULL, NULL, at,
        )  # fmt: skip

    def _by_worker(self, frame: Frame, stint: Stint) -> None:
        worker = stint.worker
        audience = "own_service" if self._random.random() < FOR_OWN_SERVICE else "team"
        at = self._calendar.at(self._between(stint.since, stint.ended or frame.last))
        self._rows.add(
            "cases_log", self._rows.id(), frame.case, frame.child.person, self._any(SORTS), self._any(stint.subjects),
            audience, "{}", self._any(WORDS), "", worker.person, worker.position, worker.service, at,
        )  # fmt: skip

    def _plan(self, frame: Frame, writers: list[Stint]) -> None:
        random, rows, calendar = self._random, self._rows, self._calendar
        if frame.child.seated and random.random() < MATTERS_TOLD:
            at = self._between(frame.opened, frame.last)
            rows.add(
                "plans_matter", rows.id(), frame.case, frame.child.person, "team", "{}", "everyday", "parent",
                self._any(MATTERS),
                "Vi spurte ved leggetid.", calendar.at(at), frame.child.seated[0].person,
            )  # fmt: skip
        for _ in range(int(random.random() * 3) if writers else 0):
            stint = self._any(writers)
            kind = next((one for one in stint.subjects if one in AREAS), None)
            if kind is not None:
                self._goal(frame, stint, kind)

    def _goal(self, frame: Frame, stint: Stint, kind: str) -> None:
        rows, calendar, goal = self._rows, self._calendar, self._rows.id()
        agreed = self._between(stint.since, stint.ended or frame.last)
        over = frame.closed or self._random.random() < FINISHED
        ended = self._between(agreed, frame.last) if over else None
        end, outcome = (calendar.at(ended), "effect_done_close") if ended is not None else (FOREVER, "")
        rows.add(
            "plans_goal", goal, frame.case, frame.child.person, "team", "{}", kind, AREAS[kind], self._any(GOALS), "1",
            calendar.at(agreed), stint.worker.person, end, outcome,
        )  # fmt: skip
        for number in range(1 + int(self._random.random() * 2)):
            self._measure(frame, stint, (goal, kind, end, outcome), agreed, at_home=number > 0)
        if ended is not None and self._random.random() < EVALUATED:
            rows.add(
                "plans_evaluation", rows.id(), frame.child.person, goal, NULL, "team", "{}", kind, outcome,
                self._any(WORDS),
                "Det er fint nå.", "Vi viste bilder.", calendar.at(ended), stint.worker.person, "Det går bedre hjemme.",
            )  # fmt: skip

    def _measure(
        self, frame: Frame, stint: Stint, goal: tuple[str, str, str, str], agreed: int, *, at_home: bool
    ) -> None:
        of, kind, end, outcome = goal
        calendar, parents = self._calendar, frame.child.seated
        home = at_home and bool(parents)
        start = agreed // DAY
        due = start + 30 if outcome else max(start, calendar.today - 8 + int(self._random.random() * 110))
        who = ("home", NULL, parents[0].person) if home else ("service", stint.worker.position, NULL)
        self._rows.add(
            "plans_measure", self._rows.id(), of, frame.child.person, "team", "{}", kind, self._any(MEASURES), "1",
            *who,
            calendar.at(agreed), stint.worker.person, calendar.days[start], calendar.days[due], end, outcome,
        )  # fmt: skip

    def _told(self, frame: Frame) -> None:
        child, latest = frame.child, frame.last - int(self._random.random() * 20) * DAY
        for parent in child.seated:
            self._notice(parent.person, "citizen", "cases.joined", f"/family/{dashed(child.person)}/", child.person,
                         max(frame.opened, latest))  # fmt: skip
        team = f"/cases/{dashed(frame.case)}/team/"
        for stint in frame.active:
            self._notice(stint.worker.person, "worker", "cases.family_wrote", team, child.person,
                         max(stint.since, latest))  # fmt: skip

    def _notice(  # noqa: PLR0913 - a notice has these columns
        self, person: str, capacity: str, event: str, address: str, child: str, at: int
    ) -> None:
        rows, moment = self._rows, self._calendar.at(at)
        unread = at > self._calendar.today * DAY - UNREAD
        notice = rows.id()
        rows.add("notices_notice", notice, person, capacity, event, address, child, moment, NULL if unread else moment)
        rows.add("notices_dispatch", rows.id(), notice, "sent", "1", moment, moment)

    def _recorded(self, frame: Frame) -> None:
        """That it began, who joined and what was read; the record of each entry is left out."""
        lead, child = frame.lead.worker, frame.child.person
        self._deed(lead, "cases.opened", frame, frame.opened, '{"how": "began"}')
        for stint in frame.helpers:
            if stint.seated:
                self._deed(stint.worker, "cases.invitation_accepted", frame, stint.since, "{}")
        for _ in range(READINGS):
            stint = self._any((frame.lead, *(one for one in frame.helpers if one.seated)))
            at = self._calendar.at(self._between(stint.since, stint.ended or frame.last))
            self._rows.add(
                "audit_reading", self._rows.id(), at, stint.worker.person, "worker", stint.worker.position,
                stint.worker.service, "desk.child_page", f"{{{child}}}", frame.case, f"{{{','.join(stint.kinds)}}}", "",
            )  # fmt: skip

    def _deed(self, worker: Worker, event: str, frame: Frame, at: int, details: str) -> None:
        self._rows.add(
            "audit_entry", self._rows.id(), self._calendar.at(at), worker.person, "worker", worker.position, event,
            frame.child.person, frame.case, "", details,
        )  # fmt: skip
