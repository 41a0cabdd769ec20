"""What every writer of the plan does the same way: take in words, keep the earlier text, tell those who may see."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from laget.cases.typed import NUMBER_FOUND
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.notices.actions import tell
from laget.people.rules import TextTooLong, clean_text
from laget.people.traces import national_numbers
from laget.plans.access import readers_of
from laget.plans.models import Goal, Matter, Measure, Revision


def words(text: str, limit: int, field: str = "words", *, required: bool = True) -> str:
    """The text as it is stored. Raises Invalid with the field: missing, too long, or with a national number."""
    try:
        cleaned = clean_text(text, limit)
    except TextTooLong as fault:
        raise Invalid(_(fault.reason) % {"limit": fault.limit}, field) from None
    if national_numbers(text) or national_numbers(cleaned):
        raise Invalid(NUMBER_FOUND, field)
    if required and not cleaned:
        raise Invalid(_("Write a few words here."), field)
    return cleaned


def keep_earlier(actor: Actor, thing: Goal | Measure, now: datetime) -> None:
    """Keep the text that is about to be replaced, with the day it was agreed."""
    before = Revision.objects.filter(of=thing.pk, version=thing.version - 1).first()
    Revision(
        child_id=thing.child_id,
        kind=thing.kind,
        of=thing.pk,
        version=thing.version,
        words=thing.words,
        agreed_at=before.replaced_at if before else thing.agreed_at,
        replaced_at=now,
        replaced_by_id=actor.person,
        audience=thing.audience,
        persons=thing.persons,
        looked_at=thing.looked_at,
    ).save(force_insert=True)


def plan_page(case: UUID) -> str:
    return reverse("case_plan", kwargs={"case": case})


def tell_around(actor: Actor, case: UUID, thing: Goal | Measure | Matter, event: str) -> None:
    """Tell those who read it, but not the one who did it: whoever it is not for is not told that there is anything."""
    address = plan_page(case)
    others = [one for one in readers_of(thing) if one.person != actor.person]
    # What a child says for itself is told to no parent, also when they may read it: nobody is to press it.
    own_words = actor.is_citizen and actor.person == thing.child_id
    family = sorted({one.person for one in others if one.family and not own_words})
    workers = sorted({one.person for one in others if not one.family})
    tell(family, Capacity.CITIZEN, event, address=address, child=thing.child_id)
    tell(workers, Capacity.WORKER, event, address=address, child=thing.child_id)
