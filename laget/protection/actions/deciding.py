"""The second person's answer. What is confirmed is carried out by the database in the same statement."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Refused
from laget.kernel.outcome import Done
from laget.notices.actions import tell
from laget.protection.access import OPEN_NO_MORE, STRONGER, may_answer, visible_proposals
from laget.protection.models import Proposal


@action("protection.answered")
def answer(actor: Actor, proposal: Proposal, agreed: bool, words: str) -> Done[Proposal]:
    """A leader who is not the one who asked says yes or no, with a reason. Two who answer at once: the first counts."""
    require(may_answer(actor, proposal))
    waiting = visible_proposals(actor).filter(pk=proposal.pk, answered_at=None)
    try:
        with transaction.atomic():
            rows = waiting.update(answered_by_id=actor.person, answered_at=timezone.now(), agreed=agreed, words=words)
    except IntegrityError:
        raise Refused(STRONGER) from None
    if not rows:
        raise Refused(OPEN_NO_MORE)
    address, child = reverse("confirm", args=[proposal.pk]), proposal.child_id
    tell([proposal.asked_by_id], Capacity.WORKER, "protection.answered", address=address, child=child)
    record(actor, "protection.answered", child=proposal.child_id, object_id=proposal.pk,
           details={"sort": proposal.sort, "agreed": agreed})  # fmt: skip
    return Done(proposal)
