"""The family's page: who to call first, what waits for you, what we agreed, who knows what, and how to take it back."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.prepared import prepared
from laget.cases import rights
from laget.cases.access import visible_views
from laget.cases.following import guide_of, guide_where_held
from laget.cases.models import Case
from laget.consents.access import visible_answers, visible_parties, visible_requests
from laget.consents.models import Request
from laget.desk import shown, steps, words
from laget.desk.shown import CoverShown, Member, Next, Plan
from laget.desk.sights import batons_of, cases_with_course, full_name, goals_of
from laget.desk.steps import Course
from laget.families.access import may_record_birth
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.kernel.verdict import Verdict
from laget.law.ages import age
from laget.law.birthdays import Ahead, ahead


@dataclass(frozen=True)
class Waiting:
    """Something the reader is asked about."""

    title: str
    text: str
    href: str


@dataclass(frozen=True)
class FamilyPage:
    """All that the page shows."""

    child: UUID
    name: str
    age: str
    case: Case | None
    team: list[Member]
    holder: Member | None
    acting: bool
    answer_by: date | None
    stand_ins: list[shown.StandIn]
    asked: list[Waiting]
    answered: list[Waiting]
    next: Next | None
    plan: Plan
    covers: list[CoverShown]
    course: Course | None
    matter: shown.Matter | None
    ended: tuple[str, str] | None
    may_write: Verdict | None
    may_reopen: Verdict | None
    siblings: list[dict[str, str]]
    may_tell_birth: bool
    may_link: bool
    turns: Ahead | None
    """The next birthday on which something passes to the child, when it is the child's next birthday."""
    today: date


def family_page(actor: Actor, child: Any, viewed: Container[str] | None = None) -> FamilyPage:
    """Gather the page; `child` comes from `family_of`. viewed: offers the reader has answered, when known already."""
    today = timezone.localdate()
    case: Any = next(iter(_case(actor, child.person_id)), None)
    requests = _requests(actor, child.person_id)
    if case is not None:
        batons_of(actor, case)
    baton = case.baton if case else None
    team = shown.team(case.team, baton.position_id if baton else None) if case else []
    plan = shown.plan(goals_of(actor, case.pk), guide_where_held(case), today) if case else Plan()
    asked = [*_asked(requests, itself=actor.person == child.person_id), *_offered(actor, case, viewed)]
    covers = shown.covers(case.covers) if case else []
    return FamilyPage(
        child=child.person_id,
        name=child.child_name or "",
        age=words.age_of(child.born, child.expected, today),
        case=case,
        team=team,
        holder=next((one for one in team if one.holder), None),
        acting=bool(baton and baton.acting),
        answer_by=baton.answer_by if baton else None,
        stand_ins=shown.stand_ins(baton),
        asked=asked,
        answered=[] if case else _answered(requests),
        next=_next(case, plan) if case and case.is_open and not asked else None,
        plan=plan,
        covers=covers,
        course=_course(case, plan, covers, today) if case and case.is_open else None,
        matter=shown.matter(case.matter) if case else None,
        ended=shown.ended(case.turn, guide_of(case)) if case and not case.is_open else None,
        may_write=rights.may_write(actor, case) if case else None,
        may_reopen=rights.may_reopen(actor, case) if case and not case.is_open else None,
        siblings=child.siblings,
        may_tell_birth=child.born is None and bool(may_record_birth(actor, child)),
        may_link=child.has_more,
        turns=_turns(child.born, today),
        today=today,
    )


def _turns(born: date | None, today: date) -> Ahead | None:
    near = next(iter(ahead(born, today)), None) if born else None
    return near if near and born and age(born, today) == near.years - 1 else None


def _course(case: Case, plan: Plan, covers: list[CoverShown], today: date) -> Course:
    """Where the case is in the steps of its guide."""
    return steps.course(case, guide_where_held(case), plan, covers, None, today, holds=False)


@prepared
def _case(actor: Actor, child: UUID) -> QuerySet[Case]:
    return cases_with_course(actor).filter(child_id=child)


@prepared
def _asked_about(actor: Actor, child: UUID) -> QuerySet[Request]:
    """Requests about this child: whether the reader is asked, and has answered."""
    mine = visible_parties(actor).filter(request_id=OuterRef("pk"), person_id=actor.person)
    answered = visible_answers(actor).filter(request_id=OuterRef("pk"), person_id=actor.person)
    return (
        visible_requests(actor)
        .filter(child_id=child)
        .select_related("service")
        .annotate(asker=full_name("asked_by_id"), mine=Exists(mine), said=Exists(answered))
        .order_by("asked_at", "id")
    )


def _requests(actor: Actor, child: UUID) -> list[Any]:
    """Requests about this child, with whether they wait for the reader."""
    rows = _asked_about(actor, child)
    for one in rows:
        one.waits = one.mine and not one.said and _stands(one)
    return rows


def _stands(request: Request) -> bool:
    return request.ended_at == FOREVER and request.answer_by > timezone.now()


def _asked(requests: list[Any], *, itself: bool) -> list[Waiting]:
    if itself:
        title = _("May %(service)s know something about you?")
        said = _("%(name)s asks. You decide yourself, and you can change your mind later.")
    else:
        title = _("May %(service)s know something about the child?")
        said = _("%(name)s asks you. You decide, and you can change your mind later.")
    return [
        Waiting(
            title % {"service": one.service.name},
            said % {"name": one.asker or _("A worker")},
            _address(one),
        )
        for one in requests
        if one.waits
    ]


def _answered(requests: list[Any]) -> list[Waiting]:
    """Before there is a case: what the reader has answered, to read again, change or take back."""
    title = _("Your answer about %(service)s")
    return [
        Waiting(title % {"service": one.service.name}, _("Read it again, change it, or take it back."), _address(one))
        for one in requests
        if one.mine and one.said
    ]


def _address(request: Request) -> str:
    return reverse("consent", args=[request.pk])


def _offered(actor: Actor, case: Case | None, viewed: Container[str] | None) -> list[Waiting]:
    """The standing offer, while the reader has said nothing about it."""
    offer = case.standing_offer if case and case.is_open else None
    if offer is None or (_said(actor, offer.pk) if viewed is None else str(offer.pk) in viewed):
        return []
    if case and actor.person == case.child_id:
        title, said = _("Who is to lead your team?"), _("Somebody else may take over the baton. Say what you think.")
    else:
        title = _("Who is to be your contact?")
        said = _("We suggest that somebody else takes over the baton. Say what you think.")
    return [Waiting(title, said, reverse("offer", args=[offer.pk]))]


@prepared
def _said(actor: Actor, offer: UUID) -> QuerySet[Any]:
    return visible_views(actor).filter(offer_id=offer, person_id=actor.person)


def _next(case: Case, plan: Plan) -> Next:
    due = plan.due
    if due:
        return Next(
            _("We look at it together"),
            due.words,
            reverse("case_plan", args=[case.pk]),
            _("See what we agreed"),
            due.review,
        )
    if plan.goals:
        return Next(
            _("We agree on who does what"), plan.goals[0].words, reverse("case_plan", args=[case.pk]), _("See the plan")
        )
    return Next(
        _("We agree on what we want to reach"),
        _("Your contact talks with you about it. You can write what matters to the child already now."),
        reverse("matter", args=[case.pk]),
        _("Tell what matters"),
    )
