"""A draft becomes a version: proposed by one administrator, and confirmed by another where it touches consent."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.guide.access import (
    latest_wording,
    may_change_model,
    may_take_into_use,
    rows,
    visible_drafts,
    visible_proposals,
)
from laget.guide.actions.drafts import ended
from laget.guide.actions.loading import add_version, one_at_a_time
from laget.guide.difference import touching_consent
from laget.guide.making import fingerprint
from laget.guide.models import Draft, Proposal, Ruling
from laget.guide.national import current
from laget.guide.reading import read_guide
from laget.guide.versions import forget
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done


@action("guide.version_proposed")
def propose(actor: Actor, draft: Draft, begins: date, number: int, today: date) -> Done[Proposal]:
    """The draft, as it stands at `number`, is to hold from `begins`: at once decided, or waiting for another.

    Raises Invalid for a day that is taken or has been, for a draft that was changed meanwhile and for one that waits.
    """
    require(may_change_model(actor))
    one_at_a_time()
    said = latest_wording(draft)
    if not visible_drafts(actor).filter(pk=draft.pk).exists() or said.number != number:
        raise Invalid(_("The draft was changed meanwhile. Read what it says now before you propose it."))
    if visible_proposals(actor).filter(wording__draft=draft, ruling=None).exists():
        raise Invalid(_("This draft is proposed already. Withdraw that first."))
    _day_is_free(begins, today)
    forget()
    before = current(begins)
    two = touching_consent(before, read_guide(said.own))
    made = Proposal(pk=uuid4(), wording=said, begins=begins, against=before.code, two=two, by=actor.person)
    made.save(force_insert=True)
    record(actor, "guide.version_proposed", object_id=made.pk, details={"from": begins.isoformat(), "two": two})
    if not two:
        _taken(actor, made, today)
    return Done(made)


@action("guide.proposal_confirmed")
def confirm(actor: Actor, proposal: Proposal, today: date) -> Done[Proposal]:
    """Another administrator says yes, and the proposal becomes a version. Raises Invalid when it no longer stands."""
    require(may_take_into_use(actor, proposal))
    one_at_a_time()
    _waits(actor, proposal)
    said = latest_wording(proposal.wording.draft)
    same = said.pk == proposal.wording_id and fingerprint(said.own) == proposal.wording.fingerprint
    if not same:
        raise Invalid(_("The draft was changed after it was proposed. Withdraw the proposal, and propose it again."))
    _day_is_free(proposal.begins, today)
    forget()
    if current(proposal.begins).code != proposal.against:
        raise Invalid(_("Another version has come in between. Withdraw the proposal, and propose it again."))
    record(actor, "guide.proposal_confirmed", object_id=proposal.pk)
    _taken(actor, proposal, today)
    return Done(proposal)


@action("guide.proposal_withdrawn")
def withdraw(actor: Actor, proposal: Proposal) -> Done[Proposal]:
    """The proposal waits no more; the draft may be changed and proposed again. Any administrator may do it."""
    require(may_change_model(actor))
    one_at_a_time()
    _waits(actor, proposal)
    Ruling(proposal=proposal, outcome="withdrawn", by=actor.person).save(force_insert=True)
    record(actor, "guide.proposal_withdrawn", object_id=proposal.pk)
    return Done(proposal)


def _waits(actor: Actor, proposal: Proposal) -> None:
    if not visible_proposals(actor).filter(pk=proposal.pk, ruling=None, wording__draft__ended_at=None).exists():
        raise Invalid(_("This proposal is decided already."))


def _taken(actor: Actor, proposal: Proposal, today: date) -> None:
    version = add_version(actor, proposal.wording.own, begins=proposal.begins, today=today)
    Ruling(proposal=proposal, outcome="taken", version=version, by=actor.person).save(force_insert=True)
    ended(actor, proposal.wording.draft)


def _day_is_free(begins: date, today: date) -> None:
    if begins < today:
        raise Invalid(_("Choose today or a later day: cases may have begun under what held before."), "begins")
    if any(day == begins for _code, day in rows()):
        raise Invalid(_("Another version begins on this day. Choose another day."), "begins")
