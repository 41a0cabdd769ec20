"""A parent asks a service to be told about the child: the request, the answer, and what the county governor decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.access.sealing import index
from laget.audit.actions import record
from laget.families import ground
from laget.families.access import (
    adults_around,
    may_answer,
    may_take_requests,
    positions_around,
)
from laget.families.models import Child, InformationAnswer, InformationRequest, InformationRight
from laget.families.words import told
from laget.kernel.actor import Actor, Place
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done
from laget.law.information import Answer, Withheld, answers
from laget.people.rules import clean_text

WORDS = 2000
SHORT = 300
IDENTITIES = ("document", "eid", "known")


@dataclass(frozen=True)
class Asked:
    """Who asks and for what. tie: the id of a parent who is registered; else name, number and proof say who it is."""

    asked_on: date
    words: str
    tie: UUID | None = None
    name: str = ""
    number: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Answered:
    """How it was checked who asks, and what is answered. ground: why something is not told."""

    identity: str
    outcome: str
    given: str = ""
    withheld: str = ""
    ground: str = ""
    reason: str = ""


@action("families.information_asked")
def take_request(actor: Actor, child: Child, asked: Asked) -> Done[InformationRequest]:
    """Write down what a parent asks to be told (BL81 § 47). The one who asks gets no place here by it."""
    require(may_take_requests(actor, child))
    place = actor.place(positions_around(actor, child.pk)[0])
    assert place is not None
    made = InformationRequest(
        pk=uuid4(), child=child, service_id=place.service, position_id=place.position, by_id=actor.person,
        asked_on=asked.asked_on, words=clean_text(asked.words, WORDS), **_who(actor, child, asked),
    )  # fmt: skip
    made.save(force_insert=True)
    record(actor, "families.information_asked", child=child.pk, object_id=made.pk, position=place.position)
    return Done(made)


def _who(actor: Actor, child: Child, asked: Asked) -> dict[str, Any]:
    if asked.tie is None:
        return {"name": asked.name, "mark": index(asked.number), "proof": clean_text(asked.proof, SHORT)}
    tie = adults_around(actor, child.pk).filter(pk=asked.tie).first()
    if tie is None:
        raise Invalid(_("Choose who asks."), "who")
    return {"asker_id": tie.person_id, "name": tie.called or ""}


def _place_of(actor: Actor, request: InformationRequest) -> Place:
    """The position in which the actor answers for the service that was asked. Raises Invalid when it has ended."""
    held = [actor.place(position) for position in positions_around(actor, request.child_id)]
    for place in held:
        if place is not None and place.service == request.service_id:
            return place
    raise Invalid(_("You do not work in the service that was asked any more."))


@action("families.information_answered")
def answer_request(actor: Actor, request: InformationRequest, answered: Answered) -> Done[InformationAnswer]:
    """Answer once: what is told, what is not and why, and the words of the answer as they are to be said."""
    require(may_answer(actor, request))
    place = _place_of(actor, request)
    _hold(answered, answers(place.act, closed=ground.closed_to(request.pk)))
    made = InformationAnswer(
        pk=uuid4(), request=request, identity=answered.identity, outcome=answered.outcome, by_id=actor.person,
        position_id=place.position, ground=answered.ground, told=told(answered.outcome),
        **{name: clean_text(getattr(answered, name), WORDS) for name in ("given", "withheld", "reason")},
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # a colleague answered at the same moment
        require(may_answer(actor, request))
        raise
    record(
        actor, "families.information_answered", child=request.child_id, object_id=request.pk, position=place.position,
        details={"outcome": answered.outcome},
    )  # fmt: skip
    return Done(made)


def _hold(answered: Answered, open_to: tuple[Answer, ...]) -> None:
    """Raises Invalid for an answer that may not be given, or that says too little."""
    if answered.identity not in IDENTITIES:
        raise Invalid(_("Say how you checked who asks."), "identity")
    if answered.outcome not in open_to:
        raise Invalid(_("This request can't be answered so. Read the page once more."), "outcome")
    if answered.outcome in (Answer.GIVEN, Answer.PART) and not answered.given.strip():
        raise Invalid(_("Write what is told."), "given")
    if answered.outcome == Answer.PART and not answered.withheld.strip():
        raise Invalid(_("Write what is not told."), "withheld")
    if answered.outcome in (Answer.PART, Answer.REFUSED) and len(open_to) > 1:
        _explained(answered)


def _explained(answered: Answered) -> None:
    if answered.ground not in set(Withheld):
        raise Invalid(_("Choose why."), "ground")
    if not answered.reason.strip():
        raise Invalid(
            _("Write why. The one who asks does not see it, but the county governor may ask for it."), "reason"
        )


@action("families.information_right_decided")
def decide_right(
    actor: Actor, request: InformationRequest, *, lost: bool, decided_on: date, reference: str
) -> Done[InformationRight]:
    """Note that the county governor has taken away the asker's right to be told, or given it back (BL81 § 47)."""
    place = _place_of(actor, request)
    require(may_take_requests(actor, request.child))
    where = clean_text(reference, 100)
    if not where:
        raise Invalid(_("Write the number of the decision, so that others find it."), "reference")
    made = InformationRight(
        pk=uuid4(), request=request, lost=lost, decided_on=decided_on, reference=where, by_id=actor.person
    )
    made.save(force_insert=True)
    record(
        actor, "families.information_right_decided", child=request.child_id, object_id=request.pk,
        position=place.position, details={"lost": lost},
    )  # fmt: skip
    return Done(made)
