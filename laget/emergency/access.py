"""Who may open in an emergency, what it opens, and who controls it afterwards."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.cases.models import Log
from laget.emergency.models import Hold, Opening, Review
from laget.emergency.rules import ASKED_FOR, is_fresh
from laget.kernel.actor import Actor
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.sight.access import emergency_seats, sees_case
from laget.sight.models import Forbid
from laget.sight.rules import Audience

STALE = _("Prove who you are once more first. It is asked of everybody who opens in an emergency.")


def _not_barred(actor: Actor) -> Q:
    barred = Forbid.objects.in_force().filter(
        person_id=actor.person, child_id=OuterRef("child_id"), capacity__in=["", "worker"]
    )
    return ~Q(Exists(barred))


def _not_own(actor: Actor) -> Q:
    return ~Q(worker_id=actor.person) & _not_barred(actor)


def controlled_openings(actor: Actor) -> QuerySet[Opening]:
    """A leader's, of the own unit; the officer's, all: never one's own, never of a child one is kept away from."""
    if not actor.is_worker:
        return Opening.objects.none()
    of = Q() if actor.protects else Q(unit_id__in=actor.units_led)
    return Opening.objects.filter(of & _not_own(actor)).select_related("unit__service", "position__unit__service")


def openings_to_review(actor: Actor) -> QuerySet[Opening]:
    """What was opened and is not reviewed yet."""
    reviewed = visible_reviews(actor).filter(opening_id=OuterRef("pk"))
    return controlled_openings(actor).filter(~Q(Exists(reviewed)), opened_at__isnull=False)


def visible_openings(actor: Actor) -> QuerySet[Opening]:
    """One's own; what one controls; and a family's, once it may know."""
    if actor.is_citizen:
        return Opening.objects.filter(sees_case(actor), told_from__lte=Now())
    if not actor.is_worker:
        return Opening.objects.none()
    seen = Opening.objects.filter(_not_barred(actor))
    return seen if actor.protects else seen.filter(Q(worker_id=actor.person) | Q(unit_id__in=actor.units_led))


def own_openings(actor: Actor) -> QuerySet[Opening]:
    """What the actor has asked for, and is not kept away from."""
    own = Opening.objects.filter(_not_barred(actor), worker_id=actor.person)
    return own if actor.is_worker else Opening.objects.none()


def asked_openings(actor: Actor) -> QuerySet[Opening]:
    """What the actor has opened, or asked for so lately that it can be: an old question is asked anew, and counted."""
    lately = Q(asked_at__gt=Now() - ASKED_FOR)
    return own_openings(actor).filter(Q(opened_at__isnull=False) | lately)


def open_openings(actor: Actor) -> QuerySet[Opening]:
    """What is open to the actor now: by a seat that holds, and no forbid."""
    return own_openings(actor).filter(Exists(emergency_seats(actor).filter(origin_id=OuterRef("pk"))))


def opened_entries(actor: Actor) -> QuerySet[Log]:
    """The entries that an emergency opens: those for the whole team, and never the child's own words."""
    held = emergency_seats(actor).values("child_id")
    found = Log.objects.filter(child_id__in=held, audience=Audience.TEAM, how_asked="")
    return found.exclude(sort="child_words").exclude(author_id=F("child_id"))


def visible_holds(actor: Actor) -> QuerySet[Hold]:
    return Hold.objects.filter(_seen(actor))


def visible_reviews(actor: Actor) -> QuerySet[Review]:
    return Review.objects.filter(_seen(actor))


def _seen(actor: Actor) -> Q:
    if not actor.is_worker:
        return Q(pk__in=[])
    return Q(Exists(visible_openings(actor).filter(pk=OuterRef("opening_id"))))


def opens(actor: Actor) -> bool:
    """Whether there are pages of opening at all: for those who work under an act about children and families."""
    return actor.is_worker and any(place.act for place in actor.places) and not actor.protects


def controls(actor: Actor) -> bool:
    return actor.is_worker and (actor.protects or bool(actor.units_led))


def may_ask(actor: Actor) -> Verdict:
    """With a sign-in that was proved a short while ago."""
    if not opens(actor):
        return refuse(_("This is for those who work with children and families."))
    return ALLOWED if is_fresh(actor.proved_at, timezone.now()) else refuse(STALE)


def may_open(actor: Actor, opening: Opening) -> Verdict:
    if opening.opened_at is not None or opening.worker_id != actor.person:
        return refuse(_("This has been opened already. Ask anew if you need it again."))
    return may_ask(actor)


def may_end(actor: Actor, opening: Opening) -> Verdict:
    return ALLOWED if opening.worker_id == actor.person else refuse(_("Only the one who opened it ends it."))


def may_control(actor: Actor, opening: Opening) -> Verdict:
    if controlled_openings(actor).filter(pk=opening.pk).exists():
        return ALLOWED
    return refuse(_("Only the leader and the data protection officer review this, and never one's own."))
