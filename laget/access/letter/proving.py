"""Proves who comes in by letter: the same work is done, and the same is answered, whether there is anybody or not."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hmac import compare_digest
from uuid import UUID

from laget.access.letter import codes, passes
from laget.access.letter.passes import Pass
from laget.access.sealing import seal
from laget.kernel.actor import LETTER

PROVIDER = LETTER
SALT_LENGTH = 16


@dataclass(frozen=True)
class Opened:
    """A letter that is right and not yet used: kept in the session, sealed, until the person has chosen the rest."""

    name: str
    letter: str


def _nobody() -> Pass:
    """Stands in where there is no such name; nothing that is typed is right for it."""
    some = secrets.token_bytes(32)
    blank = UUID(int=0)
    return Pass(blank, blank, False, some, some, some, seal(secrets.token_bytes(codes.KEY_LENGTH), passes.about(blank)))


def person_of(name: str, password: str, code: str, now: int) -> UUID | None:
    """Who it is, when all three are right and the code has not been used. Raises passes.Waiting."""
    mark = codes.name_mark(name)
    passes.count_try(mark)
    found = passes.find(mark) or _nobody()
    known = found if found.begun else _nobody()
    right = compare_digest(codes.stretched(password[: codes.PASSWORD_MOST], known.salt), known.password)
    step = codes.matching_step(known.key, code, now)
    if not known.begun or not right or step is None or not passes.use(known, step):
        return None
    passes.forget_tries(mark)
    return known.person


def opens(name: str, letter: str) -> bool:
    """Whether this letter belongs to this name and waits to be used. Raises passes.Waiting."""
    mark = codes.name_mark(name)
    passes.count_try(mark)
    found = passes.find(mark) or _nobody()
    return compare_digest(found.letter, codes.letter_mark(letter)) and not found.begun


def begin(opened: Opened, password: str, key: bytes, code: str, now: int) -> UUID | None:
    """The letter is used up and the person is in; None when the code is wrong. Raises passes.Waiting."""
    step = codes.matching_step(key, code, now)
    if step is None:
        return None
    mark = codes.name_mark(opened.name)
    passes.count_try(mark)
    found = passes.find(mark)
    salt = secrets.token_bytes(SALT_LENGTH)
    kept = codes.stretched(password, salt)
    if found is None or not passes.begin(found, codes.letter_mark(opened.letter), salt, kept, key, step):
        return None
    passes.forget_tries(mark)
    return found.person
