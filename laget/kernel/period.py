"""Intervals of time, half open: the beginning is inside, the end is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
FOREVER_DAY = date(9999, 1, 1)
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` until, but not including, `end`."""

    start: datetime
    end: datetime = FOREVER

    def holds(self, at: datetime) -> bool:
        return self.start <= at < self.end
