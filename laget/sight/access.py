"""The Python lock: what an actor may see, read from the same facts as the row level locks, written separately."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Now
from django.utils import timezone

from laget.access.prepared import prepared
from laget.kernel.actor import Actor, Capacity
from laget.law.kinds import Kind
from laget.sight.models import FAMILY, Cover, Fact, Forbid, Seat, SeatKind
from laget.sight.rules import Audience


def _not_forbidden(actor: Actor) -> Q:
    forbidden = Forbid.objects.in_force().filter(
        person_id=actor.person, child_id=OuterRef("child_id"), capacity__in=["", actor.capacity.value]
    )
    return ~Q(Exists(forbidden))


def _held(actor: Actor, kinds: Iterable[str]) -> QuerySet[Any]:
    seats = Seat.objects.in_force().filter(_not_forbidden(actor), person_id=actor.person, kind__in=list(kinds))
    if actor.is_citizen:
        return seats.filter(for_letter=True) if actor.by_letter else seats
    return seats.filter(position_id__in=actor.positions)


def _covers_for(kind: str | None = None) -> QuerySet[Any]:
    """Covers for the service in which a seat (the outer row) is held."""
    covers = Cover.objects.in_force().filter(
        child_id=OuterRef("child_id"), service_id=OuterRef("position__unit__service_id")
    )
    return covers.filter(kind=kind) if kind else covers


def family_seats(actor: Actor) -> QuerySet[Any]:
    """The actor's own seats as family, in force and not forbidden; none for a worker."""
    return _held(actor, FAMILY) if actor.is_citizen else Seat.objects.none()


def has_family_here(actor: Actor) -> bool:
    """Whether a citizen has any place here; one who is kept away is like one who was never registered."""
    return family_seats(actor).exists()


def working_seats(actor: Actor) -> QuerySet[Any]:
    """The actor's seats for a service that also has a cover; none for a citizen."""
    if not actor.is_worker:
        return Seat.objects.none()
    return _held(actor, (SeatKind.SERVICE,)).filter(Exists(_covers_for()))


def asking_seats(actor: Actor) -> QuerySet[Any]:
    """The actor's seats as one who has asked a family for consent, in force and not forbidden; none for a citizen."""
    # One who is only to see a signed paper, or to answer for child welfare, has asked nobody.
    held = _held(actor, (SeatKind.ASKING,)) if actor.is_worker else Seat.objects.none()
    return held.exclude(origin__in=("paper", "care"))


def answering_seats(actor: Actor) -> QuerySet[Any]:
    """The actor's seats as one who answers for child welfare, in force and not forbidden; none for a citizen."""
    held = _held(actor, (SeatKind.ASKING,)) if actor.is_worker else Seat.objects.none()
    return held.filter(origin="care")


def _ids(actor: Actor, *, asking: bool) -> Q:
    """A filter on rows with `child_id`."""
    if actor.capacity is Capacity.CITIZEN:
        return Q(child_id__in=family_seats(actor).values("child_id"))
    if actor.capacity is not Capacity.WORKER:
        return Q(pk__in=[])
    serving = _held(actor, (SeatKind.SERVICE,))
    if not asking:
        return Q(child_id__in=serving.filter(Exists(_covers_for())).values("child_id"))
    known = serving.filter(Exists(_covers_for("identity"))).values("child_id")
    return Q(child_id__in=known) | Q(child_id__in=_held(actor, (SeatKind.ASKING,)).values("child_id"))


def emergency_seats(actor: Actor) -> QuerySet[Any]:
    """The actor's own seats by emergency opening, in force and not forbidden; none for a citizen."""
    return _held(actor, (SeatKind.EMERGENCY,)) if actor.is_worker else Seat.objects.none()


def ids_known(actor: Actor) -> QuerySet[Any, Any]:
    """Ids of the children whose identity the actor may know, as a subquery."""
    return Seat.objects.filter(_ids(actor, asking=True), person_id=actor.person).values_list("child_id", flat=True)


def ids_helped(actor: Actor) -> QuerySet[Any, Any]:
    """Ids of the children in whose cases the actor takes part, as a subquery."""
    return Seat.objects.filter(_ids(actor, asking=False), person_id=actor.person).values_list("child_id", flat=True)


def knows_child(actor: Actor) -> Q:
    """Rows about children whose identity the actor may know. For models with `child_id`."""
    return _ids(actor, asking=True)


def sees_case(actor: Actor) -> Q:
    """Rows about children in whose case the actor takes part. For models with `child_id`."""
    return _ids(actor, asking=False)


def sees_kind(actor: Actor, when: str, reach: str) -> Q:
    """Rows whose kind of information the actor may know, no older than the consent reaches.

    when: the name of the row's time field. reach: "log_from" or "plan_from". For models with `child_id` and `kind`.
    """
    if not actor.is_worker:
        return _reads(actor, when) & _of_the_family(actor)
    seat = _held(actor, (SeatKind.SERVICE,)).filter(
        child_id=OuterRef("child_id"), position__unit__service_id=OuterRef("service_id")
    )
    cover = Cover.objects.in_force().filter(
        Exists(seat), child_id=OuterRef("child_id"), kind=OuterRef("kind"), **{f"{reach}__lte": OuterRef(when)}
    )
    return sees_case(actor) & Q(Exists(cover))


def _reads(actor: Actor, when: str) -> Q:
    """Rows of the log and the plan as far back as the actor's own place in the family reaches."""
    reaching = family_seats(actor).filter(child_id=OuterRef("child_id"), reads_from__lte=OuterRef(when))
    return Q(Exists(reaching)) if actor.is_citizen else Q(pk__in=[])


def opened_to_child(actor: Actor, author: str) -> Q:
    """Rows that a child reads though they are older than its place: looked through, or its own. Beside `sees_kind`.

    author: the field with the one who wrote it. For models that are `Addressed`, with `looked_at`.
    """
    if not actor.is_citizen:
        return Q(pk__in=[])
    own = Q(audience=Audience.CHILDS_OWN.value) | Q(**{author: actor.person})
    return (Q(looked_at__isnull=False) | own) & Q(child_id=actor.person) & sees_case(actor)


def _of_the_family(actor: Actor) -> Q:
    """Rows of kinds that the actor's own place in the family lets know: health is the young person's from an age."""
    telling = family_seats(actor).filter(child_id=OuterRef("child_id"), health_until__gt=Now())
    return ~Q(kind=Kind.HEALTH.value) | Q(Exists(telling))


def tells_kinds(actor: Actor) -> Q:
    """Rows about several kinds, all of which the actor's own place in the family lets know: as `sees_kind`, for health.

    For models with `child_id` and `kinds`.
    """
    telling = family_seats(actor).filter(child_id=OuterRef("child_id"), health_until__gt=Now())
    return ~Q(kinds__contains=[Kind.HEALTH.value]) | Q(Exists(telling))


class _Among(Func):
    """Whether a person is one of those that a column names."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


class _Somebody(Func):
    """Whether a column names anybody."""

    template = "(cardinality(%(expressions)s) > 0)"
    output_field = BooleanField()


def among(person: Any, persons: Any) -> Q:
    """Rows in which a column or value with a person is one of those that another column names."""
    return Q(_Among(person, persons))


def in_audience(actor: Actor, author: str, service: str = "") -> Q:
    """Rows whose own audience holds the actor: never instead of `sees_kind`, always beside it.

    author: the field with the one who wrote it; service: the field with the service it was written for, where there is
    one. For models that are `Addressed`. An audience that is not known holds nobody.
    """
    named, mine = Q(_Among(Value(actor.person), F("persons"))), Q(**{author: actor.person})
    whole = [Audience.TEAM, *((Audience.FAMILY,) if actor.is_citizen else (Audience.SERVICES,))]
    if service and actor.is_citizen:
        whole.append(Audience.OWN_SERVICE)
    held = Q(audience__in=[one.value for one in whole])
    if service and actor.is_worker:
        held |= Q(audience=Audience.OWN_SERVICE.value, **{f"{service}__in": actor.services})
    return (
        held
        | Q(audience=Audience.NAMED.value) & (named | mine)
        | Q(audience=Audience.CHILDS_OWN.value) & (named | mine | Q(child_id=actor.person))
        | Q(audience=Audience.SERVICES.value) & mine
        | Q(audience=Audience.NOT_FOR.value) & ~named & Q(_Somebody(F("persons")))
    )


def kinds_known(actor: Actor, children: Iterable[UUID]) -> frozenset[str]:
    """The kinds of information that the actor may know about any of these children now."""
    about = tuple(children)
    return all_kinds(actor, _kinds(actor, about) if len(about) == 1 else _kinds_of(actor, about))


def kinds_of_each(actor: Actor, children: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """The kinds of information that the actor may know now about each of these children."""
    about = tuple(children)
    found: dict[UUID, set[str]] = {child: set() for child in about}
    for child, kind in _covered(actor, "child_id").filter(child_id__in=list(about)):
        found[child].add(kind)
    return {child: all_kinds(actor, covered) for child, covered in found.items()}


def all_kinds(actor: Actor, covered: Iterable[str]) -> frozenset[str]:
    """A family knows every kind, health when it is covered; a worker what is covered, and at least who the child is."""
    return _WITHOUT_ASKING | frozenset(covered) if actor.is_citizen else frozenset(covered) or frozenset(_AT_LEAST)


_AT_LEAST = (Kind.IDENTITY.value,)
_WITHOUT_ASKING = frozenset(kind.value for kind in Kind if kind is not Kind.HEALTH)


def kinds_beside(actor: Actor, column: str) -> QuerySet[Any, Any]:
    """The kinds that somebody is covered for about the child in a column of the row it is asked beside."""
    return _covered(actor).filter(child_id=OuterRef(column))


def _kinds_of(actor: Actor, children: tuple[UUID, ...]) -> QuerySet[Any, Any]:
    return _covered(actor).filter(child_id__in=list(children))


def _covered(actor: Actor, *beside: str) -> QuerySet[Any, Any]:
    """Kinds, each once; `beside`: as pairs with another column, as values of their own else."""
    one = {"flat": True} if not beside else {}
    if actor.is_citizen:
        telling: QuerySet[Any, Any] = (
            family_seats(actor).filter(health_until__gt=Now()).annotate(kind_told=Value(Kind.HEALTH.value))
        )
        return telling.values_list(*beside, "kind_told", **one).distinct().order_by("kind_told")
    seat = _held(actor, (SeatKind.SERVICE,)).filter(
        child_id=OuterRef("child_id"), position__unit__service_id=OuterRef("service_id")
    )
    covers = Cover.objects.in_force().filter(Exists(seat))
    return covers.values_list(*beside, "kind", **one).distinct().order_by("kind")


_kinds = prepared(_kinds_of)


def visible_seats(actor: Actor) -> QuerySet[Seat]:
    """Seats around the children in whose cases the actor takes part, and the actor's own.

    Of an emergency opening others learn from who has looked, and not before the family may.
    """
    return Seat.objects.filter(Q(person_id=actor.person) | (sees_case(actor) & ~Q(kind=SeatKind.EMERGENCY)))


def visible_covers(actor: Actor) -> QuerySet[Cover]:
    """Covers for the children in whose cases the actor takes part."""
    return Cover.objects.filter(sees_case(actor))


def is_barred(actor: Actor, child: UUID) -> bool:
    """Whether the actor is kept away from this child in the capacity of now."""
    kept = Forbid.objects.in_force().filter(person_id=actor.person, child_id=child)
    return kept.filter(capacity__in=["", actor.capacity.value]).exists()


def in_force(fact: Fact) -> bool:
    return fact.since <= timezone.now() < fact.until
