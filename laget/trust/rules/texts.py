"""Who could read one text with readers of its own: whom it was for, and how long, beside what gave sight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from laget.kernel.period import FOREVER, Period
from laget.sight.rules import Addressing, Audience, Reader, Text, reads
from laget.trust.rules.could import ASKING, SERVICE, Could, meet

EMERGENCY = "emergency"


@dataclass(frozen=True)
class Chosen:
    """Somebody chose the readers of a text. `before`: whom it was for until then; None when it was written so."""

    at: datetime
    to: Addressing
    before: Addressing | None = None


def spans(written: datetime, now: Addressing, chosen: Iterable[Chosen]) -> list[tuple[Period, Addressing]]:
    """Whom a text was for, from when to when. now: whom it is for since the last choice, or since it was written."""
    rows = sorted(chosen, key=lambda one: one.at)
    first = rows[0].before if rows and rows[0].before is not None else rows[0].to if rows else now
    found, start, to = [], written, first
    for one in rows:
        if one.at > start and one.to != to:
            found.append((Period(start, one.at), to))
            start, to = one.at, one.to
        elif one.to != to:
            to = one.to
    return [*found, (Period(start, FOREVER), to)]


def could_read(could: Iterable[Could], text: Text, period: Period) -> list[Could]:
    """Of those who could see its kind of information, those whom the text was for, in the time in which it was."""
    found = []
    for one in could:
        time = meet(one.period, period)
        if time and one.kind == text.kind and _reads(one, text):
            found.append(replace(one, period=time))
    return found


def _reads(one: Could, text: Text) -> bool:
    if one.seat.kind == ASKING:
        return False
    if one.seat.kind == EMERGENCY:
        return text.to.audience == Audience.TEAM
    return reads(_reader(one), text)


def _reader(one: Could) -> Reader:
    family = one.seat.kind != SERVICE
    kinds = {one.kind: (one.cover.log_from, one.cover.plan_from)} if one.cover else {}
    return Reader(one.person, family, one.seat.kind == "child", None, one.seat.service, None if family else kinds)


def people(could: Iterable[Could]) -> list[UUID]:
    """Each once, in the order found."""
    return list(dict.fromkeys(one.person for one in could))
