"""Before a child reads what is older than its place, somebody looks through it, and holds back what must be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.cases import ground, rules
from laget.cases.access import as_it_stands, gripped
from laget.cases.actions.readers import note_choice
from laget.cases.looking import may_hold_back, may_look_through, to_look_through, without
from laget.cases.models import Case, Log
from laget.cases.reading import readers_of, text_of
from laget.cases.rules import Choice
from laget.cases.typed import kept
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done
from laget.law.withholding import FROM_THE_CHILD, wrong_review
from laget.notices.actions import tell
from laget.sight.rules import Addressing


@action("cases.looked_through")
def look_through(actor: Actor, case: Case, seen: Collection[UUID]) -> Done[int]:
    """The entries that the actor has just been shown are opened to the child; what was not shown stays closed."""
    case = gripped(actor, case.pk)
    require(may_look_through(actor, case))
    ids = list(to_look_through(actor).filter(case=case, pk__in=list(seen)).order_by("pk").values_list("pk", flat=True))
    if not ids:
        raise Invalid(_("Somebody else has looked through these. Look at what is left."))
    for one in ids:
        touched(Log.objects.filter(pk=one).update(looked_at=timezone.now()), "entry")
    record(actor, "cases.looked_through", child=case.child_id, object_id=case.pk, details={"entries": len(ids)})
    _told(case)
    return Done(len(ids))


@action("cases.held_back")
def hold_back(actor: Actor, entry: Log, *, on: str, why: str, review_on: date) -> Done[Log]:
    """An entry is kept from the child, on a ground in the law, with the reason and a day to look at it again."""
    case = gripped(actor, entry.case_id)
    standing = as_it_stands(actor, entry)
    require(may_hold_back(actor, standing))
    before = standing.addressing
    readers = frozenset(one.person for one in readers_of(case.child_id, text_of(standing)))
    choice = held_back(without(before, case.child_id, readers), on, why, review_on)
    note_choice(actor, standing, choice, before)
    to = choice.to
    changed = Log.objects.filter(pk=standing.pk).update(
        audience=to.audience, persons=sorted(to.persons), looked_at=timezone.now()
    )
    touched(changed, "entry")
    ground.readers_follow(standing.pk)
    ground.looked_follows(standing.pk)
    record(actor, "cases.held_back", child=case.child_id, object_id=standing.pk, details={"ground": on})
    _told(case)
    standing.addressing = to
    return Done(standing)


def held_back(to: Addressing, on: str, why: str, review_on: date) -> Choice:
    """The choice that keeps a text from the child. Raises Invalid with the field that is wrong."""
    if on not in FROM_THE_CHILD:
        raise Invalid(_("Choose the ground."), "ground")
    reason = kept(why, "why", rules.SHORT_WORDS, missing=_("Write why, so that the next one understands."))
    fault = wrong_review(review_on, timezone.localdate())
    if fault:
        raise Invalid(_(fault), "review_on")
    return Choice(to.audience, to.persons, on, reason, review_on)


def _told(case: Case) -> None:
    """The child learns when nothing waits any more; never that something is held back."""
    if not ground.unlooked(case.child_id):
        address = reverse("case_log", args=[case.pk])
        tell([case.child_id], Capacity.CITIZEN, "cases.older_open", address=address, child=case.child_id)
