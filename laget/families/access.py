"""Who may know a child, its parents and its siblings."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Trim
from django.utils.translation import gettext_lazy as _

from laget.families.models import Child, Parent, Sibling
from laget.kernel.actor import Actor
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.people.models import Name
from laget.sight.access import family_seats, ids_helped, ids_known, sees_case, working_seats
from laget.sight.models import SeatKind


def visible_children(actor: Actor) -> QuerySet[Child]:
    """Children whose identity the actor may know."""
    return Child.objects.filter(person_id__in=ids_known(actor))


def children_called(actor: Actor) -> QuerySet[Child]:
    """Children whose identity the actor may know, each with its name as `called`, if that may be known too."""
    whole = Trim(Concat("given", Value(" "), "family"))
    name = Name.objects.filter(person_id=OuterRef("person_id")).annotate(whole=whole).values("whole")[:1]
    return visible_children(actor).annotate(called=Subquery(name))


def own_children(actor: Actor) -> QuerySet[Child]:
    """The children of whom the actor is a parent here, with names."""
    seats = family_seats(actor).filter(kind=SeatKind.PARENT)
    return children_called(actor).filter(pk__in=seats.values("child_id")).order_by("born", "expected", "person_id")


def siblings_of(actor: Actor, child: Child) -> QuerySet[Child]:
    """The child's siblings whom the actor may know, with names."""
    pairs = visible_siblings(actor).filter(
        Q(child_id=child.pk, sibling_id=OuterRef("pk")) | Q(sibling_id=child.pk, child_id=OuterRef("pk"))
    )
    return children_called(actor).filter(Exists(pairs)).order_by("born", "expected", "person_id")


def visible_parents(actor: Actor) -> QuerySet[Parent]:
    """Ties between adults and the children in whose cases the actor takes part."""
    return Parent.objects.filter(sees_case(actor))


def visible_siblings(actor: Actor) -> QuerySet[Sibling]:
    """Pairs of siblings both of whom the actor may know, and takes part around."""
    known, helped = ids_known(actor), ids_helped(actor)
    both = Q(child_id__in=known) & Q(child_id__in=helped) & Q(sibling_id__in=known) & Q(sibling_id__in=helped)
    return Sibling.objects.filter(both)


def may_record_birth(actor: Actor, child: Child) -> Verdict:
    """Those who take part in the child's case, and the family."""
    seats = family_seats(actor) if actor.is_citizen else working_seats(actor)
    if seats.filter(child_id=child.pk).exists():
        return ALLOWED
    return refuse(_("Only the family and those who take part in the case can say that the child is born."))


def may_link_siblings(actor: Actor, child: Child) -> Verdict:
    """A parent of this child and of one more."""
    own = set(own_children(actor).values_list("pk", flat=True))
    if child.pk in own and len(own) > 1:
        return ALLOWED
    return refuse(_("Only a parent who has more than one child here can say who are siblings."))
