"""How strongly an address is protected, and what a feed from the register may do: narrow, never widen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from laget.kernel.text import N_

UNGRADED = "ungraded"
LEVELS: Mapping[str, tuple[int, str]] = {
    UNGRADED: (0, N_("No protection")),
    "hidden": (1, N_("Hidden address, decided by a board (BVL § 7-2)")),
    "confidential": (2, N_("Confidential (FREG § 10-4)")),
    "strictly_confidential": (3, N_("Strictly confidential (FREG § 10-4)")),
    "strictly_confidential_abroad": (4, N_("Strictly confidential, abroad (FREG § 10-4)")),
}
"""Each level's rank, and what it is called."""
SOURCES: Mapping[str, str] = {
    "register": N_("The population register"),
    "police": N_("The police"),
    "child_welfare": N_("The child welfare service"),
    "told": N_("The family told us, and it is not confirmed yet"),
}


def rank(level: str) -> int:
    """How strong a level is. Raises KeyError for one that is none."""
    return LEVELS[level][0]


@dataclass(frozen=True)
class Fed:
    """One row of a feed: what the register says of one person's address, as of a moment. A level may be unknown.

    homes: where the person lives, one line each; compared, and never kept.
    """

    person: UUID
    level: str | None
    seen: datetime
    homes: tuple[str, ...] = ()


def usable(row: Fed, now: datetime) -> bool:
    """A row without a level we know, or from the future, says nothing: not even that the register was heard."""
    return row.level in LEVELS and row.seen <= now
