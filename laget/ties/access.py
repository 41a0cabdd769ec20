"""Who may tell of a tie, who sees it, and who decides."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from laget.families.models import Child
from laget.kernel.actor import Actor
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.sight.access import sees_case
from laget.sight.models import Forbid, Seat, SeatKind
from laget.ties.models import Objection, Ruling, Tie
from laget.ties.rules import BY_LAW, RAISED, REGISTER


def visible_ties(actor: Actor) -> QuerySet[Tie]:
    """What one told of oneself, and what the register keeps one away by from where one had a place.

    And for a leader those of the unit, but for one's own and one's own family's.
    """
    if not (actor.is_worker or actor.is_citizen):
        return Tie.objects.none()
    told = Q(made_by=actor.person)
    return Tie.objects.filter(told | _mine(actor) | _led(actor) if actor.is_worker else told)


def _mine(actor: Actor) -> Q:
    return Q(worker_id=actor.person, seated=True, found=REGISTER)


def own_ties(actor: Actor) -> QuerySet[Tie]:
    """What keeps the actor away, by the register, from where the actor had a place."""
    found = Tie.objects.filter(_mine(actor)) if actor.is_worker else Tie.objects.none()
    return found.select_related("objection")


def visible_objections(actor: Actor) -> QuerySet[Objection]:
    return Objection.objects.filter(Exists(visible_ties(actor).filter(pk=OuterRef("tie_id"))))


def _led(actor: Actor) -> Q:
    barred = Forbid.objects.in_force().filter(
        person_id=actor.person, child_id=OuterRef("child_id"), capacity__in=["", "worker"]
    )
    return Q(unit_id__in=actor.units_led) & ~Q(worker_id=actor.person) & ~Q(Exists(barred))


def led_ties(actor: Actor) -> QuerySet[Tie]:
    """What a leader decides, or finds somebody else for."""
    found = Tie.objects.filter(_led(actor)) if actor.is_worker else Tie.objects.none()
    return found.select_related("unit__service", "position")


def ties_to_decide(actor: Actor) -> QuerySet[Tie]:
    """What waits for the leader: what no law decides, and what somebody says is wrong."""
    ruled = visible_rulings(actor).filter(tie_id=OuterRef("pk"))
    asked = ~Q(relation__in=sorted(BY_LAW)) | Q(found=RAISED) | Q(objection__isnull=False)
    return led_ties(actor).filter(asked & ~Q(Exists(ruled)))


def visible_rulings(actor: Actor) -> QuerySet[Ruling]:
    return Ruling.objects.filter(Exists(visible_ties(actor).filter(pk=OuterRef("tie_id"))))


def teammates(actor: Actor, child: Child) -> QuerySet[Seat]:
    """Those who have a place for a service around the child, apart from the actor."""
    seats = Seat.objects.in_force().filter(sees_case(actor), child_id=child.pk, kind=SeatKind.SERVICE)
    return seats.exclude(person_id=actor.person).select_related("position__unit__service").order_by("since", "id")


def leads(actor: Actor) -> bool:
    """Whether there are pages for deciding at all."""
    return actor.is_worker and bool(actor.units_led)


def may_tell(actor: Actor, child: Child) -> Verdict:
    """Whoever works here and may know the child."""
    return ALLOWED if actor.is_worker and actor.places else refuse(_("This is for those who work with the child."))


def may_put_forward(actor: Actor, child: Child) -> Verdict:
    """The family, and everybody else who takes part, about somebody else in the team."""
    if teammates(actor, child).exists():
        return ALLOWED
    return refuse(_("There is nobody else in the team whom this could be about."))


def may_decide(actor: Actor, tie: Tie) -> Verdict:
    if led_ties(actor).filter(pk=tie.pk).exists():
        return ALLOWED
    return refuse(_("Only a leader of the unit decides this, and never about oneself."))


def may_object(actor: Actor, tie: Tie) -> Verdict:
    """The one kept away, once: what a leader has decided about it stands."""
    if not own_ties(actor).filter(pk=tie.pk).exists():
        return refuse(_("Only the one who is kept away says that it is wrong."))
    if hasattr(tie, "objection"):
        return refuse(_("You have said that it is wrong."))
    if visible_rulings(actor).filter(tie_id=tie.pk).exists():
        return refuse(_("A leader has decided this. Talk with your leader."))
    return ALLOWED
