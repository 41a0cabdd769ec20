"""One case from the first question until today: who leads, who joins, how the baton goes, and whether it is closed."""

from __future__ import annotations

from random import Random

from laget.demo.simulation.asking import Asking, Frame, Stint
from laget.demo.simulation.calendar import DAY, FOREVER, Calendar
from laget.demo.simulation.diary import Diary
from laget.demo.simulation.homes import Child, Homes
from laget.demo.simulation.names import REASONS
from laget.demo.simulation.rows import NULL, Rows
from laget.demo.simulation.town import Town, Worker
from laget.guide.rules import Guide

FIRST = 30
"""So many cases has the first worker, all open."""
CLOSED = 0.27
HELPERS = (0, 0, 1, 1, 1, 2, 2, 3)
HELPING = ("health_clinic", "health_clinic", "ppt", "health_care", "child_welfare", "nav", "mental_health")
CLOSINGS = ("goal_reached", "goal_reached", "moved", "parents_ended", "other")
PENDING, INVITED, OFFERED, ACTING, WENT_ROUND = 0.12, 0.03, 0.03, 0.02, 0.3


class Cases:
    """Makes cases one after the other."""

    def __init__(  # noqa: PLR0913 - what a case is made of
        self, rows: Rows, random: Random, calendar: Calendar, town: Town, homes: Homes, guide: Guide, entries: int
    ) -> None:
        self._rows, self._random, self._calendar, self._town, self._homes = rows, random, calendar, town, homes
        self._guide = guide
        self._asking = Asking(rows, random, calendar, homes)
        self._diary = Diary(rows, random, calendar, entries)
        self.first = ""

    def make(self, number: int) -> None:
        """Case number so-and-so, with everything in it."""
        sort = "kindergarten" if number < FIRST else self._sort()
        lead = self._town.first if number < FIRST else self._town.staff[sort].any(self._random)
        begun, born = self._begun(sort)
        opened, last, closed = self._span(born if born is not None else self._calendar.today - 90, number)
        asked = opened - (2 + int(self._random.random() * 8)) * DAY
        child = self._homes.child(born, begun, asked, lead.person)
        stint = Stint(lead, opened)
        request = self._asking.cover(child, stint, lead, asked, last, first=True)
        frame = Frame(self._rows.id(), child, stint, opened, last, closed)
        self.first = self.first or frame.case
        self._asking.seat(child, lead, asked + 601, self._end(frame), "consent", request)
        self._join(frame)
        self._case(frame)
        self._batons(frame)
        if not closed:
            self._waits(frame)
        self._diary.write(frame)

    def _end(self, frame: Frame) -> str:
        return self._calendar.at(frame.last) if frame.closed else FOREVER

    def _sort(self) -> str:
        drawn = self._random.random()
        return "health_clinic" if drawn < 0.04 else "kindergarten" if drawn < 0.42 else "school"

    def _begun(self, sort: str) -> tuple[int, int | None]:
        """The day of birth, or the expected day of a child that is not born yet."""
        random, today = self._random, self._calendar.today
        if sort == "health_clinic" and random.random() < 0.2:
            return today + random.randint(10, 150), None
        youngest, oldest = {"kindergarten": (400, 2100), "school": (2200, 6480)}.get(sort, (40, 400))
        born = today - youngest - int(random.random() * (oldest - youngest))
        return born, born

    def _span(self, born: int, number: int) -> tuple[int, int, bool]:
        """When it was opened, its last minute so far, and whether it is closed."""
        random, today = self._random, self._calendar.today
        closed = number >= FIRST and random.random() < CLOSED
        ago = 150 + int(random.random() * 1000) if closed else 14 + int(900 * random.random() ** 2.2)
        opened = max(today - ago, born + 14)
        closed = closed and today - opened > 140
        last = opened + 100 + int(random.random() * (today - opened - 110)) if closed else today
        return min(opened, today - 12) * DAY + 500, last * DAY - 1, closed

    def _join(self, frame: Frame) -> None:
        """More services, each with a consent, an invitation and a seat."""
        random = self._random
        sorts = dict.fromkeys(HELPING[int(random.random() * len(HELPING))] for _ in range(random.choice(HELPERS)))
        free = (frame.last - frame.opened) // DAY - 12
        for sort in sorts:
            if free < 10 or sort == frame.lead.worker.sort:
                continue
            asked = frame.opened + (3 + int(random.random() ** 2 * free * 0.7)) * DAY
            worker = self._town.staff[sort].any(random)
            stint = Stint(worker, asked + 4 * DAY)
            self._asking.cover(frame.child, stint, frame.lead.worker, asked, frame.last, first=False)
            self._invite(frame, stint, asked + 2 * DAY)
            frame.helpers.append(stint)

    def _invite(self, frame: Frame, stint: Stint, at: int) -> None:
        rows, calendar, worker = self._rows, self._calendar, stint.worker
        made, lead = rows.id(), frame.lead.worker
        stint.seated = frame.closed or stint.ended is not None or self._random.random() > INVITED
        answered = calendar.at(stint.since) if stint.seated else FOREVER
        rows.add(
            "cases_invitation", made, frame.case, frame.child.person, worker.position, REASONS[1], lead.person,
            calendar.at(at), "accepted" if stint.seated else "sent", answered,
        )  # fmt: skip
        self._homes.seat(
            frame.child, worker.person, "asking", calendar.at(at), answered, "invitation", made, worker.position
        )
        if stint.seated:
            self._asking.seat(frame.child, worker, stint.since, self._end(frame), "invitation", made)

    def _case(self, frame: Frame) -> None:
        rows, calendar, lead = self._rows, self._calendar, frame.lead.worker
        case, child = frame.case, frame.child.person
        level = str(1 + min(2, len(frame.helpers)))
        rows.add(
            "cases_case", case, child, lead.service, level, self._guide.code, calendar.at(frame.opened), lead.position,
            self._end(frame),
        )  # fmt: skip
        moments = [frame.opened, *sorted(one.since for one in frame.helpers)[:2]]
        for number, moment in enumerate(moments):
            rows.add("cases_step", rows.id(), case, child, str(number + 1), REASONS[number > 0], calendar.at(moment),
                     lead.person)  # fmt: skip
        if frame.closed:
            reason = CLOSINGS[int(self._random.random() * len(CLOSINGS))]
            rows.add("cases_turn", rows.id(), case, child, "closed", reason, "Takk for samarbeidet.",
                     calendar.at(frame.last), lead.person)  # fmt: skip

    def _batons(self, frame: Frame) -> None:
        """The lead holds it; sometimes it has been with a helper meanwhile, and a few hold it for the time being."""
        random, lead, end = self._random, frame.lead.worker, self._end(frame)
        helper = next((one for one in frame.active[1:] if one.since + 30 * DAY < frame.last), None)
        gone = self._town.staff[lead.sort].gone
        if helper is not None and random.random() < WENT_ROUND:
            room = (frame.last - helper.since) // 3
            there, back = helper.since + room, helper.since + 2 * room
            self._leg(frame, lead, (frame.opened, self._calendar.at(there)), "opened")
            self._leg(frame, helper.worker, (there, self._calendar.at(back)), "offer",
                      self._offer(frame, lead, helper.worker, there))  # fmt: skip
            self._leg(frame, lead, (back, end), "offer", self._offer(frame, helper.worker, lead, back))
        elif gone and not frame.closed and random.random() < ACTING:
            fell = frame.last - 3 * DAY
            former = gone[int(random.random() * len(gone))]
            self._leg(frame, former, (frame.opened, self._calendar.at(fell)), "opened")
            self._leg(frame, lead, (fell, end), "position_end", acting=True)
        else:
            self._leg(frame, lead, (frame.opened, end), "opened")

    def _leg(  # noqa: PLR0913 - a leg has these columns
        self, frame: Frame, worker: Worker, span: tuple[int, str], origin: str, of: str = NULL, *, acting: bool = False
    ) -> None:
        answer_by = self._calendar.days[self._calendar.today + 4] if acting else NULL
        self._rows.add(
            "cases_baton", self._rows.id(), frame.case, frame.child.person, worker.position,
            self._calendar.at(span[0]), span[1], "ft"[acting], answer_by, origin, of,
        )  # fmt: skip

    def _offer(self, frame: Frame, giver: Worker, receiver: Worker, at: int, *, stands: bool = False) -> str:
        made, calendar = self._rows.id(), self._calendar
        state, answered = ("offered", FOREVER) if stands else ("accepted", calendar.at(at))
        self._rows.add(
            "cases_offer", made, frame.case, frame.child.person, giver.position, receiver.position, REASONS[1],
            calendar.at(at - 2 * DAY), state, answered, "",
        )  # fmt: skip
        return made

    def _waits(self, frame: Frame) -> None:
        """What somebody must answer now: a consent, or an offer."""
        random, lead = self._random, frame.lead.worker
        if random.random() < PENDING:
            known = {lead.sort, *(one.worker.sort for one in frame.helpers)}
            sort = next(one for one in HELPING if one not in known)
            asked = frame.last - (1 + int(random.random() * 9)) * DAY
            self._asking.wait(frame.child, self._town.staff[sort].any(random), lead, asked)
        if len(frame.active) > 1 and random.random() < OFFERED:
            self._offer(frame, lead, frame.active[1].worker, frame.last, stands=True)

    def wonder(self) -> None:
        """A child that somebody has asked about, and that has no case."""
        lead = self._town.staff["kindergarten"].any(self._random)
        begun, born = self._begun("kindergarten")
        asked = (self._calendar.today - 1 - int(self._random.random() * 15)) * DAY
        child: Child = self._homes.child(born, begun, asked, lead.person)
        self._asking.wait(child, lead, lead, asked)
        until = self._calendar.ends(asked // DAY + 21)
        self._homes.seat(child, lead.person, "asking", self._calendar.at(asked), until, "asking", NULL, lead.position)
