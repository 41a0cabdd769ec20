"""That child welfare has taken over the care, as the board or a court decided it, and that it has the care no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, locked, require, touched
from laget.audit.actions import record
from laget.families import ground, rules
from laget.families.access import may_end_care, may_register_care, place_in_child_welfare, visible_care_orders
from laget.families.events import CareChanged
from laget.families.models import CareOrder, Child
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done
from laget.kernel.period import FOREVER
from laget.people.rules import clean_text

ONCE = _("A care order is registered already.")


@dataclass(frozen=True)
class Decision:
    """What the document says. what: `rules.CARE_ORDER`, or what is no such order. by: the board or the court."""

    what: str
    on: date
    by: str
    reference: str


@action("families.care_order_registered")
def register_care_order(actor: Actor, child: Child, decision: Decision, *, stands: bool) -> Done[CareOrder]:
    """Child welfare has the care from now: it decides with those the law names, and the parents are not asked.

    stands: what the parents have said yes to lasts until child welfare is asked, as it decides itself; else it ends
    at once. Source: BVL §§ 5-1, 5-4. Raises Invalid, also for a decision that is no care order.
    """
    require(may_register_care(actor, child))
    place = place_in_child_welfare(actor, child.pk)
    assert place is not None
    if decision.what != rules.CARE_ORDER:
        raise Invalid(gettext(rules.OTHER_DECISIONS.get(decision.what, rules.OTHER_DECISIONS["unsure"])), "what")
    _checked(decision.on, child, "on")
    if ground.in_care(child.pk):
        raise Invalid(ONCE)
    order = CareOrder(
        pk=uuid4(), child_id=child.pk, decided_on=decision.on, decided_by=_words(decision.by, 200, "by"),
        reference=_words(decision.reference, 100, "reference"), by_id=actor.person, position_id=place.position,
    )  # fmt: skip
    try:
        with transaction.atomic():
            order.save(force_insert=True)
    except IntegrityError:  # somebody else did at the same moment
        raise Invalid(ONCE) from None
    record(actor, "families.care_order_registered", child=child.pk, object_id=order.pk, position=place.position,
           details={"on": decision.on.isoformat(), "stands": stands})  # fmt: skip
    announce(CareChanged(actor=actor, child=child.pk, taken=True, stands=stands))
    return Done(order)


@action("families.care_order_ended")
def end_care_order(actor: Actor, order: CareOrder, on: date, why: str, *, stands: bool) -> Done[CareOrder]:
    """Child welfare has the care no more, by a decision of this day: the parents are asked again. Raises Invalid."""
    order = locked(visible_care_orders(actor), order.pk)
    require(may_end_care(actor, order))
    _checked(on, Child.objects.get(pk=order.child_id), "on")
    if on < order.decided_on:
        raise Invalid(_("The order can't end before it was decided."), "on")
    ended = CareOrder.objects.filter(pk=order.pk, ended_at=FOREVER).update(
        ended_on=on, ended_why=_words(why, 200, "why"), ended_by=actor.person, ended_at=Now()
    )
    touched(ended, "care order")
    record(actor, "families.care_order_ended", child=order.child_id, object_id=order.pk,
           details={"on": on.isoformat(), "stands": stands})  # fmt: skip
    announce(CareChanged(actor=actor, child=order.child_id, taken=False, stands=stands))
    return Done(order)


def _checked(on: date, child: Child, field: str) -> None:
    wrong = rules.source_fault(on, child.born or child.expected, timezone.localdate())
    if wrong:
        raise Invalid(gettext(wrong), field)


def _words(text: str, limit: int, field: str) -> str:
    words = " ".join(clean_text(text, limit).split())
    if not words:
        raise Invalid(_("Write this."), field)
    return words
