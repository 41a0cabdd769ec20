"""Files that the scanner did not answer for are asked about again, until it does: shut meanwhile."""

from __future__ import annotations

import logging

from laget.access.database import acting
from laget.access.sealing import Unsealable, unseal
from laget.audit.actions import record
from laget.documents import ground
from laget.documents.cleaning import Away, Silent, harmful, has_scanner
from laget.documents.models import State, about
from laget.kernel.actor import SYSTEM

logger = logging.getLogger(__name__)


def run() -> None:
    """Called by the worker again and again; stops when the scanner is away, and passes what it has no answer for."""
    if not has_scanner():
        return
    with acting(SYSTEM):
        for file, child, sealed in ground.waiting():
            try:
                found = harmful(unseal(sealed, about(file)))
            except Away:
                return
            except (Silent, Unsealable):
                logger.warning("the scanner has no answer for file %s", file)
                continue
            state = State.HARMFUL if found else State.SCANNED
            ground.scanned(file, state)
            record(SYSTEM, "documents.scanned", child=child, object_id=file, details={"state": state.value})
