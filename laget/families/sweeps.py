"""What nobody confirmed in time falls, by the clock: letting somebody in is never left lying for a day that suits."""

from __future__ import annotations

from laget.access.database import acting
from laget.families.actions.claims import let_fall
from laget.kernel.actor import SYSTEM


def run() -> None:
    """One round."""
    with acting(SYSTEM):
        let_fall()
