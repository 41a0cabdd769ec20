"""What was opened for a parent leans on parental responsibility, and closes with it."""

from __future__ import annotations

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laget.audit.actions import record
from laget.families.access import visible_parents
from laget.families.events import ResponsibilityChanged
from laget.families.words import PROOFS
from laget.kernel.errors import Invalid
from laget.kernel.events import listen
from laget.kernel.period import FOREVER
from laget.protection import ground
from laget.protection.actions.asking import name_of, propose
from laget.protection.models import Sort


@listen(ResponsibilityChanged)
def responsibility_has_changed(event: ResponsibilityChanged) -> None:
    """A protected child's page that two people opened for this parent is shut; to open it anew takes two again."""
    if not event.held and ground.shut_again(event.child, event.person):
        record(
            event.actor, "protection.shut_again", child=event.child, object_id=event.person,
            cause="families.responsibility_registered",
        )  # fmt: skip


@listen(ResponsibilityChanged)
def a_say_may_end(event: ResponsibilityChanged) -> None:
    """That the others' yes is enough from now lets in on fewer people's yes: a leader is asked whether it is right.

    Where nobody can confirm it, it is not enough; what closes, closes all the same.
    """
    tie = visible_parents(event.actor).filter(child_id=event.child, person_id=event.person, until=FOREVER).first()
    if event.held or tie is None or tie.source_date is None:
        return
    said = {"source": dict(PROOFS).get(tie.source, ""), "day": date_format(tie.source_date, "j. F Y")}
    reason = _("No parental responsibility any more. Read in: %(source)s, %(day)s.") % said
    try:
        with transaction.atomic():
            propose(
                event.actor, Sort.OTHER_ALONE, event.child, event.person, reason, person=event.person,
                called=name_of(event.person),
            )  # fmt: skip
    except Invalid:
        return
