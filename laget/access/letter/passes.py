"""What the database knows of those who come in by letter: each question is narrow, and asked while nobody acts yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from laget.access.database import acting
from laget.access.sealing import seal, unseal

SOON, SOON_MOST = "15 minutes", 5
DAY, DAY_MOST = "24 hours", 20


class Waiting(Exception):
    """Too many tries with this name: nobody gets an answer for a while, whether there is such a name or not."""


@dataclass(frozen=True)
class Pass:
    """A way in that stands. `begun`: the letter is used, and the person has chosen a password and a second factor."""

    id: UUID
    person: UUID
    begun: bool
    letter: bytes
    salt: bytes
    password: bytes
    sealed: bytes

    @property
    def key(self) -> bytes:
        return unseal(self.sealed, about(self.id))


def about(pass_id: UUID) -> str:
    return f"letter:{pass_id}"


def _ask(question: str, *values: Any) -> Any:
    with acting(None), connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()


def count_try(mark: bytes) -> None:
    """One more try with this name, counted before anything is compared. Raises Waiting when there are too many."""
    soon, day = _ask("SELECT * FROM access_letter_try(%s, %s, %s)", mark, SOON, DAY)
    if soon > SOON_MOST or day > DAY_MOST:
        raise Waiting


def forget_tries(mark: bytes) -> None:
    """Whoever has come in has shown that the tries were theirs."""
    _ask("SELECT access_letter_right(%s)", mark)


def find(mark: bytes) -> Pass | None:
    """The way in with this name, if one stands."""
    row = _ask("SELECT * FROM access_letter_find(%s)", mark)
    if row is None:
        return None
    return Pass(row[0], row[1], row[2], *(bytes(one) for one in row[3:]))


def begin(found: Pass, letter: bytes, salt: bytes, password: bytes, key: bytes, step: int) -> bool:
    """Use up the letter: from now the password and the second factor count. False when it was used or is too old."""
    values = (found.id, letter, salt, password, seal(key, about(found.id)), step)
    return bool(_ask("SELECT access_letter_begin(%s, %s, %s, %s, %s, %s)", *values)[0])


def use(found: Pass, step: int) -> bool:
    """Spend this half minute's code. False when it, or a later one, has been spent before."""
    return bool(_ask("SELECT access_letter_use(%s, %s)", found.id, step)[0])
