"""Moments as whole minutes, and how PostgreSQL reads them: formatting a date forty million times must cost nothing."""

from __future__ import annotations

from datetime import UTC, date, timedelta

from laget.families.rules import ends

FOREVER = "9999-01-01 00:00+00"
FOREVER_DAY = "9999-01-01"
BEGINNING = "1900-01-01 00:00+00"
DAY = 24 * 60
PAST, FUTURE = 48 * 366, 20 * 366
_CLOCK = tuple(f" {minute // 60:02}:{minute % 60:02}+00" for minute in range(DAY))


class Calendar:
    """Days are counted from long ago; `today` is the number of this day."""

    def __init__(self, today: date) -> None:
        self.first = today - timedelta(days=PAST)
        self.today = PAST
        span = [self.first + timedelta(days=n) for n in range(PAST + FUTURE)]
        self.days = [one.isoformat() for one in span]
        self._ends: dict[int, str] = {}

    def at(self, minute: int) -> str:
        """The moment, in UTC."""
        return self.days[minute // DAY] + _CLOCK[minute % DAY]

    def ends(self, day: int) -> str:
        """The instant at which a day is over in Norway."""
        if day not in self._ends:
            self._ends[day] = ends(self.date(day)).astimezone(UTC).isoformat()
        return self._ends[day]

    def date(self, day: int) -> date:
        return self.first + timedelta(days=day)

    def birthday(self, born: int, years: int) -> int:
        """The day on which somebody turns so many years; 29 February turns on 1 March."""
        day = self.date(born)
        try:
            turned = day.replace(year=day.year + years)
        except ValueError:
            turned = date(day.year + years, 3, 1)
        return (turned - self.first).days
