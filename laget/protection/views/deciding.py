"""The pages about who is kept away from a child's record, and what two people decide together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.families.access import children_called, claims_to_answer
from laget.kernel.actor import Actor, Capacity
from laget.protection import access, actions, addresses, forms, letters, shown

if TYPE_CHECKING:
    from django.http import HttpRequest

    from laget.families.models import Child
    from laget.protection.models import Proposal, Restriction


@page(children_called, needs=access.may_know, only=Capacity.WORKER)
def protection(request: Request, child: Child) -> HttpResponse:
    """Who is kept away from the child's record, and what waits for an answer: for those who help."""
    actor, today = request.actor, timezone.localdate()
    context = {
        "child": child,
        "kept": shown.of_child(actor, child, today),
        "graded": addresses.graded(actor, child.pk, today),
        "doors": addresses.doors(actor, child.pk),
        "may_grade": access.may_grade(actor, child),
        "asked": shown.own_asked(actor, child.pk),
        "may": access.may_decide(actor, child),
        "back": reverse("child_home", args=[child.pk]),
    }
    return render(request, "protection/protection.html", context)


@page(children_called, needs=access.may_decide, only=Capacity.WORKER, methods=("GET", "POST"))
def keep_away(request: Request, child: Child) -> HttpResponse:
    """The one who holds the baton keeps a parent away from the child's record."""
    people = shown.may_be_kept(child.pk)
    form = typed(request, forms.KeepAwayForm, people=people)
    kept = carried_out(form, lambda data: actions.keep_away(request.actor, child, **data))
    if kept is not None:
        return done(request, _home(child.pk), _("The parent is kept away from now. The family is not told."))
    return form_page(request, "protection/keep_away.html", form, child=child, people=people, back=_home(child.pk))


def _home(child: Any) -> str:
    return reverse("protection", args=[child])


@page(access.visible_restrictions, only=Capacity.WORKER)
def kept_away(request: Request, restriction: Restriction) -> HttpResponse:
    """A decision: whom it keeps away, why, and until when it is to be looked at."""
    actor = request.actor
    context = {
        "one": shown.kept(actor, [restriction], timezone.localdate())[0],
        "may": access.may_end(actor, restriction),
        "back": _home(restriction.child_id) if access.may_know(actor, restriction) else "",
        "leads": access.confirms(actor),
    }
    return render(request, "protection/kept_away.html", context)


@page(access.visible_restrictions, needs=access.may_end, only=Capacity.WORKER, methods=("GET", "POST"))
def look_again(request: Request, restriction: Restriction) -> HttpResponse:
    """It still holds: choose the next day to look at it."""
    form = typed(request, forms.LookAgainForm)
    looked = carried_out(form, lambda data: actions.look_again(request.actor, restriction, **data))
    if looked is not None:
        return done(request, _home(restriction.child_id), _("The decision holds, and the day is saved."))
    return form_page(request, "protection/look_again.html", form, one=restriction, back=_home(restriction.child_id))


@page(access.visible_restrictions, needs=access.may_end, only=Capacity.WORKER, methods=("GET", "POST"))
def end(request: Request, restriction: Restriction) -> HttpResponse:
    """Ask a leader to confirm that a parent is kept away no more."""
    form = typed(request, forms.ReasonForm)
    asked = carried_out(form, lambda data: actions.ask_to_end(request.actor, restriction, **data))
    if asked is not None:
        return done(request, _home(restriction.child_id), _("A leader is asked. Nothing changes until then."))
    lead = _(
        "%(name)s is kept away until a leader confirms. Talk with the child and the one who is protected first."
    ) % {"name": restriction.called}
    back = _home(restriction.child_id)
    return form_page(request, "protection/end.html", form, lead=lead, address=request.path, back=back)


def _waiting(actor: Actor, request: HttpRequest) -> list[Any]:
    return [*access.to_confirm(actor), *claims_to_answer(actor)]


@page(gathers=_waiting, only=Capacity.WORKER, known=access.confirms)
def to_confirm(request: Request, waiting: list[Any]) -> HttpResponse:
    """What waits for a leader to confirm: what loosens a protection, and who is let in as a parent."""
    claims, proposals = shown.apart(waiting)
    context = {"rows": shown.asked(proposals), "claims": shown.claimed(claims)}
    return render(request, "protection/to_confirm.html", context)


@page(access.visible_proposals, only=Capacity.WORKER, methods=("GET", "POST"))
def confirm(request: Request, proposal: Proposal) -> HttpResponse:
    """The second person reads what is asked, and answers."""
    form = typed(request, forms.ConfirmForm)
    said = carried_out(form, lambda data: actions.answer(request.actor, proposal, **data))
    if said is not None:
        return done(request, reverse("to_confirm"), _("Your answer is saved."))
    letter = letters.letter_of(request.actor, proposal)
    return form_page(
        request, "protection/confirm.html", form, one=shown.asked([proposal])[0],
        may=access.may_answer(request.actor, proposal), leads=access.confirms(request.actor),
        letter=letters.marked(proposal, letter) if letter else None,
        may_fetch=access.may_fetch(request.actor, proposal), second=proposal.asked_by_id != request.actor.person,
    )  # fmt: skip
