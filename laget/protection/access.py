"""Who may know that a parent is kept away and why, who decides it, and who confirms what loosens a protection."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from laget.directory.models import Position
from laget.families.access import kin
from laget.families.models import Child
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.law.kinds import Kind
from laget.protection import rights
from laget.protection.models import Grading, HeldMail, Letter, Look, Opening, Place, Proposal, Restriction, Sort, Why
from laget.sight.access import sees_case, working_seats
from laget.sight.models import Cover

TOLD_BY = (Kind.FAMILY_SITUATION, Kind.CHILD_WELFARE)
"""Kinds of information that the reason for keeping a parent away belongs to."""
ONLY_TEAM = refuse(_("Only those who take part in the child's case see this."))
ONLY_HOLDER = refuse(_("Only the one who holds the baton decides this. Talk with that person now if it is urgent."))
OPEN_NO_MORE = refuse(_("This has been answered."))
ENDED = refuse(_("This decision has ended."))
NOT_PROTECTED = refuse(_("No address here is protected, so nothing is closed."))
STRONGER = refuse(
    _("The protection has become stronger since this was asked. Answer no, so that it can be asked anew.")
)
ANOTHER = refuse(_("Another person than the one who asked answers this."))


def _leads(actor: Actor, **where: Any) -> Exists:
    held = Position.objects.current().filter(person_id=actor.person, leads=True, **where)
    return Exists(held)


def visible_restrictions(actor: Actor) -> QuerySet[Restriction]:
    """For workers in the child's case, and the leader of the one who decided. For no family, neither parent."""
    if not actor.is_worker:
        return Restriction.objects.none()
    led = Q(_leads(actor, unit_id=OuterRef("position__unit_id"))) & ~kin(actor, "child_id")
    return Restriction.objects.filter(sees_case(actor) | led)


def visible_whys(actor: Actor) -> QuerySet[Why]:
    """Why a parent is kept away: for the one who decided, the leader, and those who may know such things."""
    if not actor.is_worker:
        return Why.objects.none()
    service = Q(service_id=OuterRef("position__unit__service_id"))
    covers = Cover.objects.in_force().filter(service, child_id=OuterRef("child_id"), kind__in=TOLD_BY)
    covered = working_seats(actor).filter(Exists(covers), child_id=OuterRef("child_id"))
    led = _leads(actor, unit_id=OuterRef("position__unit_id"))
    near = visible_restrictions(actor).filter(Q(by_id=actor.person) | Q(led))
    return Why.objects.filter(Q(Exists(covered)) | Q(restriction__in=near))


def visible_proposals(actor: Actor) -> QuerySet[Proposal]:
    """What the actor has asked for, and what the actor may answer or has answered as a leader."""
    if not actor.is_worker:
        return Proposal.objects.none()
    own = Q(asked_by_id=actor.person) & sees_case(actor)
    where = Position.objects.current().filter(person_id=actor.person, leads=True).values("unit__service_id")
    led = Q(services__overlap=ArraySubquery(where)) & ~Q(asked_by_id=actor.person) & ~kin(actor, "child_id")
    return Proposal.objects.filter(own | led)


def visible_letters(actor: Actor) -> QuerySet[Letter]:
    """What is to leave though it tells where a child is: for those who see what is asked."""
    return Letter.objects.filter(proposal__in=visible_proposals(actor))


def visible_held(actor: Actor) -> QuerySet[HeldMail]:
    """E-mails that were held for what they tell of a child: for workers in its case."""
    return HeldMail.objects.filter(sees_case(actor)) if actor.is_worker else HeldMail.objects.none()


def may_end_held(actor: Actor, held: HeldMail) -> Verdict:
    """As `may_decide`, once."""
    verdict = may_decide(actor, held)
    if verdict and (
        held.outcome or visible_proposals(actor).filter(sort=Sort.MAIL, subject=held.content, answered_at=None).exists()
    ):
        return refuse(_("This is decided, or waits for a leader."))
    return verdict


def visible_gradings(actor: Actor) -> QuerySet[Grading]:
    """Protected addresses around children in whose cases the worker takes part; for no family."""
    return Grading.objects.filter(sees_case(actor)) if actor.is_worker else Grading.objects.none()


def shut_by_decision(actor: Actor, child: Any) -> QuerySet[Any, Any]:
    """Those whom a decision keeps away, so that opening the pages would not let them in; ids."""
    held = visible_restrictions(actor).filter(child=child, ended_at=FOREVER)
    return held.values_list("person_id", flat=True)


def visible_openings(actor: Actor) -> QuerySet[Opening]:
    """Parents for whom a protected child's page is open, as `visible_gradings`."""
    return Opening.objects.filter(sees_case(actor)) if actor.is_worker else Opening.objects.none()


def visible_looks(actor: Actor) -> QuerySet[Look]:
    """Who has opened pages about protected children: for the data protection officer."""
    return Look.objects.filter(~kin(actor, "child")) if actor.protects else Look.objects.none()


def visible_places(actor: Actor) -> QuerySet[Place]:
    """What is known of where protected children are: that it is known, never what. Workers in the child's case."""
    return Place.objects.filter(sees_case(actor)) if actor.is_worker else Place.objects.none()


def controls(actor: Actor) -> bool:
    """Whether there is a page of looks for this actor."""
    return actor.protects


def to_confirm(actor: Actor) -> QuerySet[Proposal]:
    """What waits for the actor's answer, the oldest first."""
    waiting = visible_proposals(actor).filter(answered_at=None).exclude(asked_by_id=actor.person)
    return waiting.order_by("asked_at", "id")


def confirms(actor: Actor) -> bool:
    """Whether there is a page for what leaders confirm."""
    return actor.is_worker and bool(actor.units_led)


def may_know(actor: Actor, about: Child | Restriction | Grading | HeldMail) -> Verdict:
    """Workers with a place around the child."""
    return ALLOWED if working_seats(actor).filter(child_id=about.child_id).exists() else ONLY_TEAM


def may_decide(actor: Actor, about: Child | Restriction | Grading | HeldMail) -> Verdict:
    """The one who holds the baton; while nobody does, everybody with a place around the child."""
    verdict = may_know(actor, about)
    if not verdict:
        return verdict
    return ALLOWED if rights.holds(actor, about.child_id) else ONLY_HOLDER


def may_end(actor: Actor, restriction: Restriction) -> Verdict:
    """As `may_decide`, while the decision holds."""
    verdict = may_decide(actor, restriction)
    return verdict if not verdict or restriction.is_open else ENDED


def may_grade(actor: Actor, about: Child | Restriction | Grading) -> Verdict:
    """Whoever takes part around the child registers a protected address: it only shuts out, and it may be urgent."""
    return may_know(actor, about)


def may_lower(actor: Actor, grading: Grading) -> Verdict:
    """As `may_decide`, while it holds."""
    verdict = may_decide(actor, grading)
    return verdict if not verdict or grading.is_open else ENDED


def may_open(actor: Actor, child: Child) -> Verdict:
    """As `may_decide`, for a child whose address is protected."""
    verdict = may_decide(actor, child)
    if verdict and not visible_gradings(actor).filter(child=child, rank__gt=0, ended_at=FOREVER).exists():
        return NOT_PROTECTED
    return verdict


def may_fetch(actor: Actor, proposal: Proposal) -> Verdict:
    """The one who asked, when a second person has let exactly this leave."""
    if proposal.sort != Sort.RELEASE or proposal.asked_by_id != actor.person:
        return refuse(_("Only the one who asked fetches the letter."))
    return ALLOWED if proposal.agreed else refuse(_("A leader has not let this leave."))


def may_answer(actor: Actor, proposal: Proposal) -> Verdict:
    """A leader who is another than the one who asked, once."""
    if proposal.asked_by_id == actor.person:
        return ANOTHER
    if not proposal.is_open:
        return OPEN_NO_MORE
    return ALLOWED if to_confirm(actor).filter(pk=proposal.pk).exists() else ANOTHER
