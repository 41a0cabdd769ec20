"""An answer on paper: one registers it and keeps the paper, another sees it, and only then it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from laget.access.actions import action, locked, require, touched
from laget.audit.actions import record
from laget.consents import ground, rules
from laget.consents.access import asked_of, in_team, may_confirm, may_note, may_take_back, place_around, seconds
from laget.consents.actions.answering import alone, among, by_another, keep_answer, row, short, still_decides
from laget.consents.models import Answer, Form, Paper, PaperState, Request
from laget.consents.shown import child_called
from laget.consents.texts import chosen as chosen_text
from laget.consents.texts import version
from laget.guide.national import current
from laget.kernel.actor import Actor, Capacity, Place
from laget.kernel.errors import Invalid
from laget.kernel.outcome import Done
from laget.notices.actions import tell
from laget.sight.actions import give_seat
from laget.sight.models import SeatKind

ANSWERED_SINCE = _(
    "This person has answered since the paper was signed, so the paper says no more what holds. Refuse it, and say so."
)
ONLY_TEAM = _("Something is shared on this question already. Only somebody in the team can confirm what changes it.")


@dataclass(frozen=True)
class Signed:
    """What stands on a signed sheet. `checker`: who is asked to see it; `text`: the language of the sheet."""

    signed_on: date | None
    kinds: tuple[str, ...] = ()
    kept_at: str = ""
    checker: UUID | None = None
    interpreter: str = ""
    joins: bool = False
    excluded: str = ""
    text: str = ""


@action("consents.paper_registered")
def register_paper(actor: Actor, asked: Request, called: tuple[UUID, str], signed: Signed) -> Done[Paper]:
    """A yes on paper, to be seen by another. called: who signed it, and the name as the question has it."""
    require(may_note(actor, asked))
    asked, place, signed_on = _begun(actor, asked, called[0], signed)
    kinds = among(asked, signed.kinds)
    if not kinds:
        raise Invalid(gettext(rules.NOTHING_ASKED), "kinds")
    if ground.signed(asked.pk, called[0]):
        raise Invalid(gettext(rules.OWN_ANSWER), "answer")
    if signed.checker is None or signed.checker not in {one.person for one in seconds(actor, asked)}:
        raise Invalid(_("Choose who is to see the paper."), "checker")
    kept = short(signed.kept_at, 200, "kept_at")
    if not kept:
        raise Invalid(_("Write where the paper is kept, so that it can be found again."), "kept_at")
    paper = Paper(
        pk=uuid4(), request=asked, child_id=asked.child_id, person_id=called[0], called=called[1][:200],
        child_called=child_called(asked)[:200],
        kinds=list(kinds), joins=signed.joins, signed_on=signed_on, kept_at=kept, by_id=actor.person,
        position_id=place.position, checker_id=signed.checker, **_words(signed, yes=True),
    )  # fmt: skip
    paper.save(force_insert=True)
    record(actor, "consents.paper_registered", child=asked.child_id, object_id=paper.pk, position=place.position,
           details={"request": str(asked.pk)})  # fmt: skip
    _ask_to_see(actor, paper)
    return Done(paper)


@action("consents.answer_noted")
def note_paper_no(actor: Actor, asked: Request, person: UUID, signed: Signed) -> Done[Answer]:
    """A no on paper counts at once: what closes takes one person."""
    require(may_note(actor, asked))
    asked, place, signed_on = _begun(actor, asked, person, signed)
    if ground.answered_after(asked.pk, person, signed_on):
        raise Invalid(_("This person has answered on a later day, and the later answer holds."), "signed_on")
    given = row(
        asked, person, (), form=Form.PAPER, noted_by_id=place.position, signed_on=signed_on,
        **_words(signed, yes=False),
    )  # fmt: skip
    return keep_answer(actor, asked, given, "consents.answer_noted")


@action("consents.paper_confirmed")
def confirm_paper(actor: Actor, paper: Paper) -> Done[Answer]:
    """A second person has seen the paper: it is an answer now, like any other.

    Raises Invalid when the one who signed does not decide any more, has answered since, or has answered by signing in.
    """
    paper = _gripped(paper)
    require(may_confirm(actor, paper))
    asked = asked_of(paper)
    assert asked is not None
    still_decides(asked, paper.person_id)
    if ground.signed(asked.pk, paper.person_id) or ground.answered_since(paper.pk):
        raise Invalid(ANSWERED_SINCE)
    if any(one.mine for one in ground.in_force(asked.pk)) and not in_team(actor, asked):
        raise Invalid(ONLY_TEAM)
    _decide(paper, PaperState.CONFIRMED)
    given = row(
        asked, paper.person_id, tuple(paper.kinds), joins=paper.joins, form=Form.PAPER, noted_by_id=paper.position_id,
        text_version=paper.text_version, excluded=paper.excluded, interpreter=paper.interpreter, paper_id=paper.pk,
        checked_by_id=actor.person, signed_on=paper.signed_on,
    )  # fmt: skip
    record(actor, "consents.paper_confirmed", child=paper.child_id, object_id=paper.pk)
    done = keep_answer(actor, asked, given, "consents.answered_on_paper")
    ground.seen(paper.pk)
    return done


@action("consents.paper_refused")
def refuse_paper(actor: Actor, paper: Paper, why: str) -> Done[Paper]:
    """What was registered is not what the paper says: it never counts, and the one who registered it is told why."""
    paper = _gripped(paper)
    require(may_confirm(actor, paper))
    words = short(why, rules.WORDS_LIMIT, "why")
    if not words:
        raise Invalid(_("Write what is wrong, so that it can be put right."), "why")
    _decide(paper, PaperState.REFUSED, words)
    record(actor, "consents.paper_refused", child=paper.child_id, object_id=paper.pk)
    tell([paper.by_id], Capacity.WORKER, "consents.paper_refused", address=reverse("paper", args=[paper.pk]),
         child=paper.child_id)  # fmt: skip
    ground.seen(paper.pk)
    return Done(paper)


@action("consents.paper_taken_back")
def take_back_paper(actor: Actor, paper: Paper) -> Done[Paper]:
    """The one who registered it takes it back before it is confirmed: to put it right, or to ask somebody else."""
    paper = _gripped(paper)
    require(may_take_back(actor, paper))
    _decide(paper, PaperState.TAKEN_BACK)
    record(actor, "consents.paper_taken_back", child=paper.child_id, object_id=paper.pk)
    ground.seen(paper.pk)
    return Done(paper)


def _begun(actor: Actor, asked: Request, person: UUID, signed: Signed) -> tuple[Request, Place, date]:
    """What both a yes and a no on paper ask, once nobody else moves it: one of those asked, and a day that can be."""
    asked = alone(asked)
    require(may_note(actor, asked))
    still_decides(asked, person)
    by_another(asked, person)
    if str(person) not in {one["person"] for one in asked.typed.get("people", ()) if one["asked"]}:
        raise Invalid(_("Choose one of those you asked."))
    first, last = timezone.localdate(asked.asked_at), timezone.localdate()
    if signed.signed_on is None or not first <= signed.signed_on <= last:
        raise Invalid(_("Write the day on the paper: not before you asked, and not after today."), "signed_on")
    return asked, actor.place(asked.position_id) or place_around(actor, asked.child_id), signed.signed_on


def _words(signed: Signed, *, yes: bool) -> dict[str, str]:
    return {
        "text_version": version(chosen_text(signed.text)),
        "excluded": short(signed.excluded, rules.WORDS_LIMIT, "excluded") if yes else "",
        "interpreter": short(signed.interpreter, 100, "interpreter"),
    }


def _ask_to_see(actor: Actor, paper: Paper) -> None:
    """The second person is told, and has a place for this alone unless the team gives one."""
    today = timezone.localdate()
    chosen = next(one for one in seconds(actor, paper.request) if one.person == paper.checker_id)
    if not chosen.in_team:
        give_seat(
            child=paper.child_id, person=chosen.person, kind=SeatKind.ASKING, position=chosen.position,
            until=rules.answer_by(current(today), today), origin="paper", origin_id=paper.pk,
        )  # fmt: skip
    tell([chosen.person], Capacity.WORKER, "consents.paper_to_see", address=reverse("paper", args=[paper.pk]),
         child=paper.child_id)  # fmt: skip


def _gripped(paper: Paper) -> Paper:
    ground.wait(paper.child_id)
    return locked(Paper.objects.all(), paper.pk)


def _decide(paper: Paper, state: PaperState, why: str = "") -> None:
    waiting = Paper.objects.filter(pk=paper.pk, state=PaperState.WAITING)
    touched(waiting.update(state=state, decided_at=timezone.now(), why=why), "paper")
