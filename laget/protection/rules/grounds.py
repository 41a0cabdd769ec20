"""The grounds on which a parent is kept away from a child's record, each with its statute and its own conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from laget.kernel.text import N_
from laget.law.ages import age

LONGEST_REVIEW = timedelta(days=366)
"""A decision is looked at again within a year. It holds until two people end it, whether or not anybody looked."""
ASKED_FROM, ASKED_UNTIL = 12, 16
"""Years: pasient- og brukerrettighetsloven § 3-4 second paragraph counts the child's own wish between these."""


class Say(StrEnum):
    """Who consents for the child while the parent is kept away."""

    OTHER_ALONE = "other_alone"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Ground:
    """One ground. `statute`: as a letter cites it. `say` is set when the ground itself says who consents."""

    label: str
    statute: str
    say: Say | None = None


CONTACT_BAN = "straffeloven § 57, straffeprosessloven § 222 a"
PATIENTS = "pasient- og brukerrettighetsloven § 3-4"

GROUNDS: Mapping[str, Ground] = {
    "childs_wish": Ground(N_("The child is 12 to 15 and has good reasons to say no"), f"{PATIENTS} andre ledd"),
    "weighty": Ground(N_("Weighty regard for the child"), f"{PATIENTS} tredje ledd"),
    "child_welfare": Ground(N_("Child welfare keeps information from a parent"), "barnevernsloven §§ 12-2 og 12-6"),
    "hidden_address": Ground(N_("A board has decided that the address is hidden"), "barnevernsloven § 7-2 tredje ledd"),
    "harm": Ground(N_("Information to this parent may harm the child"), "barnelova § 47"),
    "graded": Ground(N_("The address is graded"), "folkeregisterloven § 10-4"),
    "no_contact": Ground(N_("The parent is forbidden to have contact"), CONTACT_BAN),
    "lost": Ground(N_("The parent has lost parental responsibility"), "barnelova §§ 30 og 34", Say.OTHER_ALONE),
}

UNKNOWN = N_("Choose a ground.")
WRONG_AGE = N_("This ground counts from the day the child turns 12 until it turns 16. Choose another ground.")
REVIEW_PASSED = N_("The day must come after today.")
REVIEW_LATE = N_("Choose a day within a year. The decision holds after it too, until two people end it.")


def ground_fault(code: str, born: date | None, on: date) -> str | None:
    """Why this ground cannot be used for a child with this birth date, or None."""
    if code not in GROUNDS:
        return UNKNOWN
    if code != "childs_wish":
        return None
    years = age(born, on) if born is not None and born <= on else -1
    return None if ASKED_FROM <= years < ASKED_UNTIL else WRONG_AGE


def review_fault(day: date, on: date) -> str | None:
    """Why a decision cannot be looked at again on this day, or None."""
    if day <= on:
        return REVIEW_PASSED
    return REVIEW_LATE if day > on + LONGEST_REVIEW else None


def who_consents(code: str, chosen: str) -> Say:
    """Who consents for the child: as the ground says, else as a court or a legal decision has settled it.

    When nobody else may decide alone, both must consent (BL81 § 30), and one of them may not be asked: nothing is
    shared by consent, only on other grounds.
    """
    fixed = GROUNDS[code].say
    return fixed if fixed is not None else Say(chosen)
