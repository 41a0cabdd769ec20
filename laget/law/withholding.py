"""The grounds on which a text may be kept from a parent who else may read it, each with where it stands in the law."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from laget.kernel.text import N_


class Ground(StrEnum):
    """Why a parent may not read a text. How services like to work is no ground."""

    CHILD_ASKS = "child_asks"
    CHILDS_INTEREST = "childs_interest"
    DANGER = "danger"
    CLOSE_RELATION = "close_relation"
    ANOTHER_PERSON = "another_person"


LABELS: dict[Ground, str] = {
    Ground.CHILD_ASKS: N_("The child is 12 or more, and has good reasons for not wanting the parents to know"),
    Ground.CHILDS_INTEREST: N_("Weighty regard for the child speaks against that the parents are told"),
    Ground.DANGER: N_("It could put the child or somebody else in danger, or hinder an investigation by child welfare"),
    Ground.CLOSE_RELATION: N_(
        "It would harm the one who reads it, or that person's relation to somebody close, to be told"
    ),
    Ground.ANOTHER_PERSON: N_("It is about the health or the private life of another person"),
}

SECTIONS: dict[Ground, tuple[str, ...]] = {
    Ground.CHILD_ASKS: ("PBRL § 3-4",),
    Ground.CHILDS_INTEREST: ("PBRL § 3-4",),
    Ground.DANGER: ("BVL § 12-6",),
    Ground.CLOSE_RELATION: ("FVL67 § 19",),
    Ground.ANOTHER_PERSON: ("FVL67 § 19", "FVL67 § 13"),
}
"""PBRL § 3-4 second and third paragraph; BVL § 12-6; FVL67 § 19 first paragraph d and second paragraph."""

FROM_THE_CHILD: tuple[Ground, ...] = (Ground.ANOTHER_PERSON, Ground.CLOSE_RELATION, Ground.DANGER)
"""Grounds on which something may be kept from the child itself: never because it is unpleasant to read."""

LONGEST = timedelta(days=365)
"""A decision is looked at again within a year. It does not lapse: ending it is a decision too."""
USUAL = timedelta(days=180)
NOTICE = timedelta(days=14)
"""How long before its day somebody is reminded: time to talk with those whom it is about."""


def wrong_review(on: date, today: date) -> str | None:
    """Why a decision can't be looked at again on this day, or None."""
    if on <= today:
        return N_("Choose a day that is still to come.")
    if on - today > LONGEST:
        return N_("Choose a day within a year.")
    return None


OWN_WORDS_AGE = 12
"""From this age a child alone decides who reads what it wrote itself (BL81 § 31, PBRL § 3-4: great weight)."""


def decides_over_own_words(age: int) -> bool:
    """Whether the child alone decides. A younger one shares what it wrote with a grown-up of its choice, who helps."""
    return age >= OWN_WORDS_AGE
