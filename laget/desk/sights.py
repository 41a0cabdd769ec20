"""What the main pages need of one child, folded into few statements; every part goes through its own room's sight."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models import Case as Either
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Concat, Greatest, JSONObject, Now, Trim

from laget.access.prepared import prepared
from laget.cases.access import (
    acted_for,
    visible_batons,
    visible_cases,
    visible_deputies,
    visible_entries,
    visible_invitations,
    visible_marks,
    visible_offers,
    visible_steps,
    visible_turns,
)
from laget.cases.looking import to_look_through
from laget.cases.models import Case, Log, OfferState
from laget.consents.access import visible_answers, visible_parties, visible_requests
from laget.consents.models import Request
from laget.families.access import own_children, visible_children, visible_parents, visible_siblings
from laget.families.models import Child
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.people.models import Name
from laget.plans.access import visible_evaluations, visible_goals, visible_matters, visible_measures
from laget.plans.looking import plans_to_look_through
from laget.plans.models import Goal
from laget.protection.access import visible_gradings, visible_restrictions
from laget.sight.access import visible_covers, visible_seats

STILL = Q(since__lte=Now(), until__gt=Now())
OPEN = ExpressionWrapper(Q(ended_at=FOREVER), output_field=BooleanField())


def full_name(of: str) -> Subquery:
    """The name of the person in column `of`, when the database lets the actor know it."""
    whole = Trim(Concat("given", Value(" "), "family"))
    return Subquery(Name.objects.filter(person_id=OuterRef(of)).annotate(whole=whole).values("whole")[:1])


def asked_name() -> Coalesce:
    """The name of the child of a request: as registered for those who may know it, else as the asker typed it."""
    return Coalesce(full_name("child_id"), KT("typed__child__name"), output_field=TextField())


def _team(actor: Actor, child: str) -> ArraySubquery:
    """The family, those whose service is covered, and the holder, as plain values: a seat alone is not in the team."""
    held = visible_batons(actor).filter(case__child_id=OuterRef("child_id"), until=FOREVER)
    covers = visible_covers(actor).filter(
        STILL, child_id=OuterRef("child_id"), service_id=OuterRef("position__unit__service_id")
    )
    within = ~Q(kind="service") | Exists(covers) | Exists(held.filter(position_id=OuterRef("position_id")))
    tie = visible_parents(actor).filter(child_id=OuterRef("child_id"), person_id=OuterRef("person_id"), until__gt=Now())
    away = visible_restrictions(actor).filter(
        child_id=OuterRef("child_id"), person_id=OuterRef("person_id"), ended_at=FOREVER
    )
    seats = visible_seats(actor).filter(STILL, within, child_id=OuterRef(child)).exclude(kind="asking")
    seats = seats.order_by("since", "id").annotate(away=Exists(away))
    return ArraySubquery(
        seats.annotate(called=full_name("person_id"), relation=Subquery(tie.values("relation")[:1])).values(
            json=JSONObject(
                person="person_id", kind="kind", name="called", relation="relation", position="position_id",
                away="away", title="position__title", phone="position__phone", unit="position__unit__name",
                service="position__unit__service__name",
            )
        )
    )  # fmt: skip


def _covers(actor: Actor, child: str) -> ArraySubquery:
    """What each service may know now, as plain values."""
    covers = visible_covers(actor).filter(STILL, child_id=OuterRef(child)).order_by("service__name", "kind")
    values = JSONObject(
        service="service_id", name="service__name", kind="kind", since="since", until="until", origin="origin",
        asked="origin_id",
    )  # fmt: skip
    return ArraySubquery(covers.values(json=values))


def _matter(actor: Actor, child: str) -> ArraySubquery:
    """What matters to the child, told last."""
    told = visible_matters(actor).filter(child_id=OuterRef(child)).order_by("-at", "id")[:1]
    values = JSONObject(words="words", voice="voice", how="how_asked", at="at", name="called")
    return ArraySubquery(told.annotate(called=full_name("by_id")).values(json=values))


def _turn(actor: Actor) -> ArraySubquery:
    """How the case was closed or taken up again last."""
    turns = visible_turns(actor).filter(case_id=OuterRef("pk")).order_by("-at", "id")[:1]
    return ArraySubquery(turns.values(json=JSONObject(sort="sort", reason="reason", note="note", at="at")))


def _siblings(actor: Actor, child: str) -> ArraySubquery:
    """The child's siblings whose names the actor may know, as plain values."""
    pairs = visible_siblings(actor).filter(Q(child_id=OuterRef(child)) | Q(sibling_id=OuterRef(child)))
    # The one of the two that is not this child. (PostgreSQL takes a COALESCE for leaky behind a policy, and then reads
    # every name instead of looking one up; a CASE it trusts.)
    other = Either(When(child_id=OuterRef(child), then="sibling_id"), default="child_id")
    named = pairs.annotate(other=other).annotate(called=full_name("other")).exclude(called=None).order_by("since", "id")
    return ArraySubquery(named.values(json=JSONObject(child="other", name="called")))


def _kept_away(actor: Actor) -> ArraySubquery:
    """Names of the parents who are kept away from what is about the child."""
    kept = visible_restrictions(actor).filter(child_id=OuterRef("child_id"), ended_at=FOREVER)
    return ArraySubquery(kept.order_by("called", "id").values("called"))


def cases_with_team(actor: Actor) -> QuerySet[Case]:
    """The actor's cases, each with the child's name, the team, what is covered, and what matters to the child."""
    standing = visible_offers(actor).filter(case_id=OuterRef("pk"), state=OfferState.OFFERED)
    return (
        visible_cases(actor)
        .select_related("child", "service")
        .annotate(
            child_name=full_name("child_id"),
            team=_team(actor, "child_id"),
            covers=_covers(actor, "child_id"),
            matter=_matter(actor, "child_id"),
            turn=_turn(actor),
            siblings=_siblings(actor, "child_id"),
            has_offer=Exists(standing),
        )
    )


def cases_with_course(actor: Actor) -> QuerySet[Case]:
    """As `cases_with_team`, with what says how far the case has come in the steps of its guide, in the same statement.

    decided: when the level was. marks: what the holder has said of the level's steps, the newest first. invited,
    evaluated, heard: when that happened last, within the actor's sight. awaited: services that an invitation waits in.
    kept_away, hidden: who of the family may not be told, and whether an address is protected.
    """
    here = {"case_id": OuterRef("pk")}
    child = {"child_id": OuterRef("child_id")}
    steps = visible_steps(actor).filter(**here).order_by("-at", "-id")
    marks = visible_marks(actor).filter(**here, guide_version=OuterRef("guide_version"), level=OuterRef("level"))
    told = marks.annotate(called=full_name("by_id")).order_by("-at", "-id")[:MARKS]
    sent = visible_invitations(actor).filter(**here, state__in=("sent", "accepted")).order_by("-made_at", "id")
    evaluated = visible_evaluations(actor).filter(**child).order_by("-at", "id")
    asked = evaluated.exclude(childs_words="")
    written = visible_entries(actor).filter(**here, sort="child_words").order_by("-at", "id")
    own = visible_matters(actor).filter(**child, voice="child").order_by("-at", "id")
    return cases_with_team(actor).annotate(
        decided=Subquery(steps.values("at")[:1]),
        marks_shown=ArraySubquery(told.values(json=JSONObject(step="step", said="said", at="at", who="called"))),
        invited=Subquery(sent.values("made_at")[:1]),
        awaited=ArraySubquery(sent.filter(state="sent").values("position__unit__service_id")),
        evaluated=Subquery(evaluated.values("at")[:1]),
        kept_away=_kept_away(actor),
        hidden=Exists(visible_gradings(actor).filter(**child, ended_at=FOREVER)),
        to_look=Exists(to_look_through(actor).filter(**here)),
        to_look_in_plan=Exists(plans_to_look_through(actor).filter(pk=OuterRef("pk"))),
        heard=Greatest(*(Subquery(one.values("at")[:1]) for one in (asked, written, own))),
    )


MARKS = 100
"""Marks that a page reads: many more than a level has steps."""


def children_named(actor: Actor) -> QuerySet[Child]:
    """The children the actor may know, with names."""
    return visible_children(actor).annotate(child_name=full_name("person_id"))


def family_of(actor: Actor) -> QuerySet[Child]:
    """The children the actor may know, with names, siblings, and whether the actor can say who are siblings."""
    own = own_children(actor)
    more = Exists(own.filter(pk=OuterRef("pk"))) & Exists(own.exclude(pk=OuterRef("pk")))
    return children_named(actor).annotate(siblings=_siblings(actor, "person_id"), has_more=more)


def batons_of(actor: Actor, case: Case) -> list[Any]:
    """The relay of a case from its beginning. Answers `case.baton` on the way, and `case.standing_offer` if none."""
    legs = _legs(actor, case.pk)
    known: dict[str, Any] = {"baton": next((leg for leg in legs if leg.until == FOREVER), None)}
    if not getattr(case, "has_offer", True):
        known["standing_offer"] = None
    case.__dict__.update(known)
    return legs


def _stand_ins(actor: Actor) -> ArraySubquery:
    """Who stands in for the holder of a baton now or later, as plain values."""
    rows = visible_deputies(actor).filter(baton_id=OuterRef("pk"), until__gt=Now()).order_by("since", "id")
    values = JSONObject(
        name="called", title="position__title", service="position__unit__service__name", phone="position__phone",
        since="since", until="until",
    )  # fmt: skip
    return ArraySubquery(rows.annotate(called=full_name("position__person_id")).values(json=values))


@prepared
def _legs(actor: Actor, case: UUID) -> QuerySet[Any]:
    return (
        visible_batons(actor)
        .filter(case_id=case)
        .with_deputy()
        .select_related("position__unit__service")
        .annotate(holder=full_name("position__person_id"), stand_ins=_stand_ins(actor))
        .order_by("since", "id")
    )


@prepared
def goals_of(actor: Actor, case: UUID) -> QuerySet[Goal]:
    """Goals, those still open first, each with its measures as plain values."""
    measures = visible_measures(actor).filter(goal_id=OuterRef("pk")).annotate(open=OPEN, known=full_name("person_id"))
    values = JSONObject(
        id="id", words="words", place="place", person="person_id", name="known", position="position_id",
        title="position__title", service="position__unit__service__name", worker="worker", start="start", due="due",
        agreed="agreed_at", open="open", outcome="outcome",
    )  # fmt: skip
    folded = measures.annotate(worker=full_name("position__person_id")).order_by("-open", "due", "id")
    return (
        visible_goals(actor)
        .filter(case_id=case)
        .annotate(open=OPEN, measures_shown=ArraySubquery(folded.values(json=values)))
        .order_by("-open", "agreed_at", "id")
    )


@prepared
def latest_entries(actor: Actor, case: UUID, count: int) -> QuerySet[Log]:
    """The newest entries, with who wrote them."""
    entries = visible_entries(actor).filter(case_id=case).select_related("service", "position")
    named = entries.annotate(writer=full_name("author_id"), for_whom=acted_for(actor, "author_id", "at"))
    return named.order_by("-at", "id")[:count]


def waiting_for(actor: Actor, now: datetime) -> QuerySet[Request]:
    """Requests for consent that the actor is asked about and has not answered yet."""
    asked = visible_parties(actor).filter(request_id=OuterRef("pk"), person_id=actor.person)
    said = visible_answers(actor).filter(request_id=OuterRef("pk"), person_id=actor.person)
    standing = visible_requests(actor).filter(ended_at=FOREVER, answer_by__gt=now)
    return standing.filter(Exists(asked), ~Exists(said))
