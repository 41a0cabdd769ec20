"""An offer of the baton as each role sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef
from django.utils.translation import gettext as _

from laget.cases import rights, rules
from laget.cases.access import visible_offers, visible_views, with_baton
from laget.cases.models import FamilyView, Offer
from laget.cases.shown.gathered import as_row, columns_of, listed
from laget.cases.shown.people import Someone, someone
from laget.cases.shown.readers import Around, around
from laget.kernel.actor import Actor
from laget.kernel.verdict import Verdict


@dataclass(frozen=True)
class Said:
    """What one of the family has said."""

    person: UUID
    name: str
    agrees: bool
    wish: str
    at: Any
    noted: bool


@dataclass(frozen=True)
class OfferShown:
    """Who gives, who receives, what the family has said, and what the reader may do."""

    around: Around
    child: str
    giver: Someone
    receiver: Someone
    asked: list[UUID]
    waiting: list[tuple[UUID, str]]
    said: list[Said]
    refused: bool
    to_me: bool
    may_accept: Verdict
    may_decline: Verdict
    may_take_back: Verdict
    may_answer: Verdict

    def name_of(self, person: UUID) -> str:
        """One of those who are asked."""
        return next((name for one, name in self.waiting if one == person), "") or next(
            (one.name for one in self.said if one.person == person), ""
        )

    @property
    def across(self) -> bool:
        """Whether another service would lead, so that the family is asked."""
        return self.giver.service != self.receiver.service


def offer(actor: Actor, given: Offer) -> OfferShown:
    """The offer within the reader's sight."""
    rows = _complete(actor, given)
    views = [rules.View(one.person_id, one.agrees, one.at) for one in rows]
    asked = rights.asked_family(given)
    people = [given.giver.person_id, given.receiver.person_id, *asked, *(one.person_id for one in rows)]
    some = around(given.case, people)
    known = some.called
    return OfferShown(
        around=some,
        child=known.get(given.child_id, ""),
        giver=someone(given.giver, known),
        receiver=someone(given.receiver, known),
        asked=asked,
        waiting=[(one, known.get(one, _("Somebody"))) for one in rules.waited_for(asked, views)],
        said=_said(rows, known),
        refused=bool(rules.refusals(asked, views)),
        to_me=rights.is_receiver(actor, given),
        may_accept=rights.may_accept_after(actor, given, asked, views),
        may_decline=rights.may_decline(actor, given),
        may_take_back=rights.may_take_back(actor, given),
        may_answer=rights.may_answer_offer(actor, given),
    )


def _complete(actor: Actor, given: Offer) -> list[FamilyView]:
    """Its positions, with what the family has said, and its case: in two statements, and asked for no more."""
    said = visible_views(actor).filter(offer_id=OuterRef("pk")).order_by("at", "id")
    whole = visible_offers(actor).select_related("giver__unit__service", "receiver__unit__service")
    found: Any = whole.annotate(said=listed(said, **columns_of(FamilyView))).get(pk=given.pk)
    given.giver, given.receiver, given.case = found.giver, found.receiver, with_baton(actor, given.case_id)
    return [as_row(FamilyView, one) for one in found.said]


def _said(rows: Iterable[FamilyView], known: dict[UUID, str]) -> list[Said]:
    """The last word of each."""
    last = {one.person_id: one for one in rows}
    return [
        Said(
            one.person_id,
            known.get(one.person_id, _("Somebody")),
            one.agrees,
            one.wish,
            one.at,
            one.noted_by_id is not None,
        )
        for one in last.values()
    ]


def said_before(about: OfferShown, person: UUID) -> dict[str, str]:
    """What this person said, to change it."""
    mine = next((one for one in about.said if one.person == person), None)
    return {"agrees": "yes" if mine.agrees else "no", "wish": mine.wish} if mine else {}
