"""A goal or a measure is evaluated: the guide's outcome, and what it leads to."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from laget.access.actions import action, require
from laget.audit.actions import record
from laget.cases.access import gripped
from laget.cases.following import guide_where_held
from laget.cases.models import Case
from laget.guide.rules import Guide, Outcome, outcomes_for
from laget.kernel.actor import Actor
from laget.kernel.errors import Invalid, Refused
from laget.kernel.outcome import Done
from laget.kernel.period import FOREVER
from laget.kernel.verdict import refuse
from laget.plans import ground, rules
from laget.plans.access import FINISHED, as_it_stands, case_of, may_evaluate
from laget.plans.actions.common import tell_around, words
from laget.plans.models import Evaluation, Goal, Measure
from laget.plans.rules import Follow, what_follows

Subject = Goal | Measure


def outcome_of(guide: Guide, level: str, code: str) -> Outcome:
    """An outcome that the guide has at this level. Raises Invalid when it has no such."""
    found = next((one for one in outcomes_for(guide, level) if one.code == code), None)
    if found is None:
        raise Invalid(_("Choose how it went."), "outcome")
    return found


@action("plans.evaluated")
def evaluate(  # noqa: PLR0913 - an evaluation has these columns
    actor: Actor,
    subject: Subject,
    *,
    outcome: str,
    words: str,
    asked: bool,
    childs_words: str = "",
    how_asked: str = "",
    parents_words: str = "",
    next_due: date | None = None,
) -> Done[Evaluation]:
    """Evaluate a goal or a measure. `how_asked` says how the child was asked, or why it was not.

    What the outcome ends is locked. `next_due` is needed when a measure goes on.
    """
    case = gripped(actor, case_of(actor, subject.child_id).pk)
    subject = as_it_stands(actor, subject)
    require(may_evaluate(actor, subject))
    guide = guide_where_held(case)
    chosen = outcome_of(guide, case.level, outcome)
    itself = actor.person == subject.child_id
    texts = _texts(words, asked, childs_words, how_asked, itself=itself) | _parents(guide, parents_words)
    follow = what_follows(chosen.effect, of_measure=isinstance(subject, Measure))
    _carry_on(subject, follow, outcome, next_due)
    made = Evaluation(pk=uuid4(), outcome=outcome, by_id=actor.person, **texts, **_about(subject))
    made.save(force_insert=True)
    record(
        actor, "plans.evaluated", child=subject.child_id, object_id=subject.pk,
        details={"outcome": outcome, "asked": asked, "evaluation": str(made.pk)},
    )  # fmt: skip
    _tell(actor, subject, higher=_higher(follow, chosen, case))
    return Done(made)


def _about(subject: Subject) -> dict[str, Any]:
    goal: UUID = subject.goal_id if isinstance(subject, Measure) else subject.pk
    measure = subject.pk if isinstance(subject, Measure) else None
    return {
        "child_id": subject.child_id, "goal_id": goal, "measure_id": measure, "kind": subject.kind,
        "audience": subject.audience, "persons": subject.persons,
    }  # fmt: skip


def _texts(said: str, asked: bool, childs_words: str, how_asked: str, *, itself: bool) -> dict[str, str]:
    """itself: the child evaluates, and what it thinks is enough."""
    texts = {
        "words": words(said, rules.WORDS_LIMIT, required=not itself),
        "childs_words": words(childs_words, rules.WORDS_LIMIT, "childs_words", required=False) if asked else "",
        "how_asked": words(how_asked, rules.WORDS_LIMIT, "how_asked", required=False),
    }
    fault = rules.heard_fault(asked=asked, childs_words=texts["childs_words"], how_asked=texts["how_asked"])
    if fault:
        raise Invalid(_(fault[1]), fault[0])
    return texts


def _parents(guide: Guide, said: str) -> dict[str, str]:
    """The parents' view, which some guides do not let an evaluation do without."""
    rule = guide.evaluation
    text = words(said, rules.WORDS_LIMIT, "parents_words", required=False)
    if not text and rules.must_write_parents_view(rule.views, required=rule.views_required):
        raise Invalid(_("Write what the parents think. The evaluation needs their view."), "parents_words")
    return {"parents_words": text}


def _carry_on(subject: Subject, follow: Follow, outcome: str, next_due: date | None) -> None:
    """Finish what the outcome ends, or set the new day of a measure that goes on."""
    if follow.ends:
        _finish(subject, outcome)
    elif follow.needs_day and isinstance(subject, Measure):
        if next_due is None:
            raise Invalid(_("Choose the day when you look at it again."), "next_due")
        fault = rules.wrong_due(subject.start, next_due, timezone.localdate())
        if fault:
            raise Invalid(_(fault), "next_due")
        _still_open(Measure.objects.filter(pk=subject.pk, ended_at=FOREVER).update(due=next_due))


def _finish(subject: Subject, outcome: str) -> None:
    end = {"ended_at": timezone.now(), "outcome": outcome}
    if isinstance(subject, Measure):
        _still_open(Measure.objects.filter(pk=subject.pk, ended_at=FOREVER).update(**end))
        return
    _still_open(Goal.objects.filter(pk=subject.pk, ended_at=FOREVER).update(**end))
    ground.finish_under(subject.pk)


def _still_open(rows: int) -> None:
    if rows != 1:
        raise Refused(refuse(FINISHED))


def _higher(follow: Follow, chosen: Outcome, case: Case) -> bool:
    return follow.next is rules.Next.LEVEL or rules.leads_elsewhere(chosen.target, case.level)


def _tell(actor: Actor, subject: Subject, *, higher: bool) -> None:
    case = subject.case_id if isinstance(subject, Goal) else case_of(actor, subject.child_id).pk
    tell_around(actor, case, subject, "plans.next_level_proposed" if higher else "plans.evaluated")
