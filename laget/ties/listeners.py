"""What becomes known of families and workers shuts out at once: the database keeps away, and here follows the rest."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from laget.directory.events import Identified
from laget.families.events import RelationKnown
from laget.kernel.errors import Refused
from laget.kernel.events import listen
from laget.kernel.verdict import refuse
from laget.sight.access import is_barred
from laget.ties.following import follow_up

OWN = refuse(
    _(
        "You are too close to this family to work with the case. "
        "Ask your leader to let a colleague do it. Nothing was saved."
    )
)


@listen(RelationKnown)
def relation_known(event: RelationKnown) -> None:
    """Whoever works here and is close is out; one who asks about the own family is told so, and nothing is kept."""
    if event.actor.is_worker and is_barred(event.actor, event.child):
        raise Refused(OWN)
    follow_up(event.actor, "families.relation_known")


@listen(Identified)
def worker_identified(event: Identified) -> None:
    """The same, when it becomes known which human a worker is."""
    follow_up(event.actor, "directory.identified")
