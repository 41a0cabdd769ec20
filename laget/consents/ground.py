"""Asks the database for what the one who acts may not see: each function is one narrow question or consequence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from laget.consents.rules import InForce, Standing


def _rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def wait(child: UUID) -> None:
    """Wait until nobody else moves what this child's consents give; held to the end of the transaction."""
    _rows("SELECT consents_wait(%s)", child)


def standing(request: UUID) -> tuple[Standing, ...]:
    """The latest answer of each who must consent. For the rule that makes the cover; pages show only the result."""
    return tuple(
        Standing(person, role, answered, frozenset(kinds), reach or "plan", until or date.max, *rest)
        for person, role, answered, kinds, reach, until, *rest in _rows(
            "SELECT person, role, answered, kinds, reach, until, joins, one_of, withdraws FROM consents_standing(%s)",
            request,
        )
    )


def excluded(request: UUID) -> list[str]:
    """What the family does not want shared, in their words; for the one who asked, and never whose words they are."""
    return [row[0] for row in _rows("SELECT consents_excluded(%s)", request)]


def signed(request: UUID, person: UUID) -> bool:
    """Whether this person has answered the request by signing in. Never what the answer was."""
    return bool(_rows("SELECT consents_signed(%s, %s)", request, person)[0][0])


def decides_no_more(request: UUID, person: UUID) -> bool:
    """Whether this person was asked, and decides no more: responsibility is lost, or the care has changed hands."""
    return bool(_rows("SELECT consents_decides_no_more(%s, %s)", request, person)[0][0])


def answers_itself(request: UUID, person: UUID) -> bool:
    """Whether this person is asked as child welfare, and answers in no other way than by signing in."""
    return bool(_rows("SELECT consents_answers_itself(%s, %s)", request, person)[0][0])


def end_covers(request: UUID, kinds: Iterable[str]) -> None:
    """What a question gives no more, for the one who answers it for child welfare; nothing for anybody else."""
    _rows("SELECT consents_end_covers(%s, %s)", request, sorted(kinds))


def carer() -> UUID:
    """A new person for one whom a child lives with: without a name, since the question keeps it."""
    made: UUID = _rows("SELECT consents_carer()")[0][0]
    return made


@dataclass(frozen=True)
class Moved:
    """What became of a question when the care changed hands. `lost`: kinds the service knows no more."""

    request: UUID
    service: UUID
    asked_by: UUID
    renewal: UUID | None
    ended: bool
    lost: frozenset[str]


def care_changes(child: UUID, gone: tuple[str, ...], day: date | None) -> list[Moved]:
    """Those in these roles count no more; what they gave lasts to a day, or ends now."""
    question = "SELECT request, service, asked_by, renewal, ended, lost FROM consents_care_changes(%s, %s, %s)"
    rows = _rows(question, child, list(gone), day)
    return [
        Moved(request, service, asked_by, renewal, ended, frozenset(lost))
        for request, service, asked_by, renewal, ended, lost in rows
    ]


@dataclass(frozen=True)
class Fallen:
    """Nobody held what child welfare says of a question. `party`: who answers from now, or None when nobody can."""

    request: UUID
    child: UUID
    asked_by: UUID
    was: UUID
    party: UUID | None
    person: UUID | None
    renewal: UUID | None


def unheld(by_then: datetime) -> list[Fallen]:
    """For the worker: who answered for child welfare has left, and it has fallen to another, or to nobody."""
    rows = _rows("SELECT request, child, asked_by, was, party, person, renewal FROM consents_unheld(%s)", by_then)
    return [Fallen(*row) for row in rows]


def hand_on(party: UUID, position: UUID, by_then: datetime) -> tuple[UUID, UUID, UUID | None]:
    """A colleague answers for child welfare from now: the new party, who it is, and a new task to ask again."""
    rows = _rows("SELECT party, person, renewal FROM consents_hand_on(%s, %s, %s)", party, position, by_then)
    new, person, renewal = rows[0]
    return new, person, renewal


def answered_since(paper: UUID) -> bool:
    """Whether the one who signed this paper has answered in any way after signing, or after it was registered."""
    return bool(_rows("SELECT consents_answered_since(%s)", paper)[0][0])


def answered_after(request: UUID, person: UUID, day: date) -> bool:
    """Whether this person has answered in any way on a later day."""
    return bool(_rows("SELECT consents_answered_after(%s, %s, %s)", request, person, day)[0][0])


def impartial(child: UUID, people: list[UUID]) -> set[UUID]:
    """Those of these workers who have nothing to do with the child in private and are not kept away from it."""
    return {row[0] for row in _rows("SELECT consents_impartial(%s, %s::uuid[])", child, people)}


def seen(paper: UUID) -> None:
    """The paper is decided: the place that was given to see it ends."""
    _rows("SELECT consents_seen(%s)", paper)


def seated(request: UUID) -> bool:
    """Whether the position that asked has a place for its service around the child."""
    return bool(_rows("SELECT consents_seated(%s)", request)[0][0])


def asked_for(request: UUID) -> None:
    """Everybody has answered a first question: the place for asking it ends."""
    _rows("SELECT consents_asked_for(%s)", request)


def in_force(request: UUID) -> tuple[InForce, ...]:
    """What the request's service may know now, by this request or another consent."""
    rows = _rows("SELECT kind, until, log_from, plan_from, mine FROM consents_in_force(%s)", request)
    return tuple(InForce(*row) for row in rows)


@dataclass(frozen=True)
class Expired:
    """A consent whose last day is over, and what the service lost by it."""

    request: UUID
    child: UUID
    service: UUID
    asked_by: UUID
    kinds: frozenset[str]


def remind(asked_before: datetime) -> list[tuple[UUID, UUID, UUID]]:
    """For the worker: (request, child, person to remind), each once."""
    rows = _rows("SELECT request, child, person FROM consents_remind(%s)", asked_before)
    return [(request, child, person) for request, child, person in rows]


def lapse() -> list[tuple[UUID, UUID, UUID]]:
    """For the worker: (request, child, the one who asked) of requests that ended now without a full answer."""
    rows = _rows("SELECT request, child, asked_by FROM consents_lapse()")
    return [(request, child, asked_by) for request, child, asked_by in rows]


def ask_again(child: UUID, cause: str) -> list[tuple[UUID, UUID]]:
    """Every consent that gives sight of this child now is to be asked for again: (renewal, request) of the new ones."""
    rows = _rows("SELECT renewal, request FROM consents_ask_again(%s, %s)", child, cause)
    return [(renewal, request) for renewal, request in rows]


@dataclass(frozen=True)
class Ending:
    """A consent whose last day is near. `born` is None while the child is expected."""

    request: UUID
    child: UUID
    asked_by: UUID
    until: date
    born: date | None


def ending(today: date, by_day: date) -> list[Ending]:
    """For the worker: consents that end by a day, and that nobody has been told of."""
    rows = _rows("SELECT request, child, asked_by, until, born FROM consents_ending(%s, %s)", today, by_day)
    return [Ending(*row) for row in rows]


def ask_again_in_time(request: UUID, cause: str) -> UUID | None:
    """For the worker: this consent is to be asked for again; None when it is so already."""
    rows = _rows("SELECT renewal FROM consents_ask_again_in_time(%s, %s)", request, cause)
    return rows[0][0] if rows else None


@dataclass(frozen=True)
class Renewed:
    """A consent that has become a task, and whose it was to ask."""

    renewal: UUID
    request: UUID
    child: UUID
    asked_by: UUID


def ask_before_moving(born: int, asked_from: datetime, by_day: date) -> list[Renewed]:
    """For the worker: what stands around children of a year is to be asked for anew before a day."""
    sql = "SELECT renewal, request, child, asked_by FROM consents_ask_before_moving(%s, %s, %s)"
    return [Renewed(*row) for row in _rows(sql, born, asked_from, by_day)]


def expire(today: date) -> list[Expired]:
    """For the worker: consents that ended now."""
    rows = _rows("SELECT request, child, service, asked_by, kinds FROM consents_expire(%s)", today)
    return [Expired(request, child, service, asked, frozenset(kinds)) for request, child, service, asked, kinds in rows]


@dataclass(frozen=True)
class Open:
    """A question that is open. `act` and `receiver`: acts of the service that asked and of the one asked for."""

    request: UUID
    service: UUID
    asked_by: UUID
    until: date
    born: date | None
    act: str
    receiver: str
    asked: frozenset[UUID]


def open_questions(child: UUID) -> list[Open]:
    """All that is asked or agreed about a child in whose case the worker takes part: ids and acts, never an answer."""
    return _opened(_rows(f"{_OPEN} FROM consents_open(%s)", child))


_NAMES = ("request", "service", "asked_by", "until", "born", "act", "receiver", "asked")
_OPEN = f"SELECT {', '.join(_NAMES)}"


def _opened(rows: list[tuple[Any, ...]]) -> list[Open]:
    """Rows as `_OPEN` names them."""
    return [Open(**{**dict(zip(_NAMES, row, strict=True)), "asked": frozenset(row[-1])}) for row in rows]


def ask_too(request: UUID, person: UUID, *, one_of: bool, answer_by: datetime) -> None:
    """One more must consent, who has got parental responsibility. What is shared lasts no longer than to the answer."""
    _rows("SELECT consents_ask_too(%s, %s, %s, %s)", request, person, one_of, answer_by)


def count_no_more(child: UUID, person: UUID) -> list[Open]:
    """The answers of one who has no parental responsibility any more count no more: the open questions it was asked."""
    return _opened(_rows(f"{_OPEN} FROM consents_count_no_more(%s, %s)", child, person))


def end(request: UUID) -> frozenset[str]:
    """End a question of which somebody who was asked counts no more; answers what the service lost by it."""
    return frozenset(row[0] for row in _rows("SELECT consents_end(%s)", request))


def ask_holders_again(request: UUID, due: date) -> UUID | None:
    """A task to ask again, since others have parental responsibility now; None when it is one already."""
    rows = _rows("SELECT renewal FROM consents_ask_holders_again(%s, %s)", request, due)
    return rows[0][0] if rows else None


def needless(request: UUID) -> None:
    """All who must have answered yes: that others have parental responsibility is no task any more."""
    _rows("SELECT consents_needless(%s)", request)


@dataclass(frozen=True)
class HiddenDue:
    """A decision to hide something from a family, whose day has come or comes soon."""

    hiding: UUID
    disclosure: UUID
    child: UUID
    review_on: date
    by_itself: bool


def hidden_due(by_day: date, today: date) -> list[HiddenDue]:
    """For the worker."""
    rows = _rows(
        "SELECT hiding, disclosure, child, review_on, by_itself FROM consents_hidden_due(%s, %s)", by_day, today
    )
    return [HiddenDue(*row) for row in rows]


def hidden_reminded(hiding: UUID, today: date) -> None:
    """For the worker: who keeps it was told, on this day."""
    _rows("SELECT consents_hidden_reminded(%s, %s)", hiding, today)


def keepers(disclosure: UUID) -> tuple[list[UUID], list[UUID]]:
    """For the worker: who reads it and decides; else, when there is nobody, who leads where it was shared."""
    rows = _rows("SELECT person, reads FROM consents_keepers(%s)", disclosure)
    return [row[0] for row in rows if row[1]], [row[0] for row in rows if not row[1]]


def show_by_itself(hiding: UUID, today: date) -> bool:
    """For the worker: the family reads it from now. False when somebody has decided meanwhile."""
    return bool(_rows("SELECT consents_show_by_itself(%s, %s)", hiding, today)[0][0])
