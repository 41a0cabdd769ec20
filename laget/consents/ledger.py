"""The family's ledger: every consent that was asked for, what oneself has answered and when, and what is shared now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.db.models.functions import Now

from laget.consents import texts
from laget.consents.access import is_open, visible_answers, visible_parties, visible_requests
from laget.consents.models import Answer, Request
from laget.consents.rules import Record, record_of
from laget.consents.shown import labels
from laget.kernel.actor import Actor
from laget.people.models import Name
from laget.sight.access import visible_covers

A_MOMENT = timedelta(seconds=1)
"""A cover ends as the next day begins; people are told its last day."""


@dataclass(frozen=True)
class Said:
    """One answer of one's own. `how`: a form of `models.Form`; `noted_by`: the worker who wrote it down, or nothing.

    `seen_by`: who saw the paper, when it was one; `signed_on`: the day on it.
    """

    at: datetime
    kinds: list[str]
    withdrawn: bool
    how: str
    noted_by: str
    excluded: str
    text: str
    language: str
    interpreter: str
    seen_by: str = ""
    signed_on: date | None = None


@dataclass(frozen=True)
class Line:
    """One consent, for one of the family. `mine`: one's own answers, the newest first; never those of others."""

    asked: Request
    sender: str
    receiver: str
    asker: str
    kinds: list[str]
    shared: list[str]
    until: datetime | None
    mine: list[Said]
    state: Record
    may_answer: bool
    may_withdraw: bool


def ledger(actor: Actor, child: UUID) -> list[Line]:
    """All that was asked about a child, the newest first."""
    asked = list(_asked(actor, child))
    parties = set(
        visible_parties(actor).filter(child_id=child, person_id=actor.person).values_list("request", flat=True)
    )
    answers, covers = _answers(actor, child), _covers(actor, child)
    names = _names([*(one.asked_by_id for one in asked), *_noters(answers)])
    return [_line(one, one.pk in parties, answers[one.pk], covers[one.pk], names) for one in asked]


def _asked(actor: Actor, child: UUID) -> QuerySet[Request]:
    in_care = Func(F("child_id"), function="families_in_care", output_field=BooleanField())
    found = visible_requests(actor).filter(child_id=child).annotate(in_care=in_care)
    return found.select_related("service", "position__unit__service").order_by("-asked_at", "id")


def _answers(actor: Actor, child: UUID) -> dict[UUID, list[Answer]]:
    found: dict[UUID, list[Answer]] = defaultdict(list)
    own = visible_answers(actor).filter(child_id=child, person_id=actor.person).select_related("noted_by")
    for one in own.order_by("-at", "id"):
        found[one.request_id].append(one)
    return found


def _covers(actor: Actor, child: UUID) -> dict[UUID | None, list[Any]]:
    found: dict[UUID | None, list[Any]] = defaultdict(list)
    now = Q(since__lte=Now(), until__gt=Now())
    for one in visible_covers(actor).filter(now, child_id=child, origin="consent").order_by("until", "id"):
        found[one.origin_id].append(one)
    return found


def _noters(answers: dict[UUID, list[Answer]]) -> list[UUID]:
    every = [one for many in answers.values() for one in many]
    noted = [one.noted_by.person_id for one in every if one.noted_by]
    return [*noted, *(one.checked_by_id for one in every if one.checked_by_id)]


def _names(people: list[UUID]) -> dict[UUID, str]:
    return {one.person_id: one.full for one in Name.objects.filter(pk__in=people)}


def _line(asked: Request, party: bool, answers: list[Answer], covers: list[Any], names: dict[UUID, str]) -> Line:
    latest, still = (answers[0] if answers else None), is_open(asked)
    said_yes = latest is not None and bool(latest.kinds)
    return Line(
        asked=asked,
        sender=asked.position.unit.service.name,
        receiver=asked.service.name,
        asker=names.get(asked.asked_by_id, ""),
        kinds=labels(asked.kinds),
        shared=labels(one.kind for one in covers),
        until=covers[0].until - A_MOMENT if covers else None,
        mine=[_said(one, names) for one in answers],
        state=record_of(
            shared=bool(covers), still=still, party=party, answered=latest is not None, yes=said_yes,
            withdrawn=latest is not None and latest.withdraws,
        ),
        may_answer=party and still,
        may_withdraw=party and still and said_yes,
    )  # fmt: skip


def _said(one: Answer, names: dict[UUID, str]) -> Said:
    noted = names.get(one.noted_by.person_id, "") if one.noted_by else ""
    return Said(
        one.at, labels(one.kinds), one.withdraws, one.form, noted, one.excluded if one.kinds else "",
        texts.name_of(one.text_version), one.language, one.interpreter,
        names.get(one.checked_by_id, "") if one.checked_by_id else "", one.signed_on,
    )  # fmt: skip
