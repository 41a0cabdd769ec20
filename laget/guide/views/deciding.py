"""Taking a draft into use from a day, and confirming what another administrator proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access import answers
from laget.access.gate import Request, page
from laget.access.pages import carried_out, done, form_page, typed
from laget.guide import actions
from laget.guide.access import latest_wording, may_take_into_use, visible_drafts, visible_proposals
from laget.guide.difference import touching_consent
from laget.guide.faults import GuideFaults
from laget.guide.forms import ProposeForm
from laget.guide.national import current, version
from laget.guide.reading import read_guide
from laget.guide.rules import Guide
from laget.guide.saying import changes_said, fault_said
from laget.guide.showing import draft_shown, name_of
from laget.guide.words import text
from laget.kernel.actor import Capacity

if TYPE_CHECKING:
    from laget.guide.models import Draft, Proposal


@page(visible_drafts, only=Capacity.WORKER, methods=("GET", "POST"))
def model_propose(request: Request, draft: Draft) -> HttpResponse:
    """From which day the draft is to hold; two people decide where it touches consent."""
    shown = draft_shown(request.actor, draft)
    if shown.guide is None or shown.waiting is not None:
        return answers.not_found(request)
    today = timezone.localdate()
    form = typed(request, ProposeForm)
    number = request.POST.get("version", "")
    made = _carried(
        form,
        lambda data: actions.propose(
            request.actor, draft, data["begins"], int(number) if number.isdecimal() else -1, today
        ),
    )
    if made is None:
        changes = changes_said(current(today), shown.guide)
        two = touching_consent(current(today), shown.guide)
        back = reverse("model_draft", kwargs={"draft": draft.pk})
        return form_page(request, "guide/propose.html", form, shown=shown, changes=changes, two=two, back=back)
    if made.value.two:
        said = _("The draft is proposed. Another administrator must confirm it before it holds.")
        return done(request, reverse("model_draft", kwargs={"draft": draft.pk}), said)
    return done(request, reverse("model_versions"), _("The version is decided. Cases that have begun stay on theirs."))


@page(visible_proposals, only=Capacity.WORKER, methods=("GET", "POST"))
def model_confirm(request: Request, proposal: Proposal) -> HttpResponse:
    """What another administrator proposed, in words, to be confirmed or withdrawn."""
    if getattr(proposal, "ruling", None) is not None:
        return answers.not_found(request)
    form = typed(request, forms.Form)
    if _carried(form, lambda data: actions.confirm(request.actor, proposal, timezone.localdate())):
        return done(
            request, reverse("model_versions"), _("The version is decided. Cases that have begun stay on theirs.")
        )
    guide = _read(proposal.wording.own)
    context = {
        "proposal": proposal,
        "name": text(guide.name) if guide else _("A draft with faults"),
        "changed": latest_wording(proposal.wording.draft).pk != proposal.wording_id,
        "changes": changes_said(version(proposal.against), guide) if guide else [],
        "verdict": may_take_into_use(request.actor, proposal),
        "proposer": name_of(proposal.by),
        "back": reverse("model_draft", kwargs={"draft": proposal.wording.draft_id}),
    }
    return form_page(request, "guide/confirm.html", form, **context)


@page(visible_proposals, only=Capacity.WORKER, methods=("POST",))
def model_withdraw(request: Request, proposal: Proposal) -> HttpResponse:
    """The proposal waits no more; the draft stays."""
    form = typed(request, forms.Form)
    where = reverse("model_draft", kwargs={"draft": proposal.wording.draft_id})
    if carried_out(form, lambda data: actions.withdraw(request.actor, proposal)):
        return done(request, where, _("The proposal is withdrawn. The draft can be changed and proposed again."))
    return done(request, reverse("model_versions"), _("This proposal is decided already."))


def _read(own: str) -> Guide | None:
    """None when a later product no longer takes what the draft says: confirming then says the faults."""
    try:
        return read_guide(own)
    except GuideFaults:
        return None


def _carried(form: forms.Form, act: Any) -> Any:
    """What a version lacks to be taken into use is said like any other fault of the form."""
    try:
        return carried_out(form, act)
    except GuideFaults as found:
        for one in found.faults:
            form.add_error(None, fault_said(one))
        return None
