"""Who sees the ways in of a family and a child's choices, and who may set up, end and choose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Now, Trim
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.families.access import children_called
from laget.families.ground import responsible
from laget.families.models import Child
from laget.kernel.actor import Actor
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.law.kinds import Kind
from laget.participation.models import NotNow, Remark, Setup, Trusted
from laget.participation.rules import HEALTH_ACTS, HOLDERS, MUST_KNOW, Agreeing, decides_over_health, must_agree
from laget.people.models import Name
from laget.sight.access import asking_seats, family_seats, ids_helped, sees_case, visible_seats, working_seats
from laget.sight.models import Cover, Seat, SeatKind

NOT_YOURS = refuse(_("Only the child itself can do this."))


def called(of: str) -> Subquery:
    """The name of the person in column `of`, when it may be known."""
    whole = Trim(Concat("given", Value(" "), "family"))
    return Subquery(Name.objects.filter(person_id=OuterRef(of)).annotate(whole=whole).values("whole")[:1])


def visible_setups(actor: Actor) -> QuerySet[Setup]:
    """One's own way in; and, for workers, those of the families in whose cases they take part."""
    own = Q(person_id=actor.person)
    return Setup.objects.filter(own & sees_case(actor) if actor.is_citizen else sees_case(actor))


def visible_remarks(actor: Actor) -> QuerySet[Remark]:
    """What is said afterwards of the set-ups that the actor sees."""
    return Remark.objects.filter(setup__in=visible_setups(actor))


def said_of(actor: Actor, setup: UUID) -> list[Any]:
    """All that was said at a set-up and afterwards, the newest first, each with `name` of who said it."""
    first = visible_setups(actor).filter(pk=setup).annotate(name=called("position__person_id"))
    later = visible_remarks(actor).filter(setup_id=setup).annotate(name=called("by_id")).order_by("-at", "-id")
    return [*later, *first]


def said_of_own(actor: Actor) -> list[Any]:
    """As `said_of`, of the newest set-up for oneself, also one that opened a page and gave no letter."""
    newest = visible_setups(actor).filter(person_id=actor.person).order_by("-at", "-id").first()
    return said_of(actor, newest.pk) if newest else []


def said_of_family(actor: Actor, child: UUID) -> dict[UUID, list[Any]]:
    """As `said_of`, by the person, of the newest set-up of each in a child's family."""
    first = visible_setups(actor).filter(child_id=child).annotate(name=called("position__person_id"))
    newest = {one.person_id: one for one in first.order_by("at", "id")}
    later = visible_remarks(actor).filter(child_id=child).annotate(name=called("by_id")).order_by("-at", "-id")
    rows = list(later)
    return {person: [*(row for row in rows if row.setup_id == one.pk), one] for person, one in newest.items()}


def visible_trusted(actor: Actor) -> QuerySet[Trusted]:
    """The child's own choices; and, for workers, those of the children in whose cases they take part."""
    return Trusted.objects.filter(_childs_own(actor))


def visible_not_now(actor: Actor) -> QuerySet[NotNow]:
    """What a child has left unanswered, for the child and for workers in its case."""
    return NotNow.objects.filter(_childs_own(actor))


def _childs_own(actor: Actor) -> Q:
    return sees_case(actor) & Q(child_id=actor.person) if actor.is_citizen else sees_case(actor)


def own_ways_in(actor: Actor) -> QuerySet[Setup]:
    """What stands of one's own way in."""
    return visible_setups(actor).filter(person_id=actor.person, until__gt=Now())


def letter_made_by(actor: Actor) -> UUID | None:
    """Who made the letter behind the actor's own way in; None when there is none that can be seen."""
    return own_ways_in(actor).order_by("-at").values_list("position__person_id", flat=True).first()


def family_of_child(actor: Actor, child: UUID) -> QuerySet[Any]:
    """The child and those of its family with a seat now: `person_id`, `kind`, `name`, and the way in that stands."""
    stands = visible_setups(actor).filter(person_id=OuterRef("person_id"), until__gt=Now())
    seats = visible_seats(actor).filter(child_id=child, since__lte=Now(), until__gt=Now())
    family = seats.filter(kind__in=(SeatKind.PARENT, SeatKind.GUARDIAN, SeatKind.CHILD))
    return family.annotate(
        name=called("person_id"), setup=Subquery(stands.values("pk")[:1]), setup_at=Subquery(stands.values("at")[:1]),
        letter_until=Subquery(stands.values("letter_until")[:1]),
    ).order_by("since", "id")  # fmt: skip


def team_of_child(actor: Actor, child: UUID) -> QuerySet[Seat]:
    """Those of the services whom the child may choose among: with a seat, and a service that may know the child."""
    covers = Cover.objects.in_force().filter(
        child_id=OuterRef("child_id"), service_id=OuterRef("position__unit__service_id")
    )
    seats = visible_seats(actor).filter(child_id=child, kind=SeatKind.SERVICE, since__lte=Now(), until__gt=Now())
    shown = seats.filter(Exists(covers)).select_related("position__unit__service")
    return shown.annotate(name=called("person_id"), title=F("position__title")).order_by("since", "id")


def parents_and_health(actor: Actor, child: UUID) -> QuerySet[Any]:
    """Parents and guardians with a place now: `person_id`, `name`, `origin`, and until when each knows the health."""
    seats = visible_seats(actor).filter(child_id=child, kind__in=(SeatKind.PARENT, SeatKind.GUARDIAN))
    now = seats.filter(since__lte=Now(), until__gt=Now())
    tells = ExpressionWrapper(Q(health_until__gt=Now()), output_field=BooleanField())
    return now.annotate(name=called("person_id"), tells=tells).order_by("since", "id")


def to_decide(rows: Iterable[Any]) -> list[Any]:
    """Of `parents_and_health`: about whom a service may decide, also anew. What is shared by the young needs nobody."""
    return [one for one in rows if not one.tells or one.origin in MUST_KNOW]


def may_say_who_knows_health(actor: Actor, child: Child) -> Verdict:
    """A young person of 16 or 17 itself; and for a service that gives health care, who must know."""
    if not decides_over_health(child.born, timezone.localdate()):
        return refuse(_("This is for those who are 16 or 17."))
    if actor.is_citizen:
        return may_choose(actor, child)
    return ALLOWED if gives_care(actor, child) else refuse(_("Only those who give the health care can do this."))


def gives_care(actor: Actor, child: Child) -> UUID | None:
    """The position by which the actor gives health care, under a health act and with a consent for health; or None."""
    healing = [place.position for place in actor.places if place.act in HEALTH_ACTS]
    knows = Cover.objects.in_force().filter(
        child_id=OuterRef("child_id"), service_id=OuterRef("position__unit__service_id"), kind=Kind.HEALTH.value
    )
    seats = working_seats(actor).filter(Exists(knows), child_id=child.pk, position_id__in=healing)
    return seats.order_by("since", "id").values_list("position_id", flat=True).first()


def children_with_own_page(actor: Actor) -> QuerySet[Child]:
    """The actor as the child of its own case."""
    return children_called(actor).filter(pk=actor.person)


def children_around(actor: Actor) -> QuerySet[Child]:
    """Children in whose cases the actor takes part, with names; a parent's, and oneself as a child."""
    return children_called(actor).filter(pk__in=ids_helped(actor))


def may_set_up(actor: Actor, child: Child) -> Verdict:
    """Whoever takes part in the child's case for a service; and, without a letter, who has asked it for its consent."""
    if working_seats(actor).filter(child_id=child.pk).exists() or only_asks(actor, child):
        return ALLOWED
    return refuse(_("Only those who take part in the child's case can do this."))


def only_asks(actor: Actor, child: Child) -> bool:
    """Whether the actor's only place around the child is that of one who has asked for consent."""
    return (
        not working_seats(actor).filter(child_id=child.pk).exists()
        and asking_seats(actor).filter(child_id=child.pk).exists()
    )


def agreeing(actor: Actor, child: Child, act: str) -> Agreeing:
    """Who must say yes before the child gets a page. Who only asks learns nothing here of whom the child has."""
    holders = [(HOLDERS, True)] if only_asks(actor, child) else responsible(child.pk)
    return must_agree(child.pk, child.born, timezone.localdate(), act, holders)


def may_say_anew(actor: Actor, setup: Setup) -> Verdict:
    """Whoever takes part in the child's case for a service."""
    if working_seats(actor).filter(child_id=setup.child_id).exists():
        return ALLOWED
    return refuse(_("Only those who take part in the child's case can do this."))


def may_end(actor: Actor, setup: Setup) -> Verdict:
    """The one it is for, and whoever takes part in the child's case for a service."""
    if actor.is_citizen and setup.person_id == actor.person:
        return ALLOWED
    if working_seats(actor).filter(child_id=setup.child_id).exists():
        return ALLOWED
    return refuse(_("Only the one it is for, and those who take part in the child's case, can end it."))


def may_choose(actor: Actor, child: Child) -> Verdict:
    """The child itself."""
    own = actor.is_citizen and actor.person == child.pk
    return ALLOWED if own and family_seats(actor).filter(child_id=child.pk).exists() else NOT_YOURS
