"""What gives a parent responsibility, a page and a say: read by one, confirmed by another, and in time, or it falls."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.families import ground, rules
from laget.families.access import (
    children_called,
    claims_around,
    leaders_of,
    may_answer_claim,
    may_register,
    may_register_claimed,
    may_take_back,
    positions_around,
    ties_called,
    visible_claims,
)
from laget.families.actions.responsibility import CHANGED, check_document, lets_in
from laget.families.events import ResponsibilityChanged
from laget.families.models import Child, Claim, Parent
from laget.guide.national import current
from laget.kernel.actor import SYSTEM, Actor, Capacity, Place
from laget.kernel.errors import Invalid
from laget.kernel.events import announce
from laget.kernel.outcome import Done
from laget.notices.actions import tell
from laget.people.rules import clean_text
from laget.sight.access import visible_seats

WAITS = _("This waits for a second person already.")
NOBODY = _(
    "Nobody can confirm this: another must take part in the case, or lead in one of the services around the child. "
    "Talk with the administrator."
)
WORDS = 2000


@action("families.responsibility_claimed")
def claim_responsibility(actor: Actor, tie: Parent, source: str, on: date) -> Done[Claim]:
    """A document says that this parent has parental responsibility. Nothing opens before a second person has said so.

    Those who may answer are told. Raises Invalid.
    """
    require(may_register(actor, tie))
    check_document(source, on, Child.objects.get(pk=tie.child_id))
    if not lets_in(tie, True):
        raise Invalid(CHANGED)
    if claims_around(actor, tie.child_id).filter(tie_id=tie.pk).exists():
        raise Invalid(WAITS)
    place = actor.place(positions_around(actor, tie.child_id)[0])
    assert place is not None
    claim = Claim(
        pk=uuid4(), child_id=tie.child_id, tie_id=tie.pk, person_id=tie.person_id, relation=tie.relation,
        called=_called(ties_called(actor), tie.pk), child_called=_called(children_called(actor), tie.child_id),
        source=source, source_date=on, services=_services(actor, tie.child_id, place), by_id=actor.person,
        position_id=place.position, falls_at=timezone.now() + rules.CLAIM_LASTS,
    )  # fmt: skip
    try:
        with transaction.atomic():
            claim.save(force_insert=True)
    except IntegrityError:
        raise Invalid(WAITS) from None
    _ask(claim)
    record(actor, "families.responsibility_claimed", child=claim.child_id, object_id=claim.pk,
           position=place.position, details={"source": source, "on": on.isoformat()})  # fmt: skip
    return Done(claim)


def _called(among: QuerySet[Any], key: UUID) -> str:
    found = among.filter(pk=key).first()
    return ((found.called if found else "") or "")[:200]


def _services(actor: Actor, child: UUID, place: Place) -> list[UUID]:
    """Whose leaders are asked: the asker's own service, or when nobody else leads there, all around the child."""
    if leaders_of(actor, [place.service]).exists():
        return [place.service]
    around = visible_seats(actor).filter(child_id=child, position__isnull=False)
    return sorted(set(around.values_list("position__unit__service_id", flat=True)))


def _ask(claim: Claim) -> None:
    beside, leaders = ground.claim_confirmers(claim.pk)
    if not beside and not leaders:
        raise Invalid(NOBODY)
    address = reverse("claim", args=[claim.pk])
    tell(beside, Capacity.WORKER, "families.to_confirm", address=address, child=claim.child_id)
    tell(leaders, Capacity.WORKER, "families.to_confirm", address=address)


@action("families.claim_answered")
def answer_claim(actor: Actor, claim: Claim, agreed: bool, words: str = "") -> Done[Claim]:
    """A second person says yes or no. Who takes part in the case lets in with the same word; a leader only confirms.

    Two who answer at once: the first counts. Raises Invalid when no reason is given for a no.
    """
    require(may_answer_claim(actor, claim))
    why = clean_text(words, WORDS)
    if not agreed and not why:
        raise Invalid(_("Write why it is not right. The one who asked reads it."), "words")
    _answer(actor, claim, agreed, why)
    address = reverse("claim", args=[claim.pk])
    tell([claim.by_id], Capacity.WORKER, "families.claim_answered", address=address, child=claim.child_id)
    now = visible_claims(actor).get(pk=claim.pk)
    if may_register_claimed(actor, now):
        register_claimed(actor, now)
    return Done(now)


@action("families.claim_taken_back")
def take_back(actor: Actor, claim: Claim) -> Done[Claim]:
    """The one who asked was wrong: nothing changes, and nobody needs to answer."""
    require(may_take_back(actor, claim))
    _answer(actor, claim, False, "", "families.claim_taken_back")
    return Done(claim)


def _answer(actor: Actor, claim: Claim, agreed: bool, words: str, event: str = "families.claim_answered") -> None:
    waiting = visible_claims(actor).filter(pk=claim.pk, answered_at=None)
    if not waiting.update(answered_by_id=actor.person, answered_at=Now(), agreed=agreed, words=words):
        raise Invalid(CHANGED)
    record(actor, event, child=claim.child_id, object_id=claim.pk, details={"agreed": agreed})


@action("families.responsibility_registered")
def register_claimed(actor: Actor, claim: Claim) -> Done[UUID]:
    """Two people have said so: the parent has parental responsibility and a page from now, as long as parents have it.

    It is one of those in the case who registers it, since what was asked for consent follows in the same transaction.
    """
    require(may_register_claimed(actor, claim))
    child = Child.objects.get(pk=claim.child_id)
    begun = child.born or child.expected or timezone.localdate()
    until = rules.family_seat_ends(begun, current(timezone.localdate()).family_seat_until_age)
    new = ground.register_claimed(claim.pk, until)
    if new is None:
        raise Invalid(CHANGED)
    record(actor, "families.responsibility_registered", child=child.pk, object_id=new,
           details={"held": True, "source": claim.source, "on": claim.source_date.isoformat()})  # fmt: skip
    announce(ResponsibilityChanged(actor=actor, child=child.pk, person=claim.person_id, held=True))
    return Done(new)


def let_fall() -> None:
    """For the clock: what nobody confirmed and registered in time has fallen, and the one who asked is told."""
    for claim, child, asked_by in ground.claims_fallen():
        tell([asked_by], Capacity.WORKER, "families.claim_fell", address=reverse("claim", args=[claim]), child=child)
        record(SYSTEM, "families.claim_fell", child=child, object_id=claim)
