"""Which step of a report of concern comes next, what it lacks, and when the reporter may tell the parents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from laget.concerns.rules.steps import Note
from laget.law.clocks import confirmation_by, feedback_by, last_answer_by

TRAFFICKING = "e"
"""The letter of BVL § 13-2 under which telling the parents may be as dangerous as with violence."""
ACUTE = "acute"
"""What was done at once, when there was danger: a part that most reports do not have."""
PHONE = re.compile(r"[+]?[0-9]+([- ][0-9]+)*")
EMAIL = re.compile(
    r"[A-Za-zæøåÆØÅ0-9_-]+(\.[A-Za-zæøåÆØÅ0-9_-]+)*@[A-Za-zæøåÆØÅ0-9-]+(\.[A-Za-zæøåÆØÅ0-9-]+)*\.[A-Za-z]{2,}"
)
MUNICIPALITY, DISTRICT = re.compile(r"[0-9]{4}"), re.compile(r"[0-9]{2}")
"""As the national message has them."""


class Step(StrEnum):
    """The parts of a report, in the order they are asked. Each is a page, and a part of the note."""

    GROUND = "ground"
    WORDS = "words"
    CHILD = "child"
    PARENTS = "parents"
    REPORTER = "reporter"


class Next(StrEnum):
    """The one thing to do now."""

    FILL_IN = "fill_in"
    MAKE = "make"
    SEND = "send"
    WAIT = "wait"
    DONE = "done"


def letters(note: Note) -> tuple[str, ...]:
    """The letters of BVL § 13-2 that the reporter has answered yes to."""
    return tuple(note.part(Step.GROUND).get("grounds", ()))


def may_tell_parents(note: Note) -> bool:
    """Whether the page offers that the reporter has told the parents.

    Never when it may be violence or abuse, or trafficking, or when that is not answered with no: child welfare and the
    police decide when. No statute asks that they are told.
    """
    return note.part(Step.GROUND).get("violence") == "no" and TRAFFICKING not in letters(note)


def has_ground(note: Note) -> bool:
    """A duty by the reporter's own answers, or the parents' own consent."""
    return bool(letters(note)) or bool(note.part(Step.GROUND).get("agreed"))


def unfilled(note: Note) -> tuple[Step, ...]:
    """The steps that the writer has not saved, in order; what is filled in beforehand is still to be looked at."""
    return tuple(step for step in Step if not note.version(step))


def wanting(note: Note) -> tuple[tuple[Step, str], ...]:
    """What a report cannot do without: (step, what). The parents and most of the child's details may be unknown."""
    found = (
        (Step.GROUND, "ground", has_ground(note)),
        (Step.WORDS, "seen", bool(note.part(Step.WORDS).get("seen"))),
        (Step.CHILD, "child", bool(note.part(Step.CHILD).get("name"))),
        (Step.REPORTER, "reporter", bool(note.part(Step.REPORTER).get("name"))),
    )
    return tuple((step, what) for step, what, is_there in found if not is_there)


def wanting_in_message(note: Note) -> tuple[str, ...]:
    """What the national message needs besides, by the names of the fields of the last step."""
    part = note.part(Step.REPORTER)
    shapes: Mapping[str, re.Pattern[str]] = {"phone": PHONE, "email": EMAIL, "number": MUNICIPALITY}
    shaped = [name for name, shape in shapes.items() if not shape.fullmatch(part.get(name, ""))]
    return (*shaped, *(name for name in ("role", "organisation", "address", "municipality") if not part.get(name)))


def next_step(note: Note, *, made: bool, sent: bool) -> Next:
    """`made`: the newest version is ready. `sent`: it has been delivered."""
    if not made:
        return Next.FILL_IN if wanting(note) or unfilled(note) else Next.MAKE
    if not sent:
        return Next.SEND
    return Next.WAIT if answer_by(note) else Next.DONE


def received(note: Note) -> date | None:
    """The day child welfare got the first version: the day that it was delivered."""
    return note.day("sent")


def answer_by(note: Note) -> date | None:
    """The day by which the next answer is due to the reporter; None when none is to be expected any more."""
    begun, answers = received(note), note.part("answers")
    if begun is None or answers.get("followed") or answers.get("opened") == "no":
        return None
    ended = note.day("answers", "ended")
    if ended is not None:
        return feedback_by(ended, public=True)
    return last_answer_by(begun) if answers.get("opened") == "yes" else confirmation_by(begun)


def changed(note: Note, version_of: Mapping[str, Any]) -> bool:
    """Whether something was written after a version was made of it."""
    return any(note.version(part) != int(version_of.get(part, {}).get("n", 0)) for part in (*Step, ACUTE))
