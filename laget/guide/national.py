"""Gives the guide that holds on a day: the national default that comes with the product."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from laget.guide.reading import read_guide
from laget.guide.rules import Guide


@cache
def national() -> Guide:
    """The national default, read once."""
    return read_guide(files("laget.guide").joinpath("data/national.toml").read_text(encoding="utf-8"))


def current(on: date) -> Guide:
    """The guide that holds on the day `on`. A day before the first version is answered with the first."""
    return national()


def version(code: str) -> Guide:
    """The version a case began with; the national default when the code is not known any more."""
    return national()
