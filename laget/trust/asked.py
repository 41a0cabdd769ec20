"""Questions about readings as their pages show them: who looked, when, at what, by which rule, and the answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from laget.directory.models import Unit
from laget.directory.reading import names
from laget.kernel.actor import Actor
from laget.kernel.period import FOREVER
from laget.kernel.verdict import ALLOWED, Verdict
from laget.trust import ground, looks, words
from laget.trust.access import may_answer, replies_to, visible_findings, visible_questions, visible_replies
from laget.trust.models import Finding, Question
from laget.trust.rules import clock

ROWS = 30
GROUPS = ("mine", "leaders", "done")


@dataclass(frozen=True)
class Said:
    """One answer: by whom, when, what."""

    who: str
    at: datetime
    outcome: str
    words: str


@dataclass(frozen=True)
class Shown:
    """One question, as far as its reader may know it."""

    address: str
    title: str
    meaning: str
    who: str
    where: str
    page: str
    kinds: str
    looked_at: datetime
    times: int
    due: date
    state: str
    label: str
    colour: str
    said: tuple[Said, ...] = ()
    child: str = ""
    words: str = ""
    may: Verdict = ALLOWED


def _shown(asked: Question | Finding, who: str, outcomes: Iterable[str], **more: Any) -> Shown:
    code = clock.state(outcomes, asked.due, asked.escalated, timezone.localdate())
    label, colour = words.state(code)
    family = isinstance(asked, Question)
    title, meaning = (_(words.FAMILY), "") if isinstance(asked, Question) else words.rule(asked.rule)
    return Shown(
        address=reverse("question" if family else "finding", args=[asked.pk]),
        title=title, meaning=meaning, who=who or _("One who works there"), where=_where(asked.unit),
        page=words.shown(asked.page) if asked.page else "", kinds=words.kinds(asked.kinds),
        looked_at=asked.looked_at, times=asked.times, due=asked.due, state=code, label=label, colour=colour, **more,
    )  # fmt: skip


def _where(unit: Unit | None) -> str:
    return f"{unit.service.name}, {unit.name}" if unit else ""


def one(actor: Actor, asked: Question | Finding) -> Shown:
    """For the leader and the officer. Never what the page held."""
    replies = list(replies_to(actor, asked))
    called = names([asked.reader_id, *(reply.by_id for reply in replies)])
    full = {person: name.full for person, name in called.items()}
    about = {"child": ground.child_called(asked.pk), "words": asked.words} if isinstance(asked, Question) else {}
    may = may_answer(actor, [reply.outcome for reply in replies])
    said = tuple(Said(full.get(reply.by_id, ""), reply.at, reply.outcome, reply.words) for reply in replies)
    return _shown(
        asked, full.get(asked.reader_id, ""), [reply.outcome for reply in replies], said=said, may=may, **about
    )


def _last(actor: Actor, field: str) -> Coalesce:
    said = visible_replies(actor).filter(**{field: OuterRef("pk")}).order_by("-at", "-id")
    return Coalesce(Subquery(said.values("outcome")[:1]), Value(""))


def _in_group(actor: Actor, group: str) -> Q:
    done = Q(last__in=list(clock.ENDS))
    if group == "done":
        return done
    mine = Q(escalated_at__lt=FOREVER) if actor.protects else ~Q(last=clock.Outcome.PASSED_ON)
    return ~done & (mine if group == "mine" else ~mine)


def _questions(actor: Actor, group: str) -> QuerySet[Question]:
    return visible_questions(actor).annotate(last=_last(actor, "question_id")).filter(_in_group(actor, group))


def _findings(actor: Actor, group: str) -> QuerySet[Finding]:
    return visible_findings(actor).annotate(last=_last(actor, "finding_id")).filter(_in_group(actor, group))


def unanswered(actor: Actor) -> tuple[QuerySet[Question], QuerySet[Finding]]:
    """What waits for the actor's own answer: families' questions, and those of log control."""
    return _questions(actor, "mine"), _findings(actor, "mine")


def listed(actor: Actor, group: str, page: str | None) -> tuple[list[Shown], Page[Any]]:
    """A page of questions, those due first. Six statements, however many there are."""
    sorts = (("question", _questions(actor, group)), ("finding", _findings(actor, group)))
    ids = [rows.order_by().annotate(sort=Value(sort)).values_list("due", "pk", "sort") for sort, rows in sorts]
    newest = "-" if group == "done" else ""
    shown_now = Paginator(ids[0].union(ids[1], all=True).order_by(f"{newest}due", "id"), ROWS).get_page(page)
    wanted = [pk for _due, pk, _sort in shown_now.object_list]
    rows: dict[UUID, Any] = {}
    for _sort, found in sorts:
        rows |= {row.pk: row for row in found.filter(pk__in=wanted)}
    called = names(row.reader_id for row in rows.values())
    ordered = [rows[pk] for pk in wanted if pk in rows]
    full = {person: name.full for person, name in called.items()}
    return [_shown(row, full.get(row.reader_id, ""), [row.last] if row.last else []) for row in ordered], shown_now


def waiting(actor: Actor) -> int:
    """How many wait for the actor."""
    mine = (rows.order_by().values_list("pk") for rows in (_questions(actor, "mine"), _findings(actor, "mine")))
    return next(mine).union(*mine, all=True).count()


@dataclass(frozen=True)
class Own:
    """A question that the family asked, and what was answered."""

    who: str
    looked_at: datetime
    asked_at: datetime
    words: str
    due: date
    state: str
    label: str
    colour: str
    answers: list[tuple[datetime, str]]


def own_questions(actor: Actor, child: UUID) -> list[Any]:
    """The actor's own questions about this child, newest first, each with its answers. One statement."""
    said = visible_replies(actor).filter(question_id=OuterRef("pk")).order_by("at", "id")
    answers = {f"said_{name}": ArraySubquery(said.values(name)) for name in ("at", "outcome", "words")}
    asked = visible_questions(actor).filter(child_id=child).select_related("unit").annotate(**answers)
    return list(asked.order_by("-asked_at", "id"))


def own(asked: Any, who: looks.Visitor) -> Own:
    """One of these, as the family reads it."""
    code = clock.state(asked.said_outcome, asked.due, asked.escalated, timezone.localdate())
    label, colour = words.state(code)
    answers = list(zip(asked.said_at, asked.said_words, strict=True))
    return Own(who.name, asked.looked_at, asked.asked_at, asked.words, asked.due, code, label, colour, answers)


def already_asked(actor: Actor, child: UUID, reading: UUID) -> bool:
    return visible_questions(actor).filter(child_id=child, reading=reading).exists()


def figures(actor: Actor, since: datetime) -> list[tuple[str, clock.Figures]]:
    """Per rule since a moment, the families' questions last: numbers without names."""
    first = visible_replies(actor).filter(finding_id=OuterRef("pk")).exclude(outcome=clock.Outcome.PASSED_ON)
    rows = (
        visible_findings(actor)
        .filter(asked_at__gte=since)
        .annotate(answered=Subquery(first.order_by("at").values("at")[:1]))
        .values_list("rule", "due", "answered")
    )
    asked = [clock.Asked(rule, due, timezone.localdate(at) if at else None) for rule, due, at in rows]
    families = [clock.Asked("family", due, answered) for due, answered in ground.asked_since(since)]
    today = timezone.localdate()
    counted = [(words.rule(row.rule)[0], row) for row in clock.figures(asked, today)]
    return counted + [(_(words.FAMILY), row) for row in clock.figures(families, today)]
