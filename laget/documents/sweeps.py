"""Files that the scanner did not answer for are asked about again, until it does: shut meanwhile."""

from __future__ import annotations

from laget.access.database import acting
from laget.access.sealing import Unsealable, unseal
from laget.audit.actions import record
from laget.documents import ground
from laget.documents.cleaning import Silent, harmful, has_scanner
from laget.documents.models import State, about
from laget.kernel.actor import SYSTEM


def run() -> None:
    """Called by the worker again and again; stops at the first that the scanner is silent about."""
    if not has_scanner():
        return
    with acting(SYSTEM):
        for file, child, sealed in ground.waiting():
            try:
                found = harmful(unseal(sealed, about(file)))
            except (Silent, Unsealable):
                return
            state = State.HARMFUL if found else State.SCANNED
            ground.scanned(file, state)
            record(SYSTEM, "documents.scanned", child=child, object_id=file, details={"state": state.value})
