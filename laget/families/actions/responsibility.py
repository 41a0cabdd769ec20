"""Who has parental responsibility, as a register, a court or an agreement says: given, lost, and a parent added."""

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
from laget.guide.national import current
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done, Unchanged
from laget.kernel.period import FOREVER
from laget.sight.actions import end_seats, give_seat
from laget.sight.models import FAMILY, Seat, SeatKind

CHANGED = _("This was changed while you had the page open. Look at it again.")


@action("families.responsibility_registered")
def register_responsibility(
    actor: Actor, tie: Parent, held: bool, source: str, on: date
) -> Done[Parent] | Unchanged[Parent]:
    """This parent has parental responsibility, or has not, by a document of this day. The tie before it is kept.

    With it comes the page here, until the age at which the child decides alone; without it the page closes at once.
    What consents stood on it follows in the same transaction. Raises Invalid.
    """
    require(may_register(actor, tie))
    child = Child.objects.get(pk=tie.child_id)
    _checked(source, on, child)
    if (tie.responsibility, tie.source, tie.source_date) == (held, source, on):
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
    if new.proven:
        _seat(new, child)
    else:
        end_seats(child=tie.child_id, kinds=[SeatKind.PARENT, SeatKind.GUARDIAN], person=tie.person_id)
    if new.proven != tie.proven:
        announce(ResponsibilityChanged(actor=actor, child=tie.child_id, person=tie.person_id, held=new.proven))
    return Done(new)


def _checked(source: str, on: date, child: Child) -> None:
    if source not in rules.PROOFS:
        raise Invalid(_("Choose where it can be read."), "source")
    wrong = rules.source_fault(on, child.born or child.expected, timezone.localdate())
    if wrong:
        raise Invalid(gettext(wrong), "on")


def _seat(tie: Parent, child: Child) -> None:
    """A place around the child, unless there is one, or the child decides alone by now."""
    begun = child.born or child.expected or timezone.localdate()
    until = rules.family_seat_ends(begun, current(timezone.localdate()).family_seat_until_age)
    held = Seat.objects.in_force().filter(child_id=tie.child_id, person_id=tie.person_id, kind__in=FAMILY)
    if until > timezone.now() and not held.exists():
        give_seat(
            child=tie.child_id, person=tie.person_id, kind=SeatKind.PARENT, until=until, origin="parent",
            origin_id=tie.pk,
        )  # fmt: skip


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
