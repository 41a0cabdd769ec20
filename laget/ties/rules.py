"""Which ties disqualify somebody from working with a case, and which a leader decides about.

Source: forvaltningsloven (1967) § 6, which holds for all who prepare or decide (§ 10). Parties are the child and the
parents. First section, a to e: disqualified without more ado. Second section: when a leader finds that the tie can
weaken trust in the worker's impartiality. § 8: the nearest superior decides when it is put forward. Of a tie by law a
leader decides only whether it is there, and never against the register.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from laget.kernel.text import N_

REGISTER, DECLARED, RAISED = "register", "declared", "raised"
"""How a tie became known."""


DECIDED_WITHIN = 2
"""Working days in which a leader decides when the one kept away says that it is wrong."""


class Relation(StrEnum):
    """What a worker is to the child or to one of the parents."""

    SELF = "self"
    LINE = "line"
    SIBLING = "sibling"
    IN_LAW = "in_law"
    MARRIED = "married"
    FOSTER = "foster"
    GUARDIAN = "guardian"
    LEADS_PARTY = "leads_party"
    HOUSEHOLD = "household"
    KIN = "kin"
    CLOSE = "close"
    EARLIER = "earlier"
    SUPERIOR = "superior"
    OTHER = "other"


BY_LAW: frozenset[Relation] = frozenset(
    {
        Relation.SELF,
        Relation.LINE,
        Relation.SIBLING,
        Relation.IN_LAW,
        Relation.MARRIED,
        Relation.FOSTER,
        Relation.GUARDIAN,
        Relation.LEADS_PARTY,
    }
)

KNOWN_TO_A_CHILD = (
    Relation.LINE,
    Relation.SIBLING,
    Relation.KIN,
    Relation.HOUSEHOLD,
    Relation.FOSTER,
    Relation.CLOSE,
    Relation.OTHER,
)
"""What a child chooses among when it says that somebody is too close: the law's other ties are not its to know."""

LABELS: dict[Relation, str] = {
    Relation.SELF: N_("It is about me"),
    Relation.LINE: N_("Parent, child, grandparent or grandchild"),
    Relation.SIBLING: N_("Sister or brother of the child, mother or father: also the child's aunt or uncle"),
    Relation.IN_LAW: N_("In-law: parent, child or sibling of a spouse, or the spouse of one"),
    Relation.MARRIED: N_("Is or was married to, or engaged to"),
    Relation.FOSTER: N_("Foster parent or foster child"),
    Relation.GUARDIAN: N_("Guardian or representative, now or since the case began"),
    Relation.LEADS_PARTY: N_("Leads, or sits on the board of, an organisation that is a party"),
    Relation.HOUSEHOLD: N_("Lives together with, or is a step-parent or stepchild"),
    Relation.KIN: N_("Cousin, or other kin further out"),
    Relation.CLOSE: N_("Friend, neighbour or somebody else who is close, or not on speaking terms"),
    Relation.EARLIER: N_("Has worked with the family in another role"),
    Relation.SUPERIOR: N_("My leader has a tie to the family"),
    Relation.OTHER: N_("Something else that can make others doubt"),
}


SAID_OF_ANOTHER: dict[Relation, str] = {
    Relation.SELF: N_("It is about the person"),
    Relation.SUPERIOR: N_("The person's leader has a tie to the family"),
}
"""What is called otherwise when somebody else tells of it."""


class Outcome(StrEnum):
    """What a leader decides. The last word holds."""

    UNABLE = "unable"
    ABLE = "able"


class State(StrEnum):
    """Where a tie stands."""

    WAITING = "waiting"
    OUT = "out"
    ABLE = "able"


def by_law(relation: str) -> bool:
    """Whether the tie disqualifies without anybody's decision (§ 6 first section)."""
    return relation in BY_LAW


def state(relation: str, found: str, outcomes: Iterable[str]) -> State:
    """Where a tie stands, `outcomes` in the order decided. What somebody else says waits for a leader."""
    last = next(reversed(list(outcomes)), None)
    if last is None:
        return State.OUT if by_law(relation) and found != RAISED else State.WAITING
    return State.ABLE if last == Outcome.ABLE else State.OUT
