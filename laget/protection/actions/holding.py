"""An e-mail that was held: kept sealed, told to those in the case, released by two or put away by one, and followed."""

from __future__ import annotations

from uuid import UUID

from django.db.models.functions import Now
from django.urls import reverse

from laget.access.actions import action, locked, require, touched
from laget.access.database import acting
from laget.audit.actions import record
from laget.kernel.actor import SYSTEM, Actor, Capacity
from laget.kernel.outcome import Done
from laget.notices.actions import tell
from laget.notices.leaving import Mail
from laget.protection import ground
from laget.protection.access import may_end_held, visible_held
from laget.protection.actions.asking import propose
from laget.protection.leaving import by_child, fingerprint
from laget.protection.letters import opened_mail, sealed, to_whom
from laget.protection.models import HeldMail, Letter, Proposal, Sort


def keep(mail: Mail) -> None:
    """For the delivery. The first that waits at a child is told to those in its case; the rest stand there too."""
    with acting(SYSTEM):
        for child in by_child(mail.parts, mail.content):
            _keep(child, mail)


def _keep(child: UUID, mail: Mail) -> None:
    _to, subject, body = mail.content
    kept = sealed("", f"{subject}\n\n{body}")
    record(SYSTEM, "protection.mail_held", child=child, object_id=mail.dispatch)
    if ground.keep_held(child, mail.dispatch, mail.recipient, mail.capacity, fingerprint(mail.content), kept):
        address = reverse("held_mails", args=[child])
        tell(ground.around_child(child), Capacity.WORKER, "protection.mail_held", address=address)


@action("protection.mail_asked")
def ask_to_send(actor: Actor, held: HeldMail, reason: str) -> Done[Proposal]:
    """Ask a leader to let exactly this e-mail leave, though it tells where a child is."""
    require(may_end_held(actor, held))
    called = to_whom(held)
    asked = propose(actor, Sort.MAIL, held.child_id, held.content, reason, called=called)
    kept = sealed(called, opened_mail(held))
    Letter(proposal=asked, child_id=held.child_id, sealed=kept).save(force_insert=True)
    record(actor, "protection.mail_asked", child=held.child_id, object_id=held.pk)
    return Done(asked)


@action("protection.mail_put_away")
def put_away(actor: Actor, held: HeldMail) -> Done[HeldMail]:
    """It is never sent: what keeps back takes one. The receiver has the message in Laget all the same."""
    held = locked(visible_held(actor), held.pk)
    require(may_end_held(actor, held))
    waiting = HeldMail.objects.filter(pk=held.pk, outcome="")
    touched(waiting.update(outcome="put_away", ended_by_id=actor.person, ended_at=Now()), "held")
    record(actor, "protection.mail_put_away", child=held.child_id, object_id=held.pk)
    return Done(held)


def send_what_is_released() -> None:
    """For the clock: what two people have let leave is made anew, and goes with the next round."""
    for held, child, dispatch in ground.send_released():
        record(SYSTEM, "protection.mail_released", child=child, object_id=held, details={"dispatch": str(dispatch)})


def say_what_became_of_it() -> None:
    """For the clock: sent or not. Who takes part is told when it did not reach somebody who has not read it either."""
    for held, child, sent, was_read in ground.follow_released():
        record(SYSTEM, "protection.mail_sent" if sent else "protection.mail_not_sent", child=child, object_id=held)
        if not sent and not was_read:
            address = reverse("held_mail", args=[held])
            tell(ground.around_child(child), Capacity.WORKER, "protection.mail_not_sent", address=address)
