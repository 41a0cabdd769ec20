"""Noting what was shared without consent, on which ground, and showing the family what was hidden from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, locked, require, touched
from laget.audit.actions import record
from laget.consents.access import may_disclose, may_lean_on, may_show, place_around, visible_disclosures
from laget.consents.models import Decider, Disclosure, Hiding
from laget.families.access import visible_children
from laget.families.models import Child
from laget.kernel.actor import Actor, Place
from laget.kernel.errors import Invalid, Refused
from laget.kernel.outcome import Done
from laget.kernel.verdict import refuse
from laget.law.grounds import Field, Ground, carries, grounds
from laget.law.kinds import Kind
from laget.law.withholding import wrong_review
from laget.people.rules import clean_text

TEXT, LINE = 4000, 200
"""Characters in each text, and in the name of a receiver."""
NOT_CARRIED = _("Then this ground does not carry. Choose another one, ask the family, or do not share it.")


@dataclass(frozen=True)
class Shared:
    """What was shared. `answers`: to the ground's conditions, by code. `facts`: what else the ground asks.

    hidden_why, review_on, by_itself: that the family is not shown it, when that is looked at again, and whether the
    family reads it on that day by itself.
    """

    receiver: str
    kinds: tuple[str, ...]
    what: str
    on: date
    decided_by: str
    answers: Mapping[str, bool]
    necessity: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    hidden_why: str = ""
    review_on: date | None = None
    by_itself: bool = False


@action("consents.disclosed")
def disclose(actor: Actor, child: Child, code: str, shared: Shared) -> Done[Disclosure]:
    """Note something that was shared. It gives nobody sight: what is noted is what was given, there and then.

    Whatever the family has answered to a question about consent is not looked at. Raises Invalid when a condition of
    the ground does not hold, and Refused when there is no such ground for one's service.
    """
    require(may_disclose(actor))
    if not visible_children(actor).filter(pk=child.pk).exists():
        raise Refused(refuse(_("You can't see this child any more. Nothing was saved.")))
    place = place_around(actor, child.pk)
    ground = grounds().ground(code, place.act, shared.on)
    require(may_lean_on(actor, ground))
    assert ground is not None
    _check(ground, shared)
    noted = _noted(actor, child.pk, place, ground, shared)
    noted.save(force_insert=True)
    if noted.hidden:
        _hide(actor, noted, clean_text(shared.hidden_why, TEXT), shared.review_on, by_itself=shared.by_itself)
    record(
        actor, "consents.disclosed", child=child.pk, object_id=noted.pk, position=place.position,
        details={"ground": code, "kinds": sorted(shared.kinds), "sources": list(noted.sources)},
    )  # fmt: skip
    return Done(noted)


def _check(ground: Ground, shared: Shared) -> None:
    """What the ground asks is there. Raises Invalid."""
    needs = (
        ("receiver", clean_text(shared.receiver, LINE), _("Write who got it.")),
        ("what", clean_text(shared.what, TEXT), _("Write what was shared.")),
        ("kinds", shared.kinds, _("Choose at least one kind.")),
        ("necessity", Field.NECESSITY not in ground.fields or shared.necessity.strip(), _("Write why it was needed.")),
        ("basis", Field.ORDER not in ground.fields or shared.facts.get("basis"), _("Write which section it rests on.")),
    )
    for name, value, fault in needs:
        if not value:
            raise Invalid(fault, name)
    if shared.on > timezone.localdate():
        raise Invalid(_("This day has not come yet."), "on")
    objected, weighty = shared.facts.get("objected") == "yes", shared.facts.get("weighty", "")
    if not carries(ground, shared.answers, objected=objected, weighty=weighty):
        wrong = next((one.code for one in ground.conditions if not shared.answers.get(one.code)), "")
        raise Invalid(NOT_CARRIED, f"c_{wrong}" if wrong else "weighty")


def _hide(actor: Actor, noted: Disclosure, why: str, review_on: date | None, *, by_itself: bool) -> None:
    """Raises Invalid without a reason, or without a day within a year."""
    if not why:
        raise Invalid(_("Write why, in a sentence."), "hidden_why")
    if review_on is None:
        raise Invalid(_("Write the day."), "review_on")
    wrong = wrong_review(review_on, timezone.localdate())
    if wrong:
        raise Invalid(gettext(wrong), "review_on")
    Hiding(
        disclosure=noted, child_id=noted.child_id, by_id=actor.person, why=why, review_on=review_on, by_itself=by_itself
    ).save(force_insert=True)


def _noted(actor: Actor, child: UUID, place: Place, ground: Ground, shared: Shared) -> Disclosure:
    hidden = ground.hides and bool(clean_text(shared.hidden_why, TEXT))
    facts: dict[str, Any] = {name: clean_text(text, TEXT) for name, text in shared.facts.items() if text}
    return Disclosure(
        pk=uuid4(), child_id=child, service_id=place.service, position_id=place.position, by_id=actor.person,
        ground=ground.code, sources=list(ground.sections(place.act)), receiver=clean_text(shared.receiver, LINE),
        kinds=[kind.value for kind in Kind if kind in shared.kinds], what=clean_text(shared.what, TEXT),
        necessity=clean_text(shared.necessity, TEXT), facts={"answers": dict(shared.answers), **facts},
        decided_by=Decider(shared.decided_by), given_on=shared.on, hidden=hidden,
    )  # fmt: skip


@action("consents.disclosure_shown")
def show(actor: Actor, disclosure: Disclosure) -> Done[Disclosure]:
    """It is no danger any more: the family reads it from now. Why it was hidden stays with those who hid it."""
    disclosure = locked(visible_disclosures(actor), disclosure.pk)
    require(may_show(actor, disclosure))
    touched(visible_disclosures(actor).filter(pk=disclosure.pk, hidden=True).update(hidden=False), "disclosure")
    record(actor, "consents.disclosure_shown", child=disclosure.child_id, object_id=disclosure.pk)
    return Done(disclosure)


@action("consents.hidden_still")
def keep_hidden(
    actor: Actor, disclosure: Disclosure, *, hidden_why: str, review_on: date | None, by_itself: bool
) -> Done[Disclosure]:
    """It is a danger still: why, and when it is looked at again. Earlier decisions stay. Raises Invalid."""
    disclosure = locked(visible_disclosures(actor), disclosure.pk)
    require(may_show(actor, disclosure))
    _hide(actor, disclosure, clean_text(hidden_why, TEXT), review_on, by_itself=by_itself)
    record(actor, "consents.hidden_still", child=disclosure.child_id, object_id=disclosure.pk)
    return Done(disclosure)
