"""Asks the database for what the one who acts may not see: each function is one narrow question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from laget.access.sealing import index


def _rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def without_a_say(child: UUID) -> frozenset[UUID]:
    """Parents who are kept away and whose consent the law does not ask for; ids only."""
    return frozenset(row[0] for row in _rows("SELECT protection_without_a_say(%s)", child))


def kept_away(child: UUID) -> frozenset[UUID]:
    """Those of the family who are kept away now, for workers in the child's case; empty for everybody else."""
    return frozenset(row[0] for row in _rows("SELECT protection_kept_away(%s)", child))


def register_says(child: UUID) -> dict[UUID, str]:
    """Levels that the register says are lower than what holds, by grading; for workers in the child's case."""
    return {row[0]: row[1] for row in _rows("SELECT grading, level FROM protection_register_says(%s)", child)}


def feed(person: UUID, level: str, rank: int, seen: datetime, fresh: timedelta) -> str:
    """For the worker: what one row of a feed did: "old", "same", "narrowed", or "lower" when people must decide."""
    told: str = _rows("SELECT protection_feed(%s, %s, %s, %s, %s)", person, level, rank, seen, fresh)[0][0]
    return told


def numbered(numbers: Iterable[str]) -> dict[str, UUID]:
    """For the worker: the persons here with these national numbers; others are left out."""
    asked = {number: index(number) for number in numbers}
    rows = _rows(
        "SELECT i, people_signing_in(i) FROM unnest(%s::bytea[]) i WHERE people_signing_in(i) IS NOT NULL",
        list(asked.values()),
    )
    found = {bytes(row[0]): row[1] for row in rows}
    return {number: found[mark] for number, mark in asked.items() if mark in found}


def mark_home(person: UUID, marks: Sequence[bytes]) -> bool:
    """For the worker: keep where somebody who works here lives, and nothing earlier; False for all others."""
    return bool(_rows("SELECT protection_mark_home(%s, %s::bytea[])", person, list(marks))[0][0])


def compare_home(child: UUID, marks: Sequence[bytes]) -> bool:
    """For the worker: hold an unprotected child's household against those marks; False when it was not."""
    return bool(_rows("SELECT protection_compare_home(%s, %s::bytea[])", child, list(marks))[0][0])


def forget_homes() -> None:
    """For the worker: what is too old to lean on, and marks of those who no longer work here."""
    _rows("SELECT protection_forget_homes()")


def around(person: UUID) -> list[tuple[UUID, UUID]]:
    """For the worker: (child, who takes part) of the children whom this person's protected address covers."""
    return [(row[0], row[1]) for row in _rows("SELECT child, person FROM protection_around(%s)", person)]


def places() -> list[tuple[UUID, str, bytes]]:
    """Child, sort and sealed value of all that tells where a protected child is."""
    rows = _rows("SELECT child, sort, sealed FROM protection_places()")
    return [(row[0], row[1], bytes(row[2])) for row in rows]


def places_in(proposal: UUID) -> list[tuple[str, bytes]]:
    """Sort and sealed value, of the child that a letter is about: for the leader who reads it, and nobody else."""
    return [(row[0], bytes(row[1])) for row in _rows("SELECT sort, sealed FROM protection_places_in(%s)", proposal)]


def released(content: UUID) -> frozenset[UUID]:
    """The children for whom two people have let exactly this content leave."""
    return frozenset(row[0] for row in _rows("SELECT protection_released(%s)", content))


def keep_held(  # noqa: PLR0913 - a held e-mail has these parts
    child: UUID, dispatch: UUID, recipient: UUID, capacity: str, content: UUID, sealed: bytes
) -> bool:
    """For the worker: an e-mail is held for this child. Whether it is the first that waits there."""
    asked = "SELECT protection_keep_held(%s, %s, %s, %s, %s, %s)"
    return bool(_rows(asked, child, dispatch, recipient, capacity, content, sealed)[0][0])


def send_released() -> list[tuple[UUID, UUID, UUID]]:
    """For the worker: (held, child, e-mail) of those that two people have let leave; they wait to be sent again."""
    return [(row[0], row[1], row[2]) for row in _rows("SELECT held, child, dispatch FROM protection_send_released()")]


def follow_released() -> list[tuple[UUID, UUID, bool, bool]]:
    """For the worker: (held, child, sent, read before) of released e-mails that have come to an end. Each once."""
    rows = _rows("SELECT held, child, sent, was_read FROM protection_follow_released()")
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def around_child(child: UUID) -> list[UUID]:
    """For the worker: those who take part in the child's case for a service."""
    return [row[0] for row in _rows("SELECT protection_around_child(%s)", child)]


def note_looks(since: datetime) -> int:
    """For the worker: note who has opened pages about protected children; answers how many had not been noted."""
    return int(_rows("SELECT protection_note_looks(%s)", since)[0][0])


def family(child: UUID) -> frozenset[UUID]:
    """Parents and guardians of a child in whose case the actor takes part; ids only."""
    return frozenset(row[0] for row in _rows("SELECT protection_family(%s)", child))


def confirmers(proposal: UUID) -> list[UUID]:
    """Who may answer what the actor has asked for: leaders who have nothing to do with the child in private."""
    return [row[0] for row in _rows("SELECT protection_confirmers(%s)", proposal)]


def shut_again(child: UUID, person: UUID) -> bool:
    """A protected child's page is no longer open to one who has lost parental responsibility; False when it was not."""
    return bool(_rows("SELECT protection_shut_again(%s, %s)", child, person)[0][0])
