"""Who may know a child, its parents and its siblings, and what a parent without a place here has asked about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Now, Trim
from django.utils.translation import gettext_lazy as _

from laget.access.strength import NEEDS_EID
from laget.directory.models import Position
from laget.families.models import (
    CareOrder,
    Child,
    Claim,
    InformationAnswer,
    InformationRequest,
    InformationRight,
    Parent,
    Sibling,
)
from laget.kernel.actor import Actor, Place
from laget.kernel.period import FOREVER
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.people.models import Name
from laget.sight.access import (
    answering_seats,
    family_seats,
    ids_helped,
    ids_known,
    knows_child,
    sees_case,
    working_seats,
)
from laget.sight.models import FAMILY, Forbid, Seat, SeatKind

FALLEN = refuse(_("Nobody confirmed this in time, so it has fallen. Write it down again if it still holds."))


def _called(person: str) -> Subquery:
    whole = Trim(Concat("given", Value(" "), "family"))
    return Subquery(Name.objects.filter(person_id=OuterRef(person)).annotate(whole=whole).values("whole")[:1])


def visible_children(actor: Actor) -> QuerySet[Child]:
    """Children whose identity the actor may know."""
    return Child.objects.filter(person_id__in=ids_known(actor))


def children_called(actor: Actor) -> QuerySet[Child]:
    """Children whose identity the actor may know, each with its name as `called`, if that may be known too."""
    return visible_children(actor).annotate(called=_called("person_id"))


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


def visible_requests(actor: Actor) -> QuerySet[InformationRequest]:
    """What has been asked of the services for which the actor takes part in the child's case. Never for a family."""
    asked_of = working_seats(actor).filter(
        child_id=OuterRef("child_id"), position__unit__service_id=OuterRef("service_id")
    )
    return InformationRequest.objects.filter(Exists(asked_of)).select_related("answer", "service", "child")


def visible_answers(actor: Actor) -> QuerySet[InformationAnswer]:
    """The answers to the requests one sees."""
    return InformationAnswer.objects.filter(Exists(visible_requests(actor).filter(pk=OuterRef("request_id"))))


def visible_rights(actor: Actor) -> QuerySet[InformationRight]:
    """What the county governor has decided about those who asked."""
    return InformationRight.objects.filter(Exists(visible_requests(actor).filter(pk=OuterRef("request_id"))))


def kin(actor: Actor, child: str) -> Q:
    """Rows about children whom the actor has to do with in private, or must not know. `child`: the row's field."""
    barred = Forbid.objects.in_force().filter(person_id=actor.person, child_id=OuterRef(child))
    seated = Seat.objects.filter(person_id=actor.person, kind__in=FAMILY, child_id=OuterRef(child))
    return Q(Exists(barred)) | Q(Exists(seated))


def visible_claims(actor: Actor) -> QuerySet[Claim]:
    """What waits for a second person: for workers in the child's case, and the leaders who may confirm it."""
    if not actor.is_worker:
        return Claim.objects.none()
    where = Position.objects.current().filter(person_id=actor.person, leads=True).values("unit__service_id")
    led = Q(services__overlap=ArraySubquery(where)) & ~Q(by_id=actor.person) & ~kin(actor, "child_id")
    return Claim.objects.filter(sees_case(actor) | led)


def claims_around(actor: Actor, child: UUID) -> QuerySet[Claim]:
    """What is claimed about the child's parents and not settled, the oldest first."""
    open_ones = Q(answered_at=None) | Q(agreed=True, registered_at=None)
    claims = visible_claims(actor).filter(open_ones, child_id=child, fell_at=None, falls_at__gt=Now())
    return claims.order_by("at", "id")


def claims_to_answer(actor: Actor) -> QuerySet[Claim]:
    """What waits for the actor as a leader or a colleague, the oldest first."""
    waiting = visible_claims(actor).filter(answered_at=None, fell_at=None, falls_at__gt=Now())
    return waiting.exclude(by_id=actor.person).order_by("at", "id")


def leaders_of(actor: Actor, services: Any) -> QuerySet[Position]:
    """Those who lead in these services now, but for the actor."""
    current = Position.objects.current().filter(leads=True, unit__service_id__in=services)
    return current.exclude(person_id=actor.person)


def positions_around(actor: Actor, child: UUID) -> list[UUID]:
    """The positions in which the actor takes part in the child's case."""
    seats = working_seats(actor).filter(child_id=child).order_by("since", "pk")
    return list(dict.fromkeys(seats.values_list("position_id", flat=True)))


def adults_around(actor: Actor, child: UUID) -> QuerySet[Any]:
    """The child's parents as they are registered, each with its name as `called`."""
    ties = visible_parents(actor).filter(child_id=child, until=FOREVER)
    return ties.annotate(called=_called("person_id")).order_by("called", "id")


def ties_called(actor: Actor) -> QuerySet[Parent]:
    """Parents as they are registered now, around the children in whose cases the actor takes part, with names."""
    return visible_parents(actor).filter(until=FOREVER).select_related("child").annotate(called=_called("person_id"))


def may_register(actor: Actor, about: Child | Parent) -> Verdict:
    """Those who take part in the child's case for a service write down what the register or a court says."""
    if working_seats(actor).filter(child_id=about.child_id).exists():
        return ALLOWED
    return refuse(_("Only those who take part in the case write down who has parental responsibility."))


def may_answer_claim(actor: Actor, claim: Claim) -> Verdict:
    """Another in the case, or a leader who is asked, once and in time."""
    if claim.by_id == actor.person:
        return refuse(_("Another person than the one who asked answers this."))
    if claim.answered_at is not None:
        return refuse(_("This has been answered."))
    if not visible_claims(actor).filter(pk=claim.pk).exists():
        return refuse(_("Only a leader, or another who takes part in the case, answers this."))
    return ALLOWED if claim.waits else FALLEN


def may_take_back(actor: Actor, claim: Claim) -> Verdict:
    """The one who asked, while nobody has answered."""
    if claim.by_id != actor.person or claim.answered_at is not None:
        return refuse(_("Only the one who asked takes it back, while nobody has answered."))
    return ALLOWED if claim.waits else FALLEN


def may_register_claimed(actor: Actor, claim: Claim) -> Verdict:
    """Those in the case, when a second person has confirmed it, once and in time."""
    if not working_seats(actor).filter(child_id=claim.child_id).exists():
        return refuse(_("Only those who take part in the case write down who has parental responsibility."))
    if claim.registered_at is not None or not claim.agreed:
        return refuse(_("There is nothing here to register."))
    return ALLOWED if claim.to_register else FALLEN


CHILD_WELFARE = "BVL"
"""The act of the services that have the care of a child."""


def visible_care_orders(actor: Actor) -> QuerySet[CareOrder]:
    """For those at work in the child's case, and for the one who registered it; never for a family."""
    if not actor.is_worker:
        return CareOrder.objects.none()
    return CareOrder.objects.filter(sees_case(actor) | (Q(by_id=actor.person) & knows_child(actor)))


def place_in_child_welfare(actor: Actor, child: UUID) -> Place | None:
    """Where the actor works in child welfare with a place around this child, in the case or to answer a question.

    Who only asks has none: a child's number is enough to ask, and an order takes away what the parents have given.
    """
    held = [one(actor).filter(child_id=child) for one in (working_seats, answering_seats)]
    positions = {one for seats in held for one in seats.values_list("position_id", flat=True)}
    return next((one for one in actor.places if one.act == CHILD_WELFARE and one.position in positions), None)


def may_register_care(actor: Actor, about: Child | CareOrder) -> Verdict:
    """Only child welfare writes down that it has the care, or has it no more."""
    if actor.is_worker and place_in_child_welfare(actor, about.child_id) is not None:
        return ALLOWED
    return refuse(_("Only child welfare writes down that it has taken over the care."))


def may_end_care(actor: Actor, order: CareOrder) -> Verdict:
    """As registering it, once."""
    if order.ended_at < FOREVER:
        return refuse(_("It is registered already that this order has ended."))
    return may_register_care(actor, order)


def may_take_requests(actor: Actor, child: Child) -> Verdict:
    """Those who take part in the child's case for a service."""
    if working_seats(actor).filter(child_id=child.pk).exists():
        return ALLOWED
    return refuse(_("Only those who take part in the case write down what a parent asks to be told."))


def may_answer(actor: Actor, request: InformationRequest) -> Verdict:
    """Any of those of the service that was asked, once. What was answered is not changed."""
    if InformationAnswer.objects.filter(request_id=request.pk).exists():
        return refuse(_("This is answered. If more is asked, write it down as a new request."))
    return ALLOWED


def may_record_birth(actor: Actor, child: Child) -> Verdict:
    """Those who take part in the child's case, and the family."""
    seats = family_seats(actor) if actor.is_citizen else working_seats(actor)
    if seats.filter(child_id=child.pk).exists():
        return ALLOWED
    return refuse(_("Only the family and those who take part in the case can say that the child is born."))


def may_link_siblings(actor: Actor, child: Child) -> Verdict:
    """A parent of this child and of one more."""
    if actor.by_letter:
        return NEEDS_EID
    own = set(own_children(actor).values_list("pk", flat=True))
    if child.pk in own and len(own) > 1:
        return ALLOWED
    return refuse(_("Only a parent who has more than one child here can say who are siblings."))
