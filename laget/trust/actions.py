"""Asking why somebody looked, answering, passing on, and inquiring who could see: each recorded, none with content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, require, touched
from laget.access.sealing import index
from laget.audit.actions import record
from laget.kernel.actor import Actor, Capacity
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.kernel.period import FOREVER
from laget.notices.actions import tell
from laget.people.rules import clean_text
from laget.trust import ground
from laget.trust.access import may_answer, may_control, outcomes_for, replies_to
from laget.trust.models import Finding, Inquiry, Question, Reply
from laget.trust.rules.clock import Outcome, due

WORDS = 2000
OPEN_FOR = timedelta(days=14)
"""How long the answer to an inquiry can be read; after that it is asked anew, with a reason."""

NOBODY = _(
    "The municipality has nobody here who can answer this. "
    "Write to the municipality, or to the Norwegian Data Protection Authority (Datatilsynet)."
)


@action("trust.asked")
def ask_why(actor: Actor, child: UUID, reading: UUID, words: str) -> Done[UUID] | Unchanged[None]:
    """The family asks the leader of whoever looked. Once about each reading.

    Raises Invalid without words, and when nobody is there to answer: neither another leader nor another officer.
    """
    said = clean_text(words, WORDS)
    if not said:
        raise Invalid(_("Write what you wonder about."), "words")
    made = ground.ask(reading, child, said, due(timezone.localdate()))
    if made is None:
        return Unchanged(None)
    record(actor, "trust.asked", child=child, object_id=made)
    to = ground.to_tell(made, officers=False) or ground.to_tell(made, officers=True)
    if not to:
        raise Invalid(NOBODY, "words")
    tell(to, Capacity.WORKER, "trust.asked", address=question_page(made))
    return Done(made)


def question_page(question: UUID) -> str:
    return reverse("question", args=[question])


@action("trust.answered")
def answer(actor: Actor, asked: Question | Finding, *, outcome: str, words: str) -> Done[UUID]:
    """What the leader, or the officer, says. Passing on is to the officer.

    Raises Invalid without words, and when it is passed on and no officer can answer.
    """
    ground.one_at_a_time(asked.pk)
    require(may_answer(actor, list(replies_to(actor, asked).values_list("outcome", flat=True))))
    said = clean_text(words, WORDS)
    if not said:
        raise Invalid(_("Write an answer."), "words")
    if outcome not in outcomes_for(actor):
        raise Invalid(_("Choose one of the answers."), "outcome")
    reply = Reply(pk=uuid4(), outcome=outcome, words=said, by_id=actor.person)
    if isinstance(asked, Question):
        reply.question = asked
    else:
        reply.finding = asked
    reply.save(force_insert=True)
    child = asked.child_id if isinstance(asked, Question) else None
    record(actor, "trust.answered", child=child, object_id=asked.pk, details={"outcome": outcome})
    if outcome == Outcome.PASSED_ON:
        _pass_on(asked)
    _tell_family(asked, outcome)
    return Done(reply.pk)


def _pass_on(asked: Question | Finding) -> None:
    if not asked.escalated:
        rows = type(asked).objects.filter(pk=asked.pk, escalated_at=FOREVER).update(escalated_at=Now())
        touched(rows, "question")
    family = isinstance(asked, Question)
    officers = ground.to_tell(asked.pk, officers=True) if family else ground.officers_for(asked.pk)
    if not officers:
        raise Invalid(NOBODY, "outcome")
    touched(int(ground.new_day(asked.pk, due(timezone.localdate()))), "question")
    address = question_page(asked.pk) if family else reverse("finding", args=[asked.pk])
    tell(officers, Capacity.WORKER, "trust.passed_to_officer", address=address)


def _tell_family(asked: Question | Finding, outcome: str) -> None:
    if not isinstance(asked, Question):
        return
    event = "trust.passed_on" if outcome == Outcome.PASSED_ON else "trust.answered"
    address = reverse("who_looked", args=[asked.child_id])
    tell([asked.asked_by_id], Capacity.CITIZEN, event, address=address, child=asked.child_id)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the officer wants to know: an interval, kinds of information, perhaps when it was written, and why."""

    start: datetime
    end: datetime
    kinds: tuple[str, ...]
    reason: str
    written: datetime | None = None
    part: str = ""


@action("trust.looked_up")
def look_up(actor: Actor, number: str) -> Done[UUID | None]:
    """The child with this national number, or None. Raises Invalid when too many were named in an hour."""
    require(may_control(actor))
    try:
        found = ground.find(index(number))
    except ground.TooManyLookups:
        raise Invalid(_("You have looked for many children in the last hour. Wait a while."), "number") from None
    record(actor, "trust.looked_up", child=found)
    return Done(found)


@action("trust.inquired")
def inquire(actor: Actor, child: UUID, wish: Wish, finding: UUID | None = None) -> Done[UUID]:
    """The officer asks who could see, and who did. Recorded, and shown to the family. Raises Invalid."""
    require(may_control(actor))
    reason = clean_text(wish.reason, WORDS)
    if not reason:
        raise Invalid(_("Write why you need to know."), "reason")
    if wish.end <= wish.start:
        raise Invalid(_("The end must be after the beginning."), "end")
    now = timezone.now()
    made = Inquiry(
        pk=uuid4(), by_id=actor.person, child_id=child, reason=reason, begins=wish.start, ends=wish.end,
        kinds=list(wish.kinds), written=wish.written, part=wish.part, finding_id=finding, at=now, until=now + OPEN_FOR,
    )  # fmt: skip
    made.save(force_insert=True)
    record(actor, "trust.inquired", child=child, object_id=made.pk)
    return Done(made.pk)
