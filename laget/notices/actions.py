"""Telling people: a row in the inbox, and an e-mail without content that is sent after the commit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action
from laget.audit.actions import record
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.notices import rules
from laget.notices.access import visible_mail_wishes
from laget.notices.models import Dispatch, MailWish, Notice
from laget.notices.tasks import soon
from laget.notices.words import known


def tell(
    recipients: Iterable[UUID], capacity: Capacity, event: str, *, address: str, child: UUID | None = None
) -> None:
    """Tell people that something happened. `event` is a code of `notices.words`; `address` an opaque page of ours."""
    notices = [
        Notice(recipient_id=person, capacity=capacity, event=known(event), address=address, child=child)
        for person in dict.fromkeys(recipients)
    ]
    Notice.objects.bulk_create(notices)
    dispatches = [Dispatch(notice=notice) for notice in notices]
    Dispatch.objects.bulk_create(dispatches)
    soon(dispatch.pk for dispatch in dispatches)


def tell_once(  # noqa: PLR0913 - as `tell`, and since when
    person: UUID, capacity: Capacity, event: str, *, since: datetime, address: str, child: UUID | None = None
) -> None:
    """As `tell`, unless the same was told to this person after `since`: for what time brings, asked again and again."""
    before = Notice.objects.filter(recipient_id=person, capacity=capacity, event=event, address=address, at__gte=since)
    if not before.exists():
        tell([person], capacity, event, address=address, child=child)


@action("notices.read")
def mark_read(actor: Actor, notice: Notice) -> Done[Notice] | Unchanged[Notice]:
    """The owner has seen it."""
    if notice.read_at is not None:
        return Unchanged(notice)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    record(actor, "notices.read", object_id=notice.pk)
    return Done(notice)


@action("notices.mail_chosen")
def choose_mail(actor: Actor, mail: str) -> Done[MailWish] | Unchanged[MailWish]:
    """The owner says how to be told by e-mail: holds from the next e-mail on, also for those that wait."""
    if mail not in rules.CHOICES:
        raise Invalid(_("Choose how you want to be told."), "mail")
    before = visible_mail_wishes(actor).order_by("-at", "-id").first()
    if before is not None and before.mail == mail:
        return Unchanged(before)
    wish = MailWish(person_id=actor.person, capacity=actor.capacity, mail=mail)
    wish.save(force_insert=True)
    record(actor, "notices.mail_chosen", object_id=wish.pk, details={"mail": mail})
    return Done(wish)
