"""Keeping a parent away: at once by the one who holds the baton; over again only by two."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.audit.actions import record
from laget.families.access import leaders_of
from laget.families.models import Child
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.notices.actions import tell
from laget.protection import ground
from laget.protection.access import may_decide, may_end
from laget.protection.actions.asking import name_of, place_around, propose
from laget.protection.models import Proposal, Restriction, Sort, Why
from laget.protection.rules import grounds


@action("protection.kept_away")
def keep_away(  # noqa: PLR0913 - what such a decision says
    actor: Actor, child: Child, person: UUID, code: str, review_on: date, paper: str, say: str, reason: str = ""
) -> Done[Restriction]:
    """This parent sees nothing about this child from now. The database shuts the parent out in the same statement."""
    require(may_decide(actor, child))
    _checked(child, person, code, review_on)
    place = place_around(actor, child.pk)
    kept = Restriction(
        pk=uuid4(), child_id=child.pk, person_id=person, called=name_of(person), by_id=actor.person,
        position_id=place.position, review_on=review_on,
    )  # fmt: skip
    try:
        with transaction.atomic():
            kept.save(force_insert=True)
    except IntegrityError:
        raise Invalid(_("This parent is kept away already."), "person") from None
    why = Why(
        restriction=kept, child_id=child.pk, ground=code, say=grounds.who_consents(code, say), paper=paper,
        reason=reason,
    )  # fmt: skip
    why.save(force_insert=True)
    led = leaders_of(actor, [place.service]).filter(unit_id=place.unit).values_list("person_id", flat=True)
    tell(led, Capacity.WORKER, "protection.kept_away", address=reverse("kept_away", args=[kept.pk]))
    if why.say == grounds.Say.OTHER_ALONE:
        _ask_to_leave_out(actor, kept, paper)
    record(actor, "protection.kept_away", child=child.pk, object_id=kept.pk, position=place.position,
           details={"ground": code, "say": why.say})  # fmt: skip
    return Done(kept)


def _ask_to_leave_out(actor: Actor, kept: Restriction, paper: str) -> None:
    """A leader is asked whether the other parent's yes is enough. Where nobody can confirm it, it is not."""
    try:
        with transaction.atomic():
            propose(actor, Sort.OTHER_ALONE, kept.child_id, kept.pk, paper, person=kept.person_id, called=kept.called)
    except Invalid:
        return


def _checked(child: Child, person: UUID, code: str, review_on: date) -> None:
    """Raises Invalid at what must be chosen otherwise."""
    today = timezone.localdate()
    wrong = grounds.ground_fault(code, child.born, today)
    if wrong:
        raise Invalid(gettext(wrong), "code")
    wrong = grounds.review_fault(review_on, today)
    if wrong:
        raise Invalid(gettext(wrong), "review_on")
    if person not in ground.family(child.pk):
        raise Invalid(_("Choose one of the child's parents or guardians."), "person")


@action("protection.looked_again")
def look_again(actor: Actor, restriction: Restriction, review_on: date) -> Done[Restriction] | Unchanged[Restriction]:
    """The decision still holds, and is looked at again on this day."""
    require(may_end(actor, restriction))
    wrong = grounds.review_fault(review_on, timezone.localdate())
    if wrong:
        raise Invalid(gettext(wrong), "review_on")
    if review_on == restriction.review_on:
        return Unchanged(restriction)
    touched(Restriction.objects.filter(pk=restriction.pk).update(review_on=review_on), "restriction")
    record(actor, "protection.looked_again", child=restriction.child_id, object_id=restriction.pk,
           details={"before": restriction.review_on.isoformat(), "after": review_on.isoformat()})  # fmt: skip
    return Done(restriction)


@action("protection.end_asked")
def ask_to_end(actor: Actor, restriction: Restriction, reason: str) -> Done[Proposal]:
    """Ask a leader to confirm that the parent is kept away no more. Until then nothing changes."""
    require(may_end(actor, restriction))
    proposal = propose(
        actor, Sort.END_RESTRICTION, restriction.child_id, restriction.pk, reason,
        person=restriction.person_id, called=restriction.called,
    )  # fmt: skip
    record(actor, "protection.end_asked", child=restriction.child_id, object_id=proposal.pk)
    return Done(proposal)
