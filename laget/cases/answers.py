"""Answers what lower rooms ask about cases: who holds it, who may ask, where it is, which guide it follows."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from laget.cases import ground
from laget.cases.access import visible_batons, visible_cases
from laget.cases.models import Case
from laget.cases.rights import NOT_HOLDER, may_ask_for_service
from laget.cases.shown import positions_shown
from laget.cases.telling import team_page
from laget.consents import rights as consents
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.kernel.verdict import Verdict
from laget.protection import rights as protection


def who_may_ask(actor: Actor, child: UUID) -> Verdict:
    """Only the one who holds the baton for this child asks for one more service."""
    case = visible_cases(actor).filter(child_id=child).first()
    return may_ask_for_service(actor, case) if case else NOT_HOLDER


def existing_case(child: UUID) -> str | None:
    """Where the parents find the open case, if there is one. Answers whoever asks; never shown to the asker."""
    found = ground.cases_of(child)
    return team_page(found[0]) if found else None


def consequences(child: UUID, service: UUID) -> list[str]:
    """What changes for the family when this service loses its cover: who is the contact today, and who after."""
    found = ground.consequence(child, service)
    if found is None:
        return []
    held, heir = found
    if heir is None:
        return [
            _("No other service takes part. The cooperation ends, and the case is closed."),
            _("You can still read everything."),
        ]
    shown = positions_shown([held, heir])
    if held == heir:
        return [_("%(name)s is still your contact.") % {"name": shown[held].name}]
    return [
        _("%(name)s (%(service)s) is your contact today.")
        % {"name": shown[held].name, "service": shown[held].service_name},
        _("After this it is %(name)s (%(service)s), until something else is agreed.")
        % {"name": shown[heir].name, "service": shown[heir].service_name},
    ]


def version_followed(subject: object) -> str:
    """The version of the guide that a page about this follows: its case's, when that is at hand; it asks nothing."""
    known = getattr(getattr(subject, "_state", None), "fields_cache", {})
    case = subject if isinstance(subject, Case) else known.get("case")
    return case.guide_version if isinstance(case, Case) else ""


def holds_baton(actor: Actor, child: UUID) -> bool:
    """Whether this worker holds the child's baton or stands in, or nobody does. For those who see the child's case."""
    held = visible_batons(actor).filter(case__child_id=child, until=FOREVER).with_deputy().first()
    return held is None or not held.carried_by.isdisjoint(actor.positions)


def answer_lower_rooms() -> None:
    protection.register(holds=holds_baton)
    consents.register(who_may_ask=who_may_ask, existing_case=existing_case, consequences=consequences)
