"""A parent's right to be told about the child, also without parental responsibility: who is asked, what may be said."""

from __future__ import annotations

from enum import StrEnum

RIGHT = "BL81 § 47"
APPEAL = "FVL67 § 29"
APPEAL_WEEKS = 3
"""From when the answer reached the one who asked, also when a private body refuses (FVL67 § 29)."""

ASKED = frozenset({"BHL", "OPPL", "PRIV", "HOL", "SPHL", "PHVL", "TANN", "SOTJ"})
"""The acts of kindergarten, school, health and social services. The police are no service here. Child welfare, family
counselling and crisis centres do not stand in BL81 § 47, and must not let anybody know that they know a child."""

_HEALTH = frozenset({"HOL", "SPHL", "PHVL", "TANN"})
_FROM_12, _FROM_16 = 12, 16


class Answer(StrEnum):
    """What came of a request. A request that nobody may answer is answered with fixed words."""

    GIVEN = "given"
    PART = "part"
    REFUSED = "refused"
    UNSAID = "unsaid"


class Withheld(StrEnum):
    """Why something is not told. The one who asks is never told which of them it was."""

    CONFIDENTIAL = "confidential"
    HARM = "harm"
    OTHERS = "others"


class Care(StrEnum):
    """What to think of before answering."""

    YOUNG = "young"
    FROM_12 = "from_12"


def is_asked(act: str) -> bool:
    """Whether a service under this act is among those whom a parent may ask (BL81 § 47)."""
    return act in ASKED


def answers(act: str, *, closed: bool) -> tuple[Answer, ...]:
    """What may be answered by a service under `act`. `closed`: nothing may be told to this parent, whatever is asked.

    A service that is not asked by law says the same words to everybody, so that they tell nothing. Closed is refused in
    the words of any other refusal.
    """
    if not is_asked(act):
        return (Answer.UNSAID,)
    return (Answer.REFUSED,) if closed else (Answer.GIVEN, Answer.PART, Answer.REFUSED)


def care(act: str, years: int | None) -> Care | None:
    """What the child's age asks of a health service: PBRL § 3-4. Others ask the child, by its age and maturity."""
    if act not in _HEALTH or years is None or years < _FROM_12:
        return None
    return Care.YOUNG if years >= _FROM_16 else Care.FROM_12
