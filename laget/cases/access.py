"""Who may see a case and what is in it. Rights to move it stand in `cases/rights.py`."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Now, Trim
from django.utils.translation import gettext_lazy as _

from laget.cases.models import (
    Absence,
    Baton,
    Batons,
    Case,
    Crossing,
    Deputy,
    FamilyView,
    Invitation,
    Log,
    Mark,
    Offer,
    OwnWords,
    Readership,
    Step,
    Turn,
)
from laget.directory.models import Position
from laget.kernel.actor import Actor
from laget.kernel.errors import Refused
from laget.kernel.period import FOREVER
from laget.kernel.verdict import refuse
from laget.people.models import Name
from laget.sight.access import in_audience, knows_child, opened_to_child, sees_case, sees_kind, visible_seats
from laget.sight.models import Seat, SeatKind


def visible_cases(actor: Actor) -> QuerySet[Case]:
    return Case.objects.filter(sees_case(actor))


def visible_turns(actor: Actor) -> QuerySet[Turn]:
    return Turn.objects.filter(sees_case(actor))


def visible_steps(actor: Actor) -> QuerySet[Step]:
    return Step.objects.filter(sees_case(actor))


def visible_marks(actor: Actor) -> QuerySet[Mark]:
    return Mark.objects.filter(sees_case(actor))


def visible_crossings(actor: Actor) -> QuerySet[Crossing]:
    return Crossing.objects.filter(sees_case(actor))


def visible_batons(actor: Actor) -> Batons:
    return Baton.objects.filter(sees_case(actor))


def visible_deputies(actor: Actor) -> QuerySet[Deputy]:
    return Deputy.objects.filter(sees_case(actor))


def standing_in(actor: Actor, case: Case) -> list[UUID]:
    """Who stands in for the holder of this case, now or later."""
    open_ended = visible_deputies(actor).filter(case=case, until__gt=Now())
    return list(open_ended.order_by("since", "id").values_list("position__person_id", flat=True))


def acted_for(actor: Actor, who: str, at: str) -> Subquery:
    """The name of the holder for whom the person in column `who` stood in at `at`, with no place of the own there then.

    For models with `child_id`.
    """
    place = visible_seats(actor).filter(
        child_id=OuterRef("child_id"), position_id=OuterRef("position_id"), kind=SeatKind.SERVICE,
        since__lte=OuterRef("since"), until__gt=OuterRef("since"),
    )  # fmt: skip
    own = Exists(place.exclude(origin="deputy"))
    found = visible_deputies(actor).filter(
        ~own, child_id=OuterRef("child_id"), position__person_id=OuterRef(who), since__lte=OuterRef(at),
        until__gt=OuterRef(at),
    )  # fmt: skip
    whole = Trim(Concat("given", Value(" "), "family"))
    named = Name.objects.filter(person_id=OuterRef("baton__position__person_id")).annotate(whole=whole).values("whole")
    return Subquery(found.order_by("since", "id").annotate(called=Subquery(named[:1])).values("called")[:1])


def visible_absences(actor: Actor) -> QuerySet[Absence]:
    """Where the actor is away, stands in, or leads the one who is away. No child is named there."""
    if not actor.is_worker:
        return Absence.objects.none()
    own = Q(holder_id__in=actor.positions) | Q(deputy_id__in=actor.positions)
    return Absence.objects.filter(own | Q(holder__unit_id__in=actor.units_led))


def places_answered_for(actor: Actor) -> QuerySet[Position]:
    """Positions for which the actor may find a deputy: one's own, and those in the units one leads."""
    held = Position.objects.current().select_related("unit__service")
    if not actor.is_worker:
        return held.none()
    return held.filter(Q(pk__in=actor.positions) | Q(unit_id__in=actor.units_led)).order_by("since", "id")


def visible_offers(actor: Actor) -> QuerySet[Offer]:
    return Offer.objects.filter(sees_case(actor))


def visible_views(actor: Actor) -> QuerySet[FamilyView]:
    return FamilyView.objects.filter(sees_case(actor))


def visible_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Invitations in the actor's cases, and those made to the actor while the child may be known."""
    to_me = Q(position__in=Position.objects.filter(person_id=actor.person)) & knows_child(actor)
    return Invitation.objects.filter(sees_case(actor) | to_me)


def visible_entries(actor: Actor) -> QuerySet[Log]:
    """Entries of the kinds the actor may know, as far back as the consent reaches, whose audience holds the actor.

    A child reads what is older than its place when somebody has looked through it, or it is the child's own.
    """
    known = sees_kind(actor, "at", "log_from") | opened_to_child(actor, "author_id")
    return Log.objects.filter(known & in_audience(actor, "author_id", "service_id"))


def visible_readerships(actor: Actor) -> QuerySet[Readership]:
    """Who chose the readers of a text: for workers whom the text itself is for, and for the one who chose."""
    own = Q(by_id=actor.person)
    return Readership.objects.filter(
        sees_kind(actor, "at", "log_from") & ((own | in_audience(actor, "by_id")) if actor.is_worker else own)
    )


def visible_own_words(actor: Actor) -> QuerySet[OwnWords]:
    """Words that came back to the one who wrote them, as long as that one works in the service they came back to."""
    if not actor.is_worker:
        return OwnWords.objects.none()
    return OwnWords.objects.filter(owner_id=actor.person, service_id__in=actor.services)


def visible_team(actor: Actor, child: UUID) -> QuerySet[Seat]:
    """The seats around a child that hold now: the family's and the services'."""
    now = visible_seats(actor).filter(child_id=child, since__lte=Now(), until__gt=Now())
    return now.exclude(kind=SeatKind.ASKING).select_related("position__unit__service").order_by("since", "id")


def own_seats(actor: Actor, child: UUID) -> QuerySet[Seat]:
    """The actor's seats for a service around this child."""
    return visible_team(actor, child).filter(
        person_id=actor.person, kind=SeatKind.SERVICE, position_id__in=actor.positions
    )


def with_baton(actor: Actor, case: UUID) -> Case:
    """A case that the actor sees, in one statement with who holds its baton where somebody does."""
    held = visible_batons(actor).with_deputy().select_related("case", "position__unit__service")
    baton = held.filter(case_id=case, until=FOREVER).first()
    if baton is None:
        return visible_cases(actor).get(pk=case)
    baton.case.__dict__["baton"] = baton
    return baton.case


def gripped(actor: Actor, case: UUID) -> Case:
    """The case, read anew and held until the end of the transaction, so that one hand moves it at a time."""
    found = visible_cases(actor).select_for_update(of=("self",)).filter(pk=case).first()
    if found is None:
        raise Refused(refuse(_("You no longer take part in this. Nothing was changed.")))
    return found


def as_it_stands(actor: Actor, entry: Log) -> Log:
    """The entry with the readers it has now; asked while its case is gripped, so that they stay those."""
    found = visible_entries(actor).filter(pk=entry.pk).first()
    if found is None:
        raise Refused(refuse(_("You no longer take part in this. Nothing was changed.")))
    return found


def gripped_offer(actor: Actor, offer: UUID) -> Offer:
    """The offer as it stands once nobody else moves its case."""
    seen = visible_offers(actor).filter(pk=offer).values_list("case_id", flat=True).first()
    if seen is not None:
        gripped(actor, seen)
        chosen = visible_offers(actor).select_related("case", "giver__unit", "receiver__unit")
        found = chosen.filter(pk=offer).first()
        if found is not None:
            return found
    raise Refused(refuse(_("You no longer take part in this. Nothing was changed.")))
