"""What one administrator does that could be misused is told to the others, and to the one it is done to."""

from __future__ import annotations

from django.urls import reverse

from laget.directory.events import AccountChanged, Entrusted
from laget.directory.reading import administrators
from laget.kernel.actor import Capacity
from laget.kernel.events import listen
from laget.notices.actions import tell


@listen(Entrusted)
def somebody_is_entrusted(event: Entrusted) -> None:
    """The other administrators and the person are told."""
    others = administrators() - {event.actor.person}
    tell({*others, event.person}, Capacity.WORKER, "directory.entrusted", address=reverse("directory"))


@listen(AccountChanged)
def an_account_is_changed(event: AccountChanged) -> None:
    """The person is told; and the other administrators, when the person leads, administers or protects."""
    others = administrators() - {event.actor.person} if event.entrusted else set()
    tell({*others, event.person}, Capacity.WORKER, "directory.account_changed", address=reverse("directory"))
