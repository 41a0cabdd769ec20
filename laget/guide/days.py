"""Counts days, working days, weeks and months the Norwegian way, so that a deadline is the same everywhere."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import holidays

SATURDAY = 5


class Unit(StrEnum):
    DAY = "day"
    WORKING_DAY = "working_day"
    WEEK = "week"
    MONTH = "month"


@cache
def _closed(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NO", years=year))


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor a Norwegian public holiday."""
    return day.weekday() < SATURDAY and day not in _closed(day.year)


def add(start: date, value: int, unit: Unit) -> date:
    """The day `value` units after `start`; before it when the value is negative.

    The day itself is not counted. A month ends no later than its last day: 31 January and a month is 28 February.
    """
    if unit is Unit.WORKING_DAY:
        return _add_working_days(start, value)
    if unit is Unit.MONTH:
        return _add_months(start, value)
    return start + timedelta(days=value * 7 if unit is Unit.WEEK else value)


def _add_working_days(start: date, value: int) -> date:
    step = timedelta(days=1 if value > 0 else -1)
    day, left = start, abs(value)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def _add_months(start: date, value: int) -> date:
    years, month = divmod(start.month - 1 + value, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
