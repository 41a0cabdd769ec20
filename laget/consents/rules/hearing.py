"""What must be said of how the child was heard, before anybody else is asked."""

from __future__ import annotations

from dataclasses import dataclass

from laget.guide.rules import Guide
from laget.kernel.text import N_

HOW_HEARD = N_("Say how the child was heard. From the age of 7 a child is always heard first.")
WHY_NOT_HEARD = N_("Say why the child could not be heard.")
WHAT_CHILD_THINKS = N_("Say what the child thinks. Not to answer is an answer too.")
AGAINST_FROM_12 = N_(
    "The child does not want this, and from the age of 12 its view weighs heavily. Say why you ask all the same."
)


@dataclass(frozen=True)
class Hearing:
    """How the child was heard before anybody else is asked, what it thinks, and its words or the reason why not."""

    heard: str = ""
    view: str = ""
    words: str = ""


UNHEARD = Hearing()


def hearing_faults(hearing: Hearing, years: int | None, guide: Guide) -> tuple[tuple[str, str], ...]:
    """What is missing of how a child of this age was heard: field and reason; None: it is not born, or asked itself.

    By the guide's ages, no later than the law's: always heard from 7, great weight from 12 (BL81 § 31, PBRL § 4-4). A
    younger child is heard as soon as it can form a view.
    """
    ages = sorted(guide.consent.heard_ages)
    if years is None or years < ages[0]:
        return ()
    if not hearing.heard or hearing.heard == "not_yet_able":
        return (("heard", HOW_HEARD),)
    if hearing.heard == "not_heard":
        return () if hearing.words.strip() else (("view_words", WHY_NOT_HEARD),)
    if not hearing.view:
        return (("view", WHAT_CHILD_THINKS),)
    heavy = hearing.view == "against" and years >= ages[1]
    return (("view_words", AGAINST_FROM_12),) if heavy and not hearing.words.strip() else ()
