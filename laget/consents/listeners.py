"""Whoever gets parental responsibility is asked, and whoever loses it decides no more, in the same transaction."""

from __future__ import annotations

from laget.consents.actions.care import care_changed
from laget.consents.actions.holders import ask_too, count_no_more
from laget.families.events import CareChanged, ResponsibilityChanged
from laget.kernel.events import listen


@listen(ResponsibilityChanged)
def responsibility_has_changed(event: ResponsibilityChanged) -> None:
    """A new holder is asked what the others were asked. What stood on a lost holder alone ends. The rest is a task."""
    if event.held:
        ask_too(event.actor, event.child, event.person)
    else:
        count_no_more(event.actor, event.child, event.person)


@listen(CareChanged)
def care_has_changed(event: CareChanged) -> None:
    """Who decided counts no more: what was given ends, now or on the day to answer, and is a task to ask anew."""
    care_changed(event.actor, event.child, taken=event.taken, stands=event.stands)
