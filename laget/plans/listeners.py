"""What its people typed in the plan comes back when a service loses its cover; a child that comes waits for a look."""

from __future__ import annotations

from django.db import connection
from django.urls import reverse

from laget.audit.actions import record
from laget.cases import ground as cases_ground
from laget.consents.events import CoverLost
from laget.kernel.actor import Capacity
from laget.kernel.events import listen
from laget.notices.actions import tell
from laget.participation.events import PageOpened
from laget.plans import ground


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


@listen(PageOpened)
def a_child_has_got_its_page(event: PageOpened) -> None:
    """Those who take part look through the plan that stood before, each as far as it reads; it stays closed until then.

    One notice is enough: whoever is told of the log already finds both on the child's page.
    """
    told = set(cases_ground.lookers(event.child))
    address = reverse("child_home", args=[event.child])
    others = [one for one in ground.lookers(event.child) if one not in told]
    tell(others, Capacity.WORKER, "cases.look_through", address=address, child=event.child)
