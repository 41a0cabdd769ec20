"""Counts ages the way the law does, so that nobody else does arithmetic with birthdays."""

from __future__ import annotations

from datetime import date

MAJORITY_YEARS = 18
"""VGM § 8: persons under 18 are minors."""
HEALTH_YEARS = 16
"""PBRL § 4-3, § 3-4: from 16 the young person decides about its health, and mostly who is told of it."""


def birthday(born: date, years: int) -> date:
    """The day a person born on `born` turns `years`; one born on 29 February turns a year older on 1 March."""
    year = born.year + years
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age(born: date, on: date) -> int:
    """Whole years on the day `on`. A day before the birth is an error, never a negative age."""
    if on < born:
        raise ValueError(f"{on.isoformat()} is before the birth")
    years = on.year - born.year
    return years if birthday(born, years) <= on else years - 1


def majority(born: date) -> date:
    """The day a person comes of age (VGM § 8)."""
    return birthday(born, MAJORITY_YEARS)
