"""Who has parental responsibility, as a register, a court or an agreement says: lost, and a parent added."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.families import ground, rules
from laget.families.access import may_register
from laget.families.actions.children import facts_of
from laget.families.events import RelationKnown, ResponsibilityChanged
from laget.families.models import Child, Parent
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done, Unchanged
from laget.kernel.period import FOREVER
from laget.sight.actions import end_seats
from laget.sight.models import SeatKind

CHANGED = _("This was changed while you had the page open. Look at it again.")
TAKES_TWO = _("What lets a parent in takes two people. Ask a second person to confirm it.")


@action("families.responsibility_registered")
def register_responsibility(
    actor: Actor, tie: Parent, held: bool, source: str, on: date
) -> Done[Parent] | Unchanged[Parent]:
    """This parent has not parental responsibility, or has it still, by a document of this day. The tie before is kept.

    Without it the page closes at once, and what consents stood on it follows in the same transaction. That fewer
    people's yes is enough for something new takes two: until then it is announced each time it is registered. What
    gives somebody responsibility is claimed, and takes two. Raises Invalid.
    """
    require(may_register(actor, tie))
    child = Child.objects.get(pk=tie.child_id)
    check_document(source, on, child)
    if lets_in(tie, held):
        raise Invalid(TAKES_TWO, "held")
    waits = tie.person_id in ground.lost(child.pk)
    if not waits and (tie.responsibility, tie.source, tie.source_date) == (held, source, on):
        return Unchanged(tie)
    if not Parent.objects.filter(pk=tie.pk, until=FOREVER).update(until=Now()):
        raise Invalid(CHANGED)
    new = Parent(
        pk=uuid4(), child_id=tie.child_id, person_id=tie.person_id, relation=tie.relation, responsibility=held,
        source=source, source_date=on, language=tie.language, interpreter=tie.interpreter, since=Now(),
        registered_by=actor.person,
    )  # fmt: skip
    new.save(force_insert=True)
    record(actor, "families.responsibility_registered", child=tie.child_id, object_id=new.pk,
           details={"held": held, "source": source, "on": on.isoformat()})  # fmt: skip
    if not new.proven:
        end_seats(child=tie.child_id, kinds=[SeatKind.PARENT, SeatKind.GUARDIAN], person=tie.person_id)
    if waits or new.proven != tie.proven:
        announce(ResponsibilityChanged(actor=actor, child=tie.child_id, person=tie.person_id, held=False))
    return Done(new)


def lets_in(tie: Parent, held: bool) -> bool:
    """Whether saying so gives somebody a page and a say that they have not now."""
    return held and not tie.proven


def check_document(source: str, on: date, child: Child) -> None:
    """Raises Invalid for a document that can't say so."""
    if source not in rules.PROOFS:
        raise Invalid(_("Choose where it can be read."), "source")
    wrong = rules.source_fault(on, child.born or child.expected, timezone.localdate())
    if wrong:
        raise Invalid(gettext(wrong), "on")


@action("families.parent_added")
def add_parent(actor: Actor, child: Child, typed: rules.TypedParent) -> Done[UUID]:
    """A parent who was not known here. Without responsibility and without a page, until a document says otherwise."""
    require(may_register(actor, child))
    for fault in rules.parent_faults(typed, timezone.localdate()):
        raise Invalid(gettext(fault.reason), fault.place)
    try:
        tie = ground.add_parent(child.pk, facts_of(typed))
    except ground.TooManyLookups:
        raise Invalid(_("You have asked for many people in a short time. Wait an hour, then try again.")) from None
    if tie is None:
        raise Invalid(_("This parent is registered already."), "number" if typed.number else "given")
    record(actor, "families.parent_added", child=child.pk, object_id=tie)
    announce(RelationKnown(actor=actor, child=child.pk))
    return Done(tie)
