"""Who may see goals, measures, evaluations and what matters to the child, and who may change them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from laget.audit.models import Change
from laget.cases.access import acted_for, visible_cases
from laget.cases.ground import around
from laget.cases.models import Case
from laget.cases.reading import may_choose
from laget.kernel.actor import Actor
from laget.kernel.errors import Refused
from laget.kernel.period import FOREVER
from laget.kernel.verdict import ALLOWED, Verdict, refuse
from laget.law.kinds import Kind
from laget.plans.models import Evaluation, Goal, Matter, Measure, Revision
from laget.sight.access import in_audience, kinds_known, opened_to_child, sees_kind
from laget.sight.rules import Audience, Reader, Text, who_reads

CLOSED = _("The case is closed. It can be read, but not changed.")
FINISHED = _("This is finished, and can't be changed any more.")
NO_COVER = _("Your service has no consent for this subject. The family decides who may know about it.")


def _seen(actor: Actor, when: str, author: str) -> Q:
    """As an entry in the log: kind and reach, or looked through for the child; and its own audience."""
    known = sees_kind(actor, when, "plan_from") | opened_to_child(actor, author)
    return known & in_audience(actor, author)


def visible_goals(actor: Actor) -> QuerySet[Goal]:
    return Goal.objects.filter(_seen(actor, "agreed_at", "agreed_by_id"))


def visible_measures(actor: Actor) -> QuerySet[Measure]:
    return Measure.objects.filter(_seen(actor, "agreed_at", "agreed_by_id"))


def visible_revisions(actor: Actor) -> QuerySet[Revision]:
    return Revision.objects.filter(_seen(actor, "agreed_at", "replaced_by_id"))


SAID = ("outcome", "words", "childs_words", "how_asked", "parents_words", "at", "by_id", "for_whom")
"""What is shown of an evaluation, when it is annotated with for whom somebody acted."""


def with_changes(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """The measures, each with `was`: what it was before a day was moved, latest first, as {old, at, person}."""
    changes = Change.objects.filter(source="plans_measure", row=OuterRef("pk")).order_by("-at", "-id")
    return measures.annotate(was=_beneath(changes, "old", "at", "person"))


def with_what_is_beneath(actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Goals or measures, each with its own `evaluated` and `earlier` as far as the actor sees them, latest first.

    An evaluation and an earlier text have an audience and an age of their own: each goes through its own sight.
    """
    own = {"measure": OuterRef("pk")} if rows.model is Measure else {"goal": OuterRef("pk"), "measure": None}
    evaluated = visible_evaluations(actor).filter(**own).order_by("-at", "-id")
    evaluated = evaluated.annotate(for_whom=acted_for(actor, "by_id", "at"))
    earlier = visible_revisions(actor).filter(of=OuterRef("pk")).order_by("-version", "id")
    with_own: QuerySet[Any] = rows.annotate(
        evaluated=_beneath(evaluated, *SAID),
        earlier=_beneath(earlier, "words", "agreed_at", "replaced_at", "replaced_by_id"),
    )
    return with_own


def cases_with_what_one_said(actor: Actor) -> QuerySet[Case]:
    """Visible cases, each with `said`: what the actor has said of how it went in its plan, the oldest first."""
    own = visible_evaluations(actor).filter(child_id=OuterRef("child_id"), by_id=actor.person).order_by("at", "id")
    own = own.annotate(for_whom=acted_for(actor, "by_id", "at"))
    return visible_cases(actor).annotate(said=_beneath(own, *SAID, "goal_id", "measure_id"))


def _beneath(rows: QuerySet[Any], *fields: str) -> ArraySubquery:
    """What stands under a row, fetched with it: a list of dicts, moments as ISO 8601."""
    return ArraySubquery(rows.values(one=JSONObject(**{name: name for name in fields})))


def visible_evaluations(actor: Actor) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(_seen(actor, "at", "by_id"))


def visible_matters(actor: Actor) -> QuerySet[Matter]:
    return Matter.objects.filter(_seen(actor, "at", "by_id"))


def case_of(actor: Actor, child: UUID) -> Case:
    """The one case of a child. (A measure may be in sight while its goal is older than the consent reaches.)"""
    return visible_cases(actor).get(child_id=child)


def kinds_to_write(actor: Actor, child: UUID) -> frozenset[str]:
    """The kinds of information the actor may write about in a plan; who the child is, is no subject of a plan."""
    return subjects(kinds_known(actor, [child]))


def subjects(kinds: Iterable[str]) -> frozenset[str]:
    """Those of these kinds that a plan may be about: all but who the child is."""
    return frozenset(kinds) - {Kind.IDENTITY.value}


def _may_write(actor: Actor, case: Case, kind: str | None, known: frozenset[str] | None) -> Verdict:
    if not case.is_open:
        return refuse(CLOSED)
    known = kinds_to_write(actor, case.child_id) if known is None else known
    return ALLOWED if (kind in known if kind else known) else refuse(NO_COVER)


def may_agree(actor: Actor, case: Case, kind: str | None = None, known: frozenset[str] | None = None) -> Verdict:
    """Agree on a goal: the family, and workers who may know the kind. `kind` None asks whether there is any."""
    return _may_write(actor, case, kind, known)


def may_tell_what_matters(
    actor: Actor, case: Case, kind: str | None = None, known: frozenset[str] | None = None
) -> Verdict:
    """Tell what matters to the child: the family, and workers who may know the kind."""
    return _may_write(actor, case, kind, known)


def _may_change(actor: Actor, thing: Goal | Measure, case: Case | None, known: frozenset[str] | None) -> Verdict:
    if thing.ended_at != FOREVER:
        return refuse(FINISHED)
    return _may_write(actor, case or case_of(actor, thing.child_id), thing.kind, known)


def may_add_measure(actor: Actor, goal: Goal, case: Case | None = None, known: frozenset[str] | None = None) -> Verdict:
    """Add a measure to a goal that is not finished."""
    return _may_change(actor, goal, case, known)


def may_revise(
    actor: Actor, thing: Goal | Measure, case: Case | None = None, known: frozenset[str] | None = None
) -> Verdict:
    """Rewrite a goal or a measure that is not finished: the family, and workers who may know its kind."""
    return _may_change(actor, thing, case, known)


def may_evaluate(
    actor: Actor, thing: Goal | Measure, case: Case | None = None, known: frozenset[str] | None = None
) -> Verdict:
    """Evaluate a goal or a measure that is not finished: the family, and workers who may know its kind."""
    return _may_change(actor, thing, case, known)


def text_of(one: Goal | Measure | Revision | Evaluation | Matter) -> Text:
    """Something in the plan as the rules of its readers ask about it."""
    author = author_of(one)
    at = one.at if isinstance(one, Evaluation | Matter) else one.agreed_at
    looked = one.looked_at is not None or one.audience == Audience.CHILDS_OWN or author == one.child_id
    return Text(one.addressing, author, one.kind, at=at, plan=True, looked=looked)


def author_of(one: Goal | Measure | Revision | Evaluation | Matter) -> UUID:
    """Who wrote it; of an earlier text whoever replaced it."""
    if isinstance(one, Goal | Measure):
        return one.agreed_by_id
    return one.replaced_by_id if isinstance(one, Revision) else one.by_id


def readers_of(one: Goal | Measure | Matter) -> list[Reader]:
    """Those who read it now; nobody for somebody who does not see the case."""
    return who_reads(around(one.child_id), text_of(one))


SIGHTS: dict[type, Callable[[Actor], QuerySet[Any]]] = {
    Goal: visible_goals,
    Measure: visible_measures,
    Matter: visible_matters,
}


def as_it_stands(actor: Actor, thing: Any) -> Any:
    """Something in the plan with the readers it has now; asked while its case is gripped, so that they stay those."""
    found = SIGHTS[type(thing)](actor).filter(pk=thing.pk).first()
    if found is None:
        raise Refused(refuse(_("You no longer take part in this. Nothing was changed.")))
    return found


def may_choose_readers(actor: Actor, thing: Goal | Measure | Matter) -> Verdict:
    """The one who wrote it, the child for its own, and (only fewer) whoever works with it."""
    author = thing.by_id if isinstance(thing, Matter) else thing.agreed_by_id
    return may_choose(actor, thing.child_id, author, thing.audience)
