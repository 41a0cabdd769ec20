"""What every writer of the plan does the same way: take in words, keep the earlier text, tell those who may see."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.notices.actions import tell
from laget.people.rules import TextTooLong, clean_text
from laget.plans.access import family_of, working_around
from laget.plans.models import Goal, Measure, Revision


def words(text: str, limit: int, field: str = "words", *, required: bool = True) -> str:
    """The text as it is stored. Raises Invalid with the field when it is missing or too long."""
    try:
        cleaned = clean_text(text, limit)
    except TextTooLong as fault:
        raise Invalid(_(fault.reason) % {"limit": fault.limit}, field) from None
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
    ).save(force_insert=True)


def tell_around(actor: Actor, case: UUID, child: UUID, kind: str, event: str) -> None:
    """Tell the family and the workers who may know the kind, but not the one who did it."""
    address = reverse("case_plan", kwargs={"case": case})
    family = [person for person in family_of(child) if person != actor.person]
    workers = [seat.person_id for seat in working_around(actor, child, kind) if seat.person_id != actor.person]
    tell(family, Capacity.CITIZEN, event, address=address, child=child)
    tell(workers, Capacity.WORKER, event, address=address, child=child)
