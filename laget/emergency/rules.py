"""When an emergency may open a record, for how long, and by when it is reviewed.

Duties that go before secrecy: straffeloven § 196 (averting), helsepersonelloven §§ 7 and 31 (immediate help), nødrett
(straffeloven § 17). Control afterwards: pasientjournalloven §§ 16, 22 and 22 a, GDPR article 32.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from laget.guide.rules import Guide, deadline
from laget.kernel.text import N_

LASTS = timedelta(hours=4)
FRESH = timedelta(minutes=15)
"""How long ago somebody may have proved who they are, to open."""
ASKED_FOR = timedelta(minutes=30)
"""How long after asking what exists one may open it; the family knows of the asking from then."""
FIRST_HOLD = timedelta(hours=48)
"""How long the one who opens may keep it from the family, until others decide."""
LONGEST_HOLD = timedelta(days=90)
"""How long one decision lets the family wait."""
LATEST_TOLD = timedelta(days=180)
"""How long after an opening the family is told at the latest, however often it was decided that it waits."""
REVIEW = "emergency_review"
"""The guide's deadline."""
OFTEN = timedelta(days=30)


class Reason(StrEnum):
    """Why somebody must know at once."""

    LIFE = "life"
    VIOLENCE = "violence"
    MISSING = "missing"
    OTHER = "other"


REASONS: dict[Reason, str] = {
    Reason.LIFE: N_("Danger to life or health"),
    Reason.VIOLENCE: N_("Violence or abuse, now or soon"),
    Reason.MISSING: N_("The child is missing"),
    Reason.OTHER: N_("Something else that can't wait"),
}


class Outcome(StrEnum):
    """What a review found. The last word holds."""

    OK = "ok"
    NOT_OK = "not_ok"
    FOLLOW_UP = "follow_up"


class State(StrEnum):
    """Where an opening stands."""

    ASKED = "asked"
    OPEN = "open"
    WAITING = "waiting"
    LATE = "late"
    OK = "ok"
    NOT_OK = "not_ok"
    FOLLOW_UP = "follow_up"


def review_by(guide: Guide, opened: date) -> date:
    """The last day to review what was opened on this day."""
    return deadline(guide, REVIEW, opened)


def is_fresh(proved_at: datetime | None, now: datetime) -> bool:
    """Whether somebody proved who they are a short while ago; what is not known is not fresh."""
    return proved_at is not None and timedelta(0) - timedelta(minutes=1) <= now - proved_at <= FRESH


def state(opened: datetime | None, until: datetime | None, due: date, outcomes: Iterable[str], now: datetime) -> State:
    """Where an opening stands; `outcomes` in the order given. What was asked and never opened needs no review.

    now: by Norwegian clocks, so that a day is over at midnight there.
    """
    last = next(reversed(list(outcomes)), None)
    if last is not None:
        return State(str(last))
    if opened is None:
        return State.ASKED
    if now.date() > due:
        return State.LATE
    return State.OPEN if until is not None and now < until else State.WAITING
