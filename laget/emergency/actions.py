"""Asking what exists, opening, ending, telling later, reviewing: each recorded."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require
from laget.access.sealing import index
from laget.audit.actions import record
from laget.emergency import ground, rules
from laget.emergency.access import may_ask, may_control, may_end, may_open, visible_holds, visible_reviews
from laget.emergency.models import Opening
from laget.emergency.telling import tell_control, tell_family
from laget.guide.national import current
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.people.rules import clean_text

WORDS = 2000
TOO_MANY = _(
    "You have asked about many children in a short time. Call your leader, or the child welfare emergency line."
)


@action("emergency.asked")
def ask(actor: Actor, *, number: str, position: UUID, reason: str, words: str) -> Done[UUID | None]:
    """Is there something about this child? The opening, not opened yet; None: nothing that can be opened.

    Raises Invalid, also when too many were asked about in an hour.
    """
    require(may_ask(actor))
    said = clean_text(words, WORDS)
    if not said:
        raise Invalid(_("Write what has happened, and why it can't wait."), "words")
    if actor.place(position) is None:
        raise Invalid(_("Choose one of your own positions."), "position")
    today = timezone.localdate()
    due = rules.review_by(current(today), today)
    try:
        made = ground.ask(index(number), position, rules.Reason(reason).value, said, due)
    except ground.TooManyLookups:
        raise Invalid(TOO_MANY, "number") from None
    record(actor, "emergency.asked", object_id=made, position=position, details={"reason": reason})
    return Done(made)


@action("emergency.opened")
def open_up(actor: Actor, opening: Opening, *, wait: bool, wait_because: str) -> Done[datetime]:
    """Read access for four hours, to the one child. Leader and officer are alerted at once.

    The family is told at once, or later when that can put the child in danger. Raises Invalid.
    """
    require(may_open(actor, opening))
    why = clean_text(wait_because, WORDS) if wait else ""
    if wait and not why:
        raise Invalid(_("Write why it is dangerous that the family is told now."), "wait_because")
    until = ground.open_up(opening.pk, why)
    record(
        actor, "emergency.opened", child=opening.child_id, object_id=opening.pk, position=opening.position_id,
        details={"reason": opening.reason, "held": bool(why)},
    )  # fmt: skip
    tell_control(opening.pk, "emergency.to_review")
    if ground.told(opening.pk):
        tell_family(opening.pk, opening.child_id)
    return Done(until)


@action("emergency.ended")
def end(actor: Actor, opening: Opening) -> Done[Opening] | Unchanged[Opening]:
    """The one who opened needs it no more."""
    require(may_end(actor, opening))
    if not ground.end(opening.pk):
        return Unchanged(opening)
    record(actor, "emergency.ended", child=opening.child_id, object_id=opening.pk)
    return Done(opening)


@action("emergency.waits")
def wait(actor: Actor, opening: Opening, *, until: datetime, reason: str, seen: int | None = None) -> Done[Opening]:
    """The leader or the officer decides that the family is told later, or now (`until` is past). Raises Invalid.

    seen: how many such decisions were read; when another came meanwhile that one stands, and this is refused.
    """
    require(may_control(actor, opening))
    why = clean_text(reason, WORDS)
    if not why:
        raise Invalid(_("Write the reason. It is kept."), "reason")
    if until > timezone.now() + rules.LONGEST_HOLD:
        raise Invalid(_("Choose a nearer day, at most a quarter of a year away. After that, decide anew."), "until")
    if opening.opened_at is not None and until > opening.opened_at + rules.LATEST_TOLD:
        raise Invalid(_("Half a year after the opening the family is told. Choose a day before that."), "until")
    ground.wait(opening.pk, until, why)
    require(_first(visible_holds(actor), opening, seen))
    record(actor, "emergency.waits", child=opening.child_id, object_id=opening.pk)
    if ground.told(opening.pk):
        tell_family(opening.pk, opening.child_id)
    return Done(opening)


@action("emergency.reviewed")
def review(actor: Actor, opening: Opening, *, outcome: str, words: str, seen: int | None = None) -> Done[Opening]:
    """What the leader or the officer found. The last word holds; the family is told of a wrong. Raises Invalid.

    seen: how many reviews were read; when another came meanwhile that one stands, and this is refused.
    """
    require(may_control(actor, opening))
    said = clean_text(words, WORDS)
    if outcome not in list(rules.Outcome):
        raise Invalid(_("Choose one of the three."), "outcome")
    if not said:
        raise Invalid(_("Write the reason. It is kept."), "words")
    ground.review(opening.pk, outcome, said)
    require(_first(visible_reviews(actor), opening, seen))
    record(actor, "emergency.reviewed", child=opening.child_id, object_id=opening.pk, details={"outcome": outcome})
    if outcome == rules.Outcome.NOT_OK:
        tell_family(opening.pk, opening.child_id, "emergency.not_ok")
    return Done(opening)


def _first(decided: QuerySet[Any], opening: Opening, seen: int | None) -> Verdict:
    """Whether nobody has decided since the page was read. Asked once the database has let this one through alone."""
    if seen is None or decided.filter(opening_id=opening.pk).count() == seen + 1:
        return ALLOWED
    return refuse(_("Another has just decided this. Go back, and read what was decided."))
