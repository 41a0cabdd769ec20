"""Registering a child with its parents, that it is born, and who its siblings are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, locked, require, touched
from laget.access.sealing import index, seal
from laget.audit.actions import record
from laget.families import ground, rules
from laget.families.access import may_link_siblings, may_record_birth, own_children
from laget.families.events import RelationKnown
from laget.families.models import Child, Sibling
from laget.guide.national import current
from laget.guide.rules import deadline
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done, Unchanged
from laget.people.rules import clean_text, sort_key
from laget.sight.actions import end_seats, give_seat
from laget.sight.models import Seat, SeatKind


@dataclass(frozen=True)
class Registered:
    """The child, and who each typed parent became, in the order typed. Says nothing of what was known before."""

    child: UUID
    parents: tuple[UUID | None, ...]


@action("families.child_registered")
def register_child(actor: Actor, position: UUID, typed: rules.TypedChild) -> Done[Registered]:
    """Register a child and its parents, or find them: the same answer either way, and a seat of kind asking.

    A known child is not changed by what was typed. Raises Invalid with the first fault, or when there were too many.
    """
    today = timezone.localdate()
    for fault in rules.faults(typed, today):
        raise Invalid(gettext(fault.reason), fault.place)
    guide = current(today)
    born = rules.born(typed, today)
    facts = _facts(typed, born)
    begun = born or typed.expected or today
    try:
        child = ground.register(
            position,
            facts,
            rules.ends(deadline(guide, "asking_seat", today)),
            rules.family_seat_ends(begun, guide.family_seat_until_age),
        )
    except ground.TooManyLookups:
        raise Invalid(_("You have asked for many children in a short time. Wait an hour, then try again.")) from None
    record(actor, "families.child_registered", child=child, object_id=child, position=position)
    announce(RelationKnown(actor=actor, child=child))
    return Done(Registered(child, tuple(ground.typed_parents(child, facts))))


def _facts(typed: rules.TypedChild, born: date | None) -> dict[str, Any]:
    """What the database registers: names, dates, and numbers sealed and indexed."""
    return {
        **_identity(typed.given, typed.family, typed.number),
        "born": born.isoformat() if born else None,
        "expected": typed.expected.isoformat() if typed.expected and not born else None,
        "parents": [facts_of(parent) for parent in typed.parents],
    }


def facts_of(parent: rules.TypedParent) -> dict[str, Any]:
    """A parent as the database takes it."""
    return {
        **_identity(parent.given, parent.family, parent.number),
        "relation": parent.relation,
        "responsibility": parent.responsibility,
        "source": parent.source if parent.responsibility else rules.DECLARED,
        "language": parent.language,
        "interpreter": parent.interpreter,
    }


def _identity(given: str, family: str, number: str) -> dict[str, str]:
    first, last = _name(given), _name(family)
    digits = rules.digits(number)
    return {
        "given": first,
        "family": last,
        "sort_key": f"{sort_key(last)}|{sort_key(first)}"[:400],
        "index": index(digits).hex() if digits else "",
        "sealed": seal(digits.encode(), "number").hex() if digits else "",
    }


def _name(text: str) -> str:
    return " ".join(clean_text(text, rules.NAME_LIMIT).split())


@action("families.birth_recorded")
def record_birth(actor: Actor, child: Child, born: date, given: str = "") -> Done[Child] | Unchanged[Child]:
    """An expected child is born: its birth date decides from now, also until when the family has its seats.

    `given` is its name, when it has one by now.
    """
    require(may_record_birth(actor, child))
    child = locked(Child.objects.all(), child.pk)  # the other parent may tell of it at the same moment
    if child.born == born:
        return Unchanged(child)
    if child.born is not None:
        raise Invalid(_("The child already has a birth date."), "born")
    today = timezone.localdate()
    wrong = rules.newborn_fault(born, child.expected, today)
    if wrong:
        raise Invalid(gettext(wrong), "born")
    name = _name(given)
    if name:
        touched(int(ground.name_newborn(child.pk, name, sort_key(name))), "name")
    touched(Child.objects.filter(pk=child.pk, born__isnull=True).update(born=born), "child")
    _seats_until(child.pk, rules.family_seat_ends(born, current(today).family_seat_until_age))
    record(actor, "families.birth_recorded", child=child.pk, object_id=child.pk)
    return Done(child)


def _seats_until(child: UUID, until: datetime) -> None:
    """The parents' seats end then: new ones begin, and the old ones end."""
    parents: QuerySet[Seat] = Seat.objects.in_force().filter(child_id=child, kind=SeatKind.PARENT)
    for seat in list(parents.order_by("id")):
        if until > timezone.now():
            give_seat(
                child=child, person=seat.person_id, kind=SeatKind.PARENT, until=until, origin="born", origin_id=seat.pk
            )
        end_seats(child=child, kinds=[SeatKind.PARENT], seat=seat.pk)


@action("families.siblings_linked")
def link_siblings(actor: Actor, child: Child, sibling: UUID) -> Done[Sibling] | Unchanged[Sibling]:
    """Two children of one family: those who see both may know it; neither child's access changes."""
    require(may_link_siblings(actor, child))
    if child.pk == sibling:
        raise Invalid(_("A child is not its own sibling."), "siblings")
    if not own_children(actor).filter(pk=sibling).exists():
        raise Invalid(_("Choose among your own children."), "siblings")
    first, second = sorted((child.pk, sibling))
    pair = Sibling.objects.filter(child_id=first, sibling_id=second)
    link = Sibling(pk=uuid4(), child_id=first, sibling_id=second, registered_by=actor.person)
    Sibling.objects.bulk_create([link], ignore_conflicts=True)  # the other parent may link them at the same moment
    known = pair.get()
    if known.pk != link.pk:
        return Unchanged(known)
    record(actor, "families.siblings_linked", child=child.pk, object_id=link.pk)
    announce(RelationKnown(actor=actor, child=child.pk))
    return Done(link)
