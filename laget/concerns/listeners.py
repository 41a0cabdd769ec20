"""A worry becomes a case only through the parents: it ends when they have said yes, and is open again when not."""

from __future__ import annotations

from django.utils import timezone

from laget.access.database import acting
from laget.audit.actions import record
from laget.concerns import ground
from laget.concerns.access import visible_worries
from laget.concerns.actions.ending import asked_parents, key_of
from laget.concerns.rules.steps import kept_after_end
from laget.consents.events import Asked, ConsentComplete, NothingShared
from laget.guide.national import current
from laget.kernel.actor import SYSTEM
from laget.kernel.events import listen


@listen(Asked)
def parents_are_asked(event: Asked) -> None:
    """The question grew out of a worry of the asker's own; refused when that is not safe. It may be gone by now."""
    if event.origin is not None and visible_worries(event.actor).filter(pk=event.origin).exists():
        asked_parents(event.actor, event.origin, event.request)


@listen(ConsentComplete)
def parents_have_said_yes(event: ConsentComplete) -> None:
    """The worry behind the question is passed on: its own clock begins.

    Whoever answers learns of no worry, also not from the record of own deeds: it names no person and no question.
    """
    today = timezone.localdate()
    if ground.passed_on(key_of(event.request), kept_after_end(current(today), today)):
        with acting(SYSTEM):
            record(SYSTEM, "concerns.passed_on", cause="consents.complete")


@listen(NothingShared)
def parents_have_not_said_yes(event: NothingShared) -> None:
    """The way on is open again. Recorded as above, so that the one who answered learns of no worry."""
    if ground.unshared(key_of(event.request), "silence" if event.silent else "no"):
        with acting(SYSTEM):
            record(SYSTEM, "concerns.not_passed_on", cause="consents.nothing_shared")
