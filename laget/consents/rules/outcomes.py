"""Where a question stands: for those who asked it, and for each of the family."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from laget.consents.rules.answers import Standing, complete, deciding


class Outcome(StrEnum):
    """What has become of a question, for those who asked it; never who said what."""

    WAITING = "waiting"
    GIVEN = "given"
    REFUSED = "refused"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


def outcome(standing: Iterable[Standing], *, shared: bool, over: bool) -> Outcome:
    """Where a question stands. shared: it gives some sight now. over: its last day, or its day to answer, has passed.

    Disputed: one says yes and another no, so nothing is shared on this ground (BL81 § 30: they decide together).
    """
    everyone = deciding(standing)
    if shared:
        return Outcome.GIVEN
    if any(one.withdraws for one in everyone):
        return Outcome.WITHDRAWN
    if over:
        return Outcome.ENDED
    if not complete(everyone):
        return Outcome.WAITING
    return Outcome.DISPUTED if any(one.kinds for one in everyone) else Outcome.REFUSED


class Record(StrEnum):
    """Where a consent stands in the ledger of one of the family."""

    SHARED = "shared"
    WAITS = "waits"
    WAITS_FOR_OTHERS = "waits_for_others"
    NO = "no"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


def record_of(  # noqa: PLR0913 - what is known of one consent
    *, shared: bool, still: bool, party: bool, answered: bool, yes: bool, withdrawn: bool
) -> Record:
    """By one's own answer and the common result; never by what another has answered."""
    if shared:
        return Record.SHARED
    if withdrawn:
        return Record.WITHDRAWN
    if not still:
        return Record.ENDED
    if party and not answered:
        return Record.WAITS
    return Record.WAITS_FOR_OTHERS if yes or not party else Record.NO
