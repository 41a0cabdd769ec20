"""Who may know a child, its parents and its siblings."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from laget.families.models import Child, Parent, Sibling
from laget.kernel.actor import Actor
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.sight.access import family_seats, ids_known, sees_case, working_seats


def visible_children(actor: Actor) -> QuerySet[Child]:
    """Children whose identity the actor may know."""
    return Child.objects.filter(person_id__in=ids_known(actor))


def visible_parents(actor: Actor) -> QuerySet[Parent]:
    """Ties between adults and the children in whose cases the actor takes part."""
    return Parent.objects.filter(sees_case(actor))


def visible_siblings(actor: Actor) -> QuerySet[Sibling]:
    """Pairs of siblings of whom the actor may know both."""
    known = ids_known(actor)
    return Sibling.objects.filter(Q(child_id__in=known), Q(sibling_id__in=known))


def may_record_birth(actor: Actor, child: Child) -> Verdict:
    """Those who take part in the child's case, and the family."""
    seats = family_seats(actor) if actor.is_citizen else working_seats(actor)
    if seats.filter(child_id=child.pk).exists():
        return ALLOWED
    return refuse(_("Only the family and those who take part in the case can say that the child is born."))
