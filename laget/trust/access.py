"""Who may know who has looked, who answers for it, and what the data protection officer may control."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from laget.audit.models import Reading
from laget.emergency.access import visible_openings
from laget.families.models import Parent
from laget.kernel.actor import Actor, Capacity
from laget.kernel.period import FOREVER
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.sight.access import family_seats, ids_known, visible_seats
from laget.sight.models import FAMILY, Forbid, Seat, SeatKind
from laget.trust.models import Finding, Inquiry, Question, Reply, Round, Verification
from laget.trust.rules.clock import ENDS, Outcome

OF_A_QUESTION = ("trust.question", "trust.inquire_asked")
ANSWERED = _("This is answered.")
PASSED_ON = _("You have passed it on to the data protection officer, who answers.")
NOT_YOURS = _("Only the leader who was asked, or the data protection officer, answers this.")


def visible_readings(actor: Actor) -> QuerySet[Reading]:
    """The actor's own readings, and those by services of pages that showed the actor's children.

    Which other children a page showed is nobody's to know, so `children` is never fetched. That a question was read
    is shown to the one who asked it: to the rest of the family it would tell who asks. A reading in an emergency
    is shown from when the family may know of it.
    """
    seen = Q(person=actor.person)
    if actor.is_citizen:
        shown = Q(capacity=Capacity.WORKER, children__overlap=ArraySubquery(family_seats(actor).values("child_id")))
        asked = visible_questions(actor).filter(pk=OuterRef("object_id"))
        told = visible_openings(actor).filter(pk=OuterRef("object_id"))
        shown &= ~Q(page__in=OF_A_QUESTION) | Q(Exists(asked))
        seen |= shown & (~Q(ground__startswith="emergency.") | Q(Exists(told)))
    return Reading.objects.filter(seen).defer("children", "object_id")


def readings_of(actor: Actor, child: UUID) -> QuerySet[Reading]:
    """Readings by services of pages that showed this child; the family's own are left out."""
    return visible_readings(actor).filter(capacity=Capacity.WORKER, children__contains=[child])


def service_seats(actor: Actor, child: UUID, people: set[UUID]) -> QuerySet[Seat]:
    """Every seat, also ended ones, that these people have had around the child for a service."""
    held = visible_seats(actor).filter(
        child_id=child, person_id__in=people, kind__in=(SeatKind.SERVICE, SeatKind.ASKING)
    )
    return held.select_related("position__unit__service").order_by("-since", "id")


def _not_own(actor: Actor, child: str) -> Q:
    """Rows about no child whom the actor has to do with in private. `child` is the name of the row's field."""
    barred = Forbid.objects.in_force().filter(person_id=actor.person).values("child_id")
    seated = Seat.objects.filter(person_id=actor.person, kind__in=FAMILY).values("child_id")
    tied = Parent.objects.filter(person_id=actor.person).values("child_id")
    return ~Q(**{f"{child}__in": barred}) & ~Q(**{f"{child}__in": seated}) & ~Q(**{f"{child}__in": tied})


def _led(actor: Actor) -> Q:
    return Q(unit_id__in=actor.units_led)


def visible_questions(actor: Actor) -> QuerySet[Question]:
    """A family's own about a child in sight; a leader's, to the units led; the officer's, once passed on."""
    if actor.is_citizen:
        return Question.objects.filter(asked_by_id=actor.person, child_id__in=ids_known(actor))
    if not actor.is_worker:
        return Question.objects.none()
    asked = _led(actor) | Q(escalated_at__lt=FOREVER) if actor.protects else _led(actor)
    found = Question.objects.filter(asked & ~Q(reader_id=actor.person) & _not_own(actor, "child_id"))
    return found.select_related("unit__service")


def visible_findings(actor: Actor) -> QuerySet[Finding]:
    """What log control asks the units one leads; all of it for the officer; never about one's own readings."""
    if not actor.is_worker:
        return Finding.objects.none()
    asked = Q() if actor.protects else _led(actor)
    found = Finding.objects.filter(asked & ~Q(reader_id=actor.person) & _not_own(actor, "about"))
    return found.select_related("unit__service")


def visible_replies(actor: Actor) -> QuerySet[Reply]:
    """What was said to the questions one sees; a family not what a leader said to the officer."""
    asked = Exists(visible_questions(actor).filter(pk=OuterRef("question_id")))
    found = Exists(visible_findings(actor).filter(pk=OuterRef("finding_id")))
    said = Reply.objects.filter(asked | found)
    return said.exclude(outcome=Outcome.PASSED_ON) if actor.is_citizen else said


def visible_inquiries(actor: Actor) -> QuerySet[Inquiry]:
    """The officer's own."""
    if not actor.protects:
        return Inquiry.objects.none()
    return Inquiry.objects.filter(_not_own(actor, "child_id"), by_id=actor.person)


def visible_rounds(actor: Actor) -> QuerySet[Round]:
    return Round.objects.all() if actor.protects else Round.objects.none()


def visible_verifications(actor: Actor) -> QuerySet[Verification]:
    return Verification.objects.all() if actor.protects else Verification.objects.none()


def controls(actor: Actor) -> bool:
    """Whether there are pages of control for this actor at all."""
    return actor.protects


def answers(actor: Actor) -> bool:
    """Whether there are pages for answering: for leaders, and for the officer."""
    return actor.protects or (actor.is_worker and bool(actor.units_led))


def may_answer(actor: Actor, outcomes: Sequence[str]) -> Verdict:
    """A leader until it is passed on by hand or answered; the officer until it is answered. `outcomes`: said so far."""
    last = outcomes[-1] if outcomes else None
    if last in ENDS:
        return refuse(ANSWERED)
    if not answers(actor):
        return refuse(NOT_YOURS)
    if last == Outcome.PASSED_ON and not actor.protects:
        return refuse(PASSED_ON)
    return ALLOWED


def outcomes_for(actor: Actor) -> tuple[str, ...]:
    """A leader explains or passes on; the officer explains or says that it was against the law."""
    return (Outcome.EXPLAINED, Outcome.UNLAWFUL) if actor.protects else (Outcome.EXPLAINED, Outcome.PASSED_ON)


def _to(asked: Question | Finding) -> Q:
    return Q(question_id=asked.pk) if isinstance(asked, Question) else Q(finding_id=asked.pk)


def replies_to(actor: Actor, asked: Question | Finding) -> QuerySet[Reply]:
    return visible_replies(actor).filter(_to(asked)).order_by("at", "id")


def may_control(actor: Actor, subject: object = None) -> Verdict:
    return ALLOWED if actor.protects else refuse(_("Only the data protection officer controls who has looked."))
