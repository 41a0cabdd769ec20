"""Gives the guide of a day or of a case: the municipality's own when it has loaded one, else the national default."""

from __future__ import annotations

from datetime import date
from functools import cache

from laget.guide import versions
from laget.guide.files import preset
from laget.guide.reading import read_guide
from laget.guide.rules import Guide


@cache
def national() -> Guide:
    """The national default, read once."""
    return read_guide(preset("national") or "", "national.toml")


def current(on: date, kind: str = "", unit: str = "") -> Guide:
    """The guide that holds on the day `on`. A day before the first version is answered with the national default.

    `kind` (of service) and `unit` matter only while old and new run side by side; without them the newest answers.
    """
    for one in versions.known():
        if one.valid_from <= on and _has_gone_over(one.guide(), on, kind, unit):
            return one.guide()
    return national()


def version(code: str) -> Guide:
    """The version a case began with; the national default when the code is not known any more."""
    if code == national().code:
        return national()
    found = versions.find(code)
    return found.guide() if found else national()


def _has_gone_over(guide: Guide, on: date, kind: str, unit: str) -> bool:
    """Whether a place that is asked about follows this version yet; no cohorts: all do."""
    if not guide.cohorts or not (kind or unit):
        return True
    theirs = [one for one in guide.cohorts if kind in one.kinds or unit in one.units]
    return any(one.begins <= on for one in theirs)
