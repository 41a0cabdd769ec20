"""Which statute a step of the cooperation leans on, so that people can read why it is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from laget.law.acts import Section, UnknownSection, section

CONSENT = ("FVL67 § 13 a",)
"""What is bound by secrecy may be shared with consent; succeeded by FVL25 § 34."""
HEARD = ("BL81 § 31",)
REPORT = ("BVL § 13-2",)
COOPERATION: Mapping[str, str] = {
    "BHL": "BHL § 2 b",
    "BVL": "BVL § 15-8",
    "FAM": "FAM § 1 a",
    "HOL": "HOL § 3-4",
    "INT": "INT § 50",
    "KRIS": "KRIS § 4",
    "OPPL": "OPPL § 24-1",
    "PRIV": "PRIV § 3-6a",
    "SOTJ": "SOTJ § 13",
}
"""The duty to work together, by the act the service works under."""
ENVIRONMENT: Mapping[str, str] = {"BHL": "BHL § 42", "OPPL": "OPPL § 12-4"}


def cooperation(act: str) -> tuple[str, ...]:
    """The section that asks a service under this act to work with others; none when the register has none."""
    return (COOPERATION[act],) if act in COOPERATION else ()


def environment(act: str) -> tuple[str, ...]:
    """The section on a safe environment for children in a service under this act."""
    return (ENVIRONMENT[act],) if act in ENVIRONMENT else ()


def found(codes: tuple[str, ...], on: date) -> tuple[Section, ...]:
    """The sections as they stand that day; one that has ended without a successor is left out."""
    sections = []
    for code in dict.fromkeys(codes):
        try:
            sections.append(section(code, on))
        except UnknownSection:
            continue
    return tuple(sections)
