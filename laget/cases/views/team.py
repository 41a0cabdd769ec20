"""The team: who leads, who takes part and what they may know; levels, invitations, and the baton that fell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases import actions, rights, shown
from laget.cases.access import visible_cases, visible_invitations
from laget.cases.addresses import home_of, pages_of, start
from laget.cases.forms import LevelForm, PersonForm
from laget.consents.access import visible_requests, waiting_renewals
from laget.consents.shown import why_again
from laget.kernel.actor import Actor, Capacity

if TYPE_CHECKING:
    from laget.cases.models import Case, Invitation
    from laget.consents.models import Renewal
    from laget.consents.models import Request as ConsentRequest


@page(visible_requests, needs=rights.may_open_case, key="asked", only=Capacity.WORKER, methods=("POST",))
def open_case(request: Request, asked: ConsentRequest) -> HttpResponse:
    """The case begins, with what was noted as its first entry."""
    case = actions.open_case(request.actor, asked).value
    return done(request, home_of(request.actor, case), _("The case is open. You hold the baton."))


@page(visible_cases)
def case_team(request: Request, case: Case) -> HttpResponse:
    """Who is around the child, who leads, and what each service may know."""
    actor, some = request.actor, shown.gathered(request.actor, case)
    context = {
        "case": case,
        "family": actor.is_citizen,
        "team": shown.team(case, some),
        "deputies": shown.stands_in(some),
        "place": case.baton.position_id if case.baton and case.baton.position_id in actor.positions else None,
        "levels": shown.levels(case),
        "level": shown.level_now(case),
        "may_follow_newer": rights.may_follow_newer(actor, case),
        "history": shown.history(case, some),
        "closing": shown.closing(case, some),
        "today": timezone.localdate(),
        "offer": case.standing_offer,
        "receiver": shown.receiver(some),
        "holds": rights.holds(actor, case),
        "may_move_level": rights.may_move_level(actor, case),
        "may_invite": rights.may_invite(actor, case),
        "may_offer": rights.may_offer(actor, case),
        "may_close": rights.may_close(actor, case),
        "may_ask": rights.may_ask_for_service(actor, case),
        "may_reopen": rights.may_reopen(actor, case) if not case.is_open else None,
        "may_accept_acting": rights.may_accept_acting(actor, case),
        "renewals": _renewals(actor, case) if actor.is_worker and case.is_open else [],
        "home": home_of(actor, case),
        "tabs": pages_of(actor, case, "case_team"),
    }
    return render(request, "cases/team.html", context)


def _renewals(actor: Actor, case: Case) -> list[tuple[Renewal, str]]:
    """What the family is to be asked again, each with why."""
    return [(one, why_again(one)) for one in waiting_renewals(actor, case.child_id)]


@page(visible_cases, needs=rights.may_accept_acting, only=Capacity.WORKER, methods=("POST",))
def accept_acting(request: Request, case: Case) -> HttpResponse:
    """The one to whom the baton fell keeps it."""
    actions.accept_acting(request.actor, case)
    return done(request, reverse("case_team", args=[case.pk]), _("You hold the baton now."))


@page(visible_cases, needs=rights.may_move_level, only=Capacity.WORKER, methods=("GET", "POST"))
def level(request: Request, case: Case) -> HttpResponse:
    """Another form of cooperation, with a reason."""
    people = shown.around_named(request.actor, case)
    form = typed(request, LevelForm, levels=shown.next_levels(case), people=people)
    moved = carried_out(form, lambda data: actions.move_level(request.actor, case, **data))
    back = reverse("case_team", args=[case.pk])
    if moved is not None and shown.to_ask_now(request.actor, moved.value):
        said = _("The level is changed. Here you ask the family now whether another service may join.")
        return done(request, reverse("ask_service", args=[case.child_id]), said)
    if moved is not None:
        return done(request, back, _("The level is changed. The family has been told."))
    return form_page(
        request, "cases/level.html", form, case=case, levels=shown.levels(case), level=shown.level_now(case), back=back
    )


@page(visible_cases, needs=rights.may_invite, only=Capacity.WORKER, methods=("GET", "POST"))
def invite(request: Request, case: Case) -> HttpResponse:
    """Ask somebody in a covered service to take a seat."""
    people = shown.carriers(request.actor, case)
    free = [one for one in people if not one.seated]
    form = typed(request, PersonForm, able=shown.grouped(free), people=shown.around_named(request.actor, case))
    made = carried_out(
        form,
        lambda data: actions.invite(
            request.actor, case, position=UUID(data["position"]), words=data["words"]
        ),
    )  # fmt: skip
    if made is not None:
        return done(request, reverse("case_team", args=[case.pk]), _("The invitation is sent."))
    return form_page(
        request,
        "cases/invite.html",
        form,
        case=case,
        nobody=not free,
        back=reverse("case_team", args=[case.pk]),
        may_ask=rights.may_ask_for_service(request.actor, case),
    )


ANSWERS = {
    "accept": actions.accept_invitation,
    "decline": actions.decline_invitation,
    "take_back": actions.take_back_invitation,
}


@page(visible_invitations, only=Capacity.WORKER, methods=("GET", "POST"))
def invitation(request: Request, invitation: Invitation) -> HttpResponse:
    """An invitation: the invited person answers, the one who invited may take it back."""
    act = ANSWERS.get(request.POST.get("do", "")) if request.method == "POST" else None
    if act is not None:
        act(request.actor, invitation)
        return _after(request, invitation)
    context = {
        "invitation": invitation,
        "about": shown.invitation(request.actor, invitation),
        "may_answer": rights.may_answer_invitation(request.actor, invitation),
        "may_take_back": rights.may_take_back_invitation(request.actor, invitation),
        "to_me": invitation.position_id in request.actor.positions,
        "in_case": shown.in_case(request.actor, invitation.case_id),
    }
    return render(request, "cases/invitation.html", context, status=422 if request.method == "POST" else 200)


def _after(request: Request, invitation: Invitation) -> HttpResponse:
    said = {
        "accept": (reverse("child_page", args=[invitation.case_id]), _("You are in the team.")),
        "decline": (start(), _("You have said no. The one who invited you has been told.")),
        "take_back": (reverse("case_team", args=[invitation.case_id]), _("The invitation is taken back.")),
    }
    address, message = said[request.POST["do"]]
    return done(request, address, message)
