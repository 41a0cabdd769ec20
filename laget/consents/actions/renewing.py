"""Asking for a consent again, in one step, with what was asked before; and what makes that a task."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from laget.access.actions import action, locked, require, touched
from laget.audit.actions import record
from laget.consents import ground, rules
from laget.consents.access import may_renew, place_around
from laget.consents.actions.asking import Wish, send
from laget.consents.events import ToAskAgain
from laget.consents.models import Cause, Renewal, Request
from laget.families.models import Child
from laget.guide.national import current
from laget.guide.rules import Again, Guide
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done, Unchanged


@action("consents.asked")
def renew(  # noqa: PLR0913 - what is new when it is asked again
    actor: Actor,
    renewal: Renewal,
    why: str,
    until: date | None = None,
    hearing: rules.Hearing = rules.UNHEARD,
    stated: rules.Stated = rules.ORDINARY,
) -> Done[Request]:
    """Ask those who must consent today for what the service knows by a consent that ends, or no longer fits.

    The old consent stands until its own last day. Nothing is renewed by silence.
    """
    renewal = locked(Renewal.objects.all(), renewal.pk)
    require(may_renew(actor, renewal))
    child = Child.objects.get(pk=renewal.child_id)
    until = _no_longer(renewal, child, until)
    wish = Wish(tuple(renewal.kinds), renewal.reach, until, why, "", hearing, stated)
    done = send(actor, child, place_around(actor, child.pk), renewal.service_id, wish, renews=renewal.request_id)
    touched(Renewal.objects.filter(pk=renewal.pk, done_at=None).update(done_at=timezone.now()), "renewal")
    return done


def longest(renewal: Renewal, child: Child) -> date | None:
    """The last day that can be asked for before a new place, by the guide's limit; None for every other cause."""
    if renewal.cause != Cause.TRANSITION:
        return None
    return rules.transition_ends(current(timezone.localdate()), child.born, timezone.localdate(renewal.at))


def _no_longer(renewal: Renewal, child: Child, until: date | None) -> date | None:
    last = longest(renewal, child)
    if last is not None and until is not None and until > last:
        said = {"day": date_format(last, "j. F Y")}
        raise Invalid(gettext(rules.TOO_LONG_AFTER) % said, "until")
    return until or last


@action("consents.to_be_asked_again")
def ask_again(actor: Actor, child: UUID, cause: Again, guide: Guide) -> Done[int] | Unchanged[int]:
    """Every consent around a child is to be asked for again, when the guide says so of this cause. Answers how many.

    In the transaction of the cause; each is a task for the one who then holds the baton.
    """
    if cause not in guide.consent.needed_again:
        return Unchanged(0)
    made = ground.ask_again(child, cause.value)
    for _renewal, request in made:
        record(actor, "consents.to_be_asked_again", child=child, object_id=request, details={"cause": cause.value})
    if not made:
        return Unchanged(0)
    announce(ToAskAgain(actor=actor, child=child, renewals=tuple(renewal for renewal, _request in made)))
    return Done(len(made))
