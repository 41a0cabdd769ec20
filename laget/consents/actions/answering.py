"""Answering by own sign-in, noting what was said aloud, and withdrawing: each is a new row, settled at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, locked, require
from laget.audit.actions import record
from laget.consents import ground, rules
from laget.consents.access import latest_answer, may_answer, may_note, may_say_yes, may_withdraw, place_around
from laget.consents.actions.asking import tell_family
from laget.consents.actions.settling import settle
from laget.consents.models import Answer, Form, Request
from laget.consents.texts import chosen as chosen_text
from laget.consents.texts import version
from laget.families.ground import reachable
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done, Unchanged
from laget.people.rules import TextTooLong, clean_text

DECIDES_NO_MORE = _(
    "Others decide now than when you asked, and this person decides no more, so the answer can't be kept. "
    "What others have said stands. Ask anew."
)
ANSWERS_ITSELF = _("Who answers for child welfare signs in and answers. Nobody else writes it down.")


@dataclass(frozen=True)
class Oral:
    """What was said aloud. `interpreter` is a name or empty; `child_heard` says how, and what the child said."""

    kinds: tuple[str, ...] = ()
    language: str = ""
    interpreter: str = ""
    child_heard: str = ""
    joins: bool = False
    excluded: str = ""
    text: str = ""


@action("consents.answered")
def answer(  # noqa: PLR0913 - what one says by own sign-in
    actor: Actor, asked: Request, kinds: Iterable[str], joins: bool = False, *, excluded: str = "", text: str = ""
) -> Done[Answer] | Unchanged[Answer]:
    """Yes to these kinds, no to the rest; none is a no. No reason is asked. May be changed at any time.

    joins: the child already has a case, and the service may join it. text: the language of the consent text that was
    read; the reader's own when it is not said.
    """
    asked = alone(asked)
    require(may_answer(actor, asked))
    chosen = among(asked, kinds)
    if chosen:
        require(may_say_yes(actor, asked))
    kept_back = short(excluded, rules.WORDS_LIMIT, "excluded") if chosen else ""
    before = latest_answer(actor, asked)
    if before is not None and says(before) == (False, chosen, joins, kept_back):
        return Unchanged(before)
    given = row(
        asked, actor.person, chosen, joins=joins, excluded=kept_back, form=_form(actor),
        text_version=version(chosen_text(text)),
    )  # fmt: skip
    return keep_answer(actor, asked, given, "consents.answered")


@action("consents.answer_noted")
def note_oral_answer(actor: Actor, asked: Request, party: UUID, oral: Oral) -> Done[Answer]:
    """What one of those asked said aloud, noted by the one who asked or the holder. A no is noted the same way.

    party: the id that the request gave this person when it was typed. Who has answered by signing in widens that only
    by signing in again. The one it is noted for is told.
    """
    asked = alone(asked)
    require(may_note(actor, asked))
    person = person_of(asked, party)
    if person is None:
        raise Invalid(_("Choose one of those you asked."), "party")
    still_decides(asked, person)
    by_another(asked, person)
    chosen = among(asked, oral.kinds)
    if chosen and ground.signed(asked.pk, person):
        raise Invalid(gettext(rules.OWN_ANSWER), "answer")
    place = actor.place(asked.position_id) or place_around(actor, asked.child_id)
    given = row(
        asked, person, chosen, joins=oral.joins, form=Form.ORAL, noted_by_id=place.position,
        text_version=version(chosen_text(oral.text)),
        excluded=short(oral.excluded, rules.WORDS_LIMIT, "excluded") if chosen else "",
        language=short(oral.language, 40, "language"), interpreter=short(oral.interpreter, 100, "interpreter"),
        child_heard=short(oral.child_heard, rules.WORDS_LIMIT, "child_heard"),
    )  # fmt: skip
    return keep_answer(actor, asked, given, "consents.answer_noted")


@action("consents.withdrawn")
def withdraw(actor: Actor, asked: Request) -> Done[Answer]:
    """The yes is taken back: the service's sight ends in this commit. What was written stays."""
    asked = alone(asked)
    require(may_withdraw(actor, asked))
    given = row(asked, actor.person, (), withdraws=True, form=_form(actor), text_version=version(chosen_text(None)))
    return keep_answer(actor, asked, given, "consents.withdrawn")


def _form(actor: Actor) -> Form:
    """How strongly it is shown who answers, kept with the answer."""
    return Form.LETTER if actor.by_letter else Form.OWN_SIGN_IN


def says(given: Answer) -> tuple[bool, tuple[str, ...], bool, str]:
    return given.withdraws, tuple(given.kinds), given.joins, given.excluded


def alone(asked: Request) -> Request:
    """The request, locked until the commit: concurrent answers settle one after the other."""
    ground.wait(asked.child_id)
    return locked(Request.objects.all(), asked.pk)


def person_of(asked: Request, party: UUID) -> UUID | None:
    """Who stands behind the id that a request gave one of those typed."""
    for one in asked.typed.get("people", ()):
        if one["id"] == str(party) and one["person"]:
            return UUID(one["person"])
    return None


def still_decides(asked: Request, person: UUID) -> None:
    """Raises Invalid when this person was asked, and does not decide any more: then no answer is kept."""
    if ground.decides_no_more(asked.pk, person):
        raise Invalid(DECIDES_NO_MORE)


def by_another(asked: Request, person: UUID) -> None:
    """Raises Invalid when nobody else may write down what this person answers: one who answers for child welfare."""
    if ground.answers_itself(asked.pk, person):
        raise Invalid(ANSWERS_ITSELF)


def among(asked: Request, kinds: Iterable[str]) -> tuple[str, ...]:
    chosen = tuple(kinds)
    if not set(chosen) <= set(asked.kinds):
        raise Invalid(gettext(rules.NOT_ASKED_KIND), "kinds")
    return rules.with_identity(chosen)


def row(asked: Request, person: UUID, kinds: tuple[str, ...], **facts: object) -> Answer:
    return Answer(
        pk=uuid4(), request=asked, child_id=asked.child_id, person_id=person, kinds=list(kinds), reach=asked.reach,
        until=asked.until, **facts,
    )  # fmt: skip


def short(text: str, limit: int, field: str) -> str:
    try:
        return clean_text(text, limit)
    except TextTooLong as long:
        raise Invalid(gettext(long.reason) % {"limit": long.limit}, field) from None


def keep_answer(actor: Actor, asked: Request, given: Answer, event: str) -> Done[Answer]:
    before = ground.standing(asked.pk)
    was_complete = rules.complete(before)
    others = [one.person for one in before if one.person != given.person_id]
    able = reachable(asked.child_id)
    given.save(force_insert=True)
    record(actor, event, child=asked.child_id, object_id=asked.pk,
           details={"answer": str(given.pk), "form": given.form, "kinds": len(given.kinds)})  # fmt: skip
    moved = settle(actor, asked, was_complete=was_complete)
    if given.noted_by_id and given.person_id in able:
        tell_family([given.person_id], asked, "consents.noted")
    if was_complete and moved:
        tell_family([one for one in others if one in able], asked, "consents.changed")
    return Done(given)
