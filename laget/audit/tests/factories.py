"""Rows of a record to seal: what was done and read around a few children, with awkward values among them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from laget.audit.models import Entry, Reading

EVENTS = ("cases.opened", "cases.baton_offered", "plans.goal_agreed", "consents.answered")
DETAILS = (
    {}, {"kind": "health", "b": 1, "aa": [1, 2.50, None, True]}, {"æ": "Å\u2028\U0001f9f8", "": "tom"},
    {"tall": 0.1, "stort": 12345678901234567890, "dypt": {"a": {"b": []}}},
)  # fmt: skip
CAUSES = ("", "time", "A  b", "line\nbreak", "é", "e\u0301")


def some_id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def entry(chance: random.Random, at: datetime | None = None) -> Entry:
    return Entry(
        id=some_id(chance), at=at or timezone.now(), person=some_id(chance) if chance.random() < 0.8 else None,
        capacity=chance.choice(("worker", "citizen", "system")), event=chance.choice(EVENTS),
        position=some_id(chance) if chance.random() < 0.5 else None, child=some_id(chance), object_id=some_id(chance),
        cause=chance.choice(CAUSES), details=chance.choice(DETAILS),
    )  # fmt: skip


def reading(chance: random.Random, at: datetime | None = None) -> Reading:
    return Reading(
        id=some_id(chance), at=at or timezone.now(), person=some_id(chance), capacity="worker", page="desk.child",
        position=some_id(chance), service=some_id(chance), object_id=some_id(chance),
        children=[some_id(chance) for _ in range(chance.randrange(3))],
        kinds=chance.sample(["health", "identity", 'a "quoted", one', "learning"], chance.randrange(4)),
        ground=chance.choice(("", "seat")),
    )  # fmt: skip


def fill(chance: random.Random, entries: int, readings: int, *, before: timedelta = timedelta()) -> None:
    at = timezone.now() - before
    Entry.objects.bulk_create([entry(chance, at + timedelta(microseconds=n)) for n in range(entries)])
    Reading.objects.bulk_create([reading(chance, at + timedelta(microseconds=n)) for n in range(readings)])
