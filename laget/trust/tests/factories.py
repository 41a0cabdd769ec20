"""Readings, questions and findings made as facts, for the tests of this room."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from laget.audit.models import Reading
from laget.demo.cast import Cast, Member
from laget.directory.models import Position
from laget.trust.models import Finding, Question
from laget.trust.rules.clock import due


def reading(member: Member, child: UUID, *, at: datetime | None = None, page: str = "cases.case_log") -> Reading:
    place = member.actor.places[0] if member.actor.places else None
    return Reading.objects.create(
        person=member.person, capacity=member.capacity, page=page, children=[child], kinds=["identity", "everyday"],
        position=place and place.position, service=place and place.service, at=at or timezone.now(),
    )  # fmt: skip


def unit_of(member: Member) -> UUID:
    return Position.objects.get(pk=member.position).unit_id


def _asked(member: Member, of: Reading) -> dict[str, Any]:
    return {
        "reader_id": member.person, "unit_id": unit_of(member), "reading": of.pk, "looked_at": of.at, "page": of.page,
        "kinds": of.kinds, "due": due(timezone.localdate()),
    }  # fmt: skip


def question(cast: Cast, member: Member, by: Member, words: str = "Hvorfor?", **more: Any) -> Question:
    asked = _asked(member, reading(member, cast.child))
    return Question.objects.create(child_id=cast.child, asked_by_id=by.person, words=words, **asked | more)


def finding(cast: Cast, member: Member, rule: str = "night", **more: Any) -> Finding:
    asked = _asked(member, reading(member, cast.child))
    day = timezone.localdate() - timedelta(days=1)
    return Finding.objects.create(**{"rule": rule, "day": day, "about": cast.child, **asked} | more)
