"""Fjordvik's own model in the making: one administrator has proposed it, and the other has not answered."""

from __future__ import annotations

from datetime import date

from laget.demo.stage import Stage
from laget.guide.actions import begin_draft, change_draft, propose
from laget.guide.layers import Keyed
from laget.guide.making import changed, first_text

NAME = "Slik samarbeider vi i Fjordvik"
TALK = {"deadline": Keyed({"talk_with_parents": {"code": "talk_with_parents", "value": 2}})}
CONSENT = {
    "consent": {"first_asked": "1", "needed_again": ["new_service", "transition", "new_level", "period_ended"]},
    "deadline": Keyed({"consent_period": {"code": "consent_period", "value": 6}}),
}


def tell(stage: Stage) -> None:
    """Parents are talked with sooner, and consent is asked for earlier: from the first of August, if Eivind agrees."""
    sooner = changed(first_text("fjordvik-1", NAME), TALK)
    with stage.turn("eivind") as actor:
        draft = begin_draft(actor, sooner, "begun").value
    with stage.turn("ada") as actor:
        change_draft(actor, draft, changed(sooner, CONSENT), 1, "consent")
        propose(actor, draft, _next_august(stage.today), 2, stage.today)


def _next_august(today: date) -> date:
    this = date(today.year, 8, 1)
    return this if this > today else this.replace(year=today.year + 1)
