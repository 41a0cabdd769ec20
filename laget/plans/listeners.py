"""When a service loses its cover, what its people typed in the plan comes back to each of them as own words."""

from __future__ import annotations

from django.db import connection
from django.urls import reverse

from laget.audit.actions import record
from laget.consents.events import CoverLost
from laget.kernel.actor import Capacity
from laget.kernel.events import listen
from laget.notices.actions import tell


@listen(CoverLost)
def give_back(event: CoverLost) -> None:
    """What its people typed in the plan comes back to each of them.

    The causer may see neither the texts nor the owners, so the database gives them back.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM plans_give_back(%s, %s, %s)", [event.child, event.service, list(event.kinds)])
        batches = cursor.fetchall()
    for owner, batch in batches:
        record(event.actor, "plans.words_given_back", child=event.child, object_id=batch, cause="consents.cover_lost")
        address = reverse("own_words", kwargs={"batch": batch})
        tell([owner], Capacity.WORKER, "cases.own_words", address=address)
