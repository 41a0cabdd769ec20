"""Telling people: a row in the inbox, and an e-mail without content that is sent after the commit."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from laget.kernel.actor import Capacity
from laget.notices.models import Dispatch, Notice


def tell(
    recipients: Iterable[UUID], capacity: Capacity, event: str, *, address: str, child: UUID | None = None
) -> None:
    """Tell people that something happened. `event` is a code of `notices.words`; `address` an opaque page of ours."""
    notices = [
        Notice(recipient_id=person, capacity=capacity, event=event, address=address, child=child)
        for person in dict.fromkeys(recipients)
    ]
    Notice.objects.bulk_create(notices)
    Dispatch.objects.bulk_create([Dispatch(notice=notice) for notice in notices])
