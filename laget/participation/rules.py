"""What must hold before somebody gets a way in without an electronic id: pure, by the table of who must consent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from laget.kernel.text import N_
from laget.law.ages import HEALTH_YEARS, MAJORITY_YEARS, age
from laget.law.consent import CHILD, Parent, Question, column_of, who_must_consent
from laget.law.withholding import OWN_WORDS_AGE, USUAL

LETTER_LASTS = timedelta(days=14)
"""As long as a letter may be under way and lie unopened; then it opens nothing."""
WORDS = 2_000

CHECKS = {
    "passport": N_("Passport"),
    "national_id": N_("National identity card"),
    "residence": N_("Residence card"),
    "with_parent": N_("Came with a parent who showed identification"),
    "known": N_("I have known this person for a long time"),
}
"""How a worker made sure, face to face, who somebody is."""
NEEDS_WORDS = frozenset({"known", "with_parent"})
EID = "eid"
HANDED = {
    "hand": N_("I hand it over now"),
    "post": N_("It is sent by post to the registered address"),
    EID: N_("No letter: signs in with BankID or another electronic ID"),
}
"""How the letter gets there, or that a young person with an electronic id needs none to have the page opened."""


def ways(*, itself: bool, asking: bool) -> tuple[str, ...]:
    """What may be chosen of HANDED. itself: for the child; asking: by one who has only asked, and makes no letter."""
    if asking:
        return (EID,)
    return tuple(code for code in HANDED if itself or code != EID)


NOT_AGREED = N_("Everybody who must agree has to say yes first.")
NOT_HERE = N_("A service like yours can't set this up. Ask the one who holds the baton.")
UNPROVEN = N_("It must be proven first who has parental responsibility.")
NO_WORDS = N_("Write a few words about it.")
NO_MATURITY = N_("Write how you know that the child wants this and can use it safely.")


HOLDERS = UUID(int=0)
"""Stands for those who have parental responsibility, to one who may not know who, or how many, they are."""


@dataclass(frozen=True)
class Agreeing:
    """Who must say yes before a child gets a page of its own, and why nobody can, if so (a msgid)."""

    people: frozenset[UUID]
    fault: str = ""


def must_agree(child: UUID, born: date | None, on: date, act: str, parents: Collection[tuple[UUID, bool]]) -> Agreeing:
    """By the table of who must consent (law.consent), asked for the worker's own service; the child itself always.

    parents: person, and whether parental responsibility is proven.
    """
    try:
        column_of(act)
    except ValueError:
        return Agreeing(frozenset(), NOT_HERE)
    asked = tuple(Parent(str(person), proven) for person, proven in parents)
    found = who_must_consent(Question(on=on, born=born or on, service=act, parents=asked))
    if found.blocked:
        return Agreeing(frozenset(), NOT_HERE)
    if found.needs_proof:
        return Agreeing(frozenset(), UNPROVEN)
    known = {str(person): person for person, _proven in parents} | {CHILD: child}
    return Agreeing(frozenset({child, *(known[one] for one in found.must_consent if one in known)}))


def fault_of_check(check: str, words: str) -> str:
    """Why the identity is not checked well enough, or nothing."""
    return NO_WORDS if check in NEEDS_WORDS and not words.strip() else ""


SHARED, CLOSED, ENDED = "health_shared", "health_closed", "health_ended"
MUST_KNOW = {
    "health_care": N_("Must know it to take care of the young person"),
    "health_unable": N_("The young person can't decide about this itself"),
}
"""Why a parent knows the health of one of 16 or 17 without its yes, as is decided for it (PBRL §§ 3-4, 4-3)."""
MUST_KNOW_LASTS = USUAL
"""Then it ends, unless somebody has looked at it again."""
MUST_KNOW_TOLD = (7, 30)
"""Days before it ends at which whoever can look at it again is told, the last time first."""
MUST_KNOW_LAPSED = timedelta(days=90)
"""How long afterwards it is made up for that nobody was told that it ended."""
HEALTH_ACTS = frozenset({"HOL", "SPHL", "PHVL", "TANN"})
"""Under these acts somebody may decide that a parent must know."""


def told_before(ends: date, today: date) -> int | None:
    """At how many days before its end this is the time to tell; None when it is too early, or it has ended."""
    days = (ends - today).days
    return next((before for before in MUST_KNOW_TOLD if 0 <= days <= before), None)


def who_looks(decider: UUID | None, carers: Collection[UUID]) -> tuple[UUID, ...]:
    """Who is asked to look at it again: the one who decided, while still allowed to; else all who are now."""
    return (decider,) if decider is not None and decider in carers else tuple(carers)


def decides_over_health(born: date | None, on: date) -> bool:
    """Whether the young person itself says who at home knows about its health, and the parents no longer know all."""
    return born is not None and HEALTH_YEARS <= age(born, on) < MAJORITY_YEARS


@dataclass(frozen=True)
class Here:
    """What changes in this system at an age, said to the young person and of it to the grown-ups (msgids)."""

    young: str = ""
    others: str = ""
    closes: str = ""
    closes_young: str = ""


HERE: dict[int, tuple[Here, ...]] = {
    OWN_WORDS_AGE: (
        Here(
            N_("Here you decide alone who reads what you write yourself."),
            N_("Here the child decides alone who reads what it writes itself."),
        ),
    ),
    HEALTH_YEARS: (
        Here(
            N_("Here you say who at home may read what is written about your health."),
            N_("Here the young person says who at home may read what is written about its health."),
            N_(
                "Here parents no longer read what is written about the health, also from before, "
                "unless the young person says yes."
            ),
            N_("Here those at home no longer read about your health, also from before, unless you say yes."),
        ),
    ),
    MAJORITY_YEARS: (
        Here(
            N_("Here you go on as before. What you say yes to is yours alone."),
            N_("Here the young person goes on alone, and is asked anew for each consent."),
            N_("The parents no longer get in here about this young person from that day. Nobody needs to do anything."),
            N_("Those at home no longer get in here from that day. You need to do nothing."),
        ),
    ),
}
"""By the ages that the locks themselves go by."""
