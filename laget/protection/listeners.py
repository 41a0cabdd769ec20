"""What was opened for a parent leans on parental responsibility, and closes with it."""

from __future__ import annotations

from laget.audit.actions import record
from laget.families.events import ResponsibilityChanged
from laget.kernel.events import listen
from laget.protection import ground


@listen(ResponsibilityChanged)
def responsibility_has_changed(event: ResponsibilityChanged) -> None:
    """A protected child's page that two people opened for this parent is shut; to open it anew takes two again."""
    if not event.held and ground.shut_again(event.child, event.person):
        record(
            event.actor, "protection.shut_again", child=event.child, object_id=event.person,
            cause="families.responsibility_registered",
        )  # fmt: skip
