"""What the population register says: it narrows by itself, and what would widen becomes a task for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from laget.access.sealing import index
from laget.audit.actions import record
from laget.kernel.actor import SYSTEM, Capacity
from laget.notices.actions import tell
from laget.protection import ground
from laget.protection.rules.homes import home
from laget.protection.rules.levels import UNGRADED, Fed, rank, usable


def feed(rows: Iterable[Fed]) -> Counter[str]:
    """Take rows of a feed, in any order, some of them twice, old or without a level. Answers how many did what.

    A level that is stronger than what holds is registered. A weaker one changes nothing: those around the child are
    told, and two people decide. A child of whom nothing has been heard for LAGET_REGISTER_FRESH_HOURS is closed to
    its parents until it is heard of again; that is all a feed can give back. For the worker, in a transaction of its
    own.
    """
    now, did, heard = timezone.now(), Counter[str](), []
    for row in rows:
        told = _take(row) if usable(row, now) else "unusable"
        did[told] += 1
        heard += [row] if told not in ("old", "unusable") else []
    did += _homes(heard)
    record(SYSTEM, "protection.fed", details=dict(did))
    return did


def _homes(rows: Iterable[Fed]) -> Counter[str]:
    """Marks of those who work here are kept first, then the children's households are held against them.

    A person with a protected address has no mark, and a protected household is not compared: what was there goes.
    """
    marked = [(row, tuple(sorted({index(f"home|{one}") for one in map(home, row.homes) if one}))) for row in rows]
    did: Counter[str] = Counter()
    for row, marks in marked:
        did["marked"] += ground.mark_home(row.person, () if row.level != UNGRADED else marks)
    for row, marks in marked:
        did["compared"] += ground.compare_home(row.person, () if row.level != UNGRADED else marks)
    return +did


def _take(row: Fed) -> str:
    assert row.level is not None
    fresh = timedelta(hours=settings.LAGET_REGISTER_FRESH_HOURS)
    did = ground.feed(row.person, row.level, rank(row.level), row.seen, fresh)
    if did == "lower":
        for child, person in ground.around(row.person):
            address = reverse("protection", args=[child])
            tell([person], Capacity.WORKER, "protection.register_lower", address=address, child=child)
    return did
