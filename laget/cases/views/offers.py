"""The baton offered: each sees the one clear next step."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from laget.access import answers
from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.cases import actions, rights, shown
from laget.cases.access import visible_cases, visible_offers
from laget.cases.addresses import start
from laget.cases.forms import PersonForm, ViewForm, WishForm, WordsForm
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.cases.models import Case, Offer


@page(visible_cases, needs=rights.may_offer, only=Capacity.WORKER, methods=("GET", "POST"))
def offer_baton(request: Request, case: Case) -> HttpResponse:
    """Hold the baton out to somebody near the child."""
    people = shown.carriers(request.actor, case)
    form = typed(request, PersonForm, able=shown.grouped(people), people=shown.around_named(request.actor, case))
    made = carried_out(
        form,
        lambda data: actions.offer_baton(
            request.actor, case, position=UUID(data["position"]), words=data["words"]
        ),
    )  # fmt: skip
    if made is not None:
        return done(
            request,
            reverse("offer", args=[made.value.pk]),
            _("The baton is offered. You hold it until it is accepted."),
        )
    return form_page(
        request, "cases/offer_baton.html", form, case=case, nobody=not people, criteria=shown.criteria(case),
        back=reverse("case_team", args=[case.pk]),
    )  # fmt: skip


@page(visible_offers, methods=("GET", "POST"))
def offer(request: Request, offer: Offer) -> HttpResponse:
    """An offer of the baton, as the receiver, the giver, the family or the rest of the team sees it."""
    if request.method == "POST" and request.POST.get("do") in ("accept", "decline", "take_back"):
        return _moved(request, offer)
    about = shown.offer(request.actor, offer)
    if request.actor.is_citizen:
        return _family(request, offer, about)
    form = typed(request, WordsForm, people=shown.named(request.actor, about.around))
    return form_page(request, "cases/offer.html", form, offer=offer, about=about, family=False, wish=None)


def _moved(request: Request, offer: Offer) -> HttpResponse:
    """Accept, decline or take back."""
    team = reverse("case_team", args=[offer.case_id])
    acts = {
        "accept": (actions.accept_baton, team, _("You hold the baton now.")),
        "decline": (actions.decline_baton, start(), _("You have said no. The one who offered it has been told.")),
        "take_back": (actions.take_back_baton, team, _("The offer is taken back. You hold the baton.")),
    }
    act, address, message = acts[request.POST["do"]]
    form = WordsForm(request.POST, people=shown.around_named(request.actor, offer.case))
    if carried_out(form, lambda data: act(request.actor, offer, words=data["words"])) is not None:
        return done(request, address, message)
    about = shown.offer(request.actor, offer)
    return form_page(request, "cases/offer.html", form, offer=offer, about=about, family=False, wish=None)


def _family(request: Request, offer: Offer, about: shown.OfferShown) -> HttpResponse:
    """A parent is asked whether the service may lead; everybody in the family may say a wish."""
    actor = request.actor
    form = typed(
        request, ViewForm if actor.person in about.asked else WishForm, shown.said_before(about, actor.person),
        people=shown.named(actor, about.around),
    )  # fmt: skip
    said = carried_out(
        form,
        lambda data: actions.answer_offer(
            actor, offer, agrees=data.get("agrees", "yes") == "yes", wish=data["wish"]
        ),
    )  # fmt: skip
    if said is not None:
        return done(request, request.path, _("Thank you. What you said is passed on."))
    return form_page(request, "cases/offer.html", form, offer=offer, about=about, family=True, wish=True)


@page(visible_offers, needs=rights.may_note_views, key="offer", only=Capacity.WORKER, methods=("GET", "POST"))
def note_view(request: Request, offer: Offer, person: UUID) -> HttpResponse:
    """Note what a parent answered orally."""
    about = shown.offer(request.actor, offer)
    if person not in about.asked:
        return answers.not_found(request)
    form = typed(request, ViewForm, people=shown.named(request.actor, about.around))
    said = carried_out(
        form,
        lambda data: actions.note_view(
            request.actor, offer, person, agrees=data["agrees"] == "yes", wish=data["wish"]
        ),
    )  # fmt: skip
    back = reverse("offer", args=[offer.pk])
    if said is not None:
        return done(request, back, _("The answer is noted."))
    return form_page(
        request, "cases/note_view.html", form, offer=offer, about=about, person=person, who=about.name_of(person),
        back=back,
    )  # fmt: skip
